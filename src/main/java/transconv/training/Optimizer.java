package transconv.training;

import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.ops.Parameter;

/**
 * Moves parameters against their gradients. One optimizer serves one model, since it keeps state for every parameter.
 *
 * <pre>{@code
 * Optimizer optimizer = Optimizer.named("RMSprop");
 * System.out.println(optimizer.name()); // rmsprop
 * }</pre>
 */
public interface Optimizer {

    /** Keras' name: {@code adam}. */
    String name();

    /**
     * How many values the optimizer keeps, as Keras counts them: with the step count and the learning rate; 0 before
     * the first step.
     */
    long stateCount();

    /**
     * One step.
     *
     * @param parameters the same list at every step; their values are changed in place
     * @param gradients  one for each parameter, of its shape; left as they are
     */
    void step(List<Parameter> parameters, List<INDArray> gradients);

    /**
     * An optimizer by Keras' name, in any case, with Keras' default arguments: {@code adadelta}, {@code adagrad},
     * {@code adam}, {@code adamax}, {@code adamw}, {@code ftrl}, {@code nadam}, {@code rmsprop} or {@code sgd}.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    static Optimizer named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "adadelta" -> new Adadelta();
            case "adagrad" -> new Adagrad();
            case "adam" -> new Adam();
            case "adamax" -> new Adamax();
            case "adamw" -> new AdamW();
            case "ftrl" -> new Ftrl();
            case "nadam" -> new Nadam();
            case "rmsprop" -> new RMSprop();
            case "sgd" -> new SGD();
            default -> throw new IllegalArgumentException(("optimizer '%s' is not known; choose one of "
                            + "[adadelta, adagrad, adam, adamax, adamw, ftrl, nadam, rmsprop, sgd]")
                    .formatted(name));
        };
    }
}
