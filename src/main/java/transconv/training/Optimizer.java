package transconv.training;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.ops.Parameter;

/** Moves parameters against their gradients. One optimizer serves one model, since it keeps state for every parameter. */
public interface Optimizer {

    /** Keras' name: {@code adam}. */
    String name();

    /** How many values the optimizer keeps, as Keras counts them: with the step count and the learning rate; 0 before the first step. */
    long stateCount();

    /**
     * One step.
     *
     * @param parameters the same list at every step; their values are changed in place
     * @param gradients  one for each parameter, of its shape; left as they are
     */
    void step(List<Parameter> parameters, List<INDArray> gradients);

    /**
     * An optimizer by Keras' name with Keras' default arguments.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    static Optimizer named(String name) {
        return switch (name) {
            case "adam" -> new Adam();
            case "sgd" -> new SGD();
            default -> throw new IllegalArgumentException("optimizer '%s' is not known; choose one of [adam, sgd]".formatted(name));
        };
    }
}
