package transconv.training;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.config.Config;
import transconv.config.Configurable;
import transconv.ops.Parameter;

/**
 * Moves parameters against their gradients. One optimizer serves one model, since it keeps state for every parameter.
 *
 * <pre>{@code
 * Optimizer optimizer = Optimizer.named("RMSprop");
 * System.out.println(optimizer.name()); // rmsprop
 * }</pre>
 */
public interface Optimizer extends Configurable {

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

    /** The rate of the next step. */
    double learningRate();

    /**
     * The same rate for all steps from now on.
     *
     * @param learningRate finite and at least 0; at 0 nothing is learned
     * @throws IllegalArgumentException if it is not so
     * @throws IllegalStateException    if the optimizer has a schedule
     */
    void setLearningRate(double learningRate);

    /**
     * The settings by Keras' names. The learning rate is the present one, or the schedule with its settings.
     *
     * @throws UnsupportedOperationException if the schedule is a lambda
     */
    @Override
    Config config();

    /**
     * Copies of what the optimizer has gathered in its steps: {@code iterations}, {@code learning_rate} (where there
     * is no schedule), numbers of its own, each a scalar, and for each parameter arrays of its shape and type, {@code
     * conv2d/kernel/momentum}; none of these before the first step. Always in this order.
     *
     * @param parameters those of the steps, with distinct names
     */
    default Map<String, INDArray> state(List<Parameter> parameters) {
        return state(OptimizerState.byName(name(), parameters));
    }

    /** As above, for parameters by names that the caller gives them, in order. */
    Map<String, INDArray> state(Map<String, Parameter> parameters);

    /**
     * Goes on where another optimizer of the same settings stood: the next steps are the same to the last bit.
     *
     * @param parameters whose names and shapes are those of the other's
     * @param state      what {@link #state} gave; copied
     * @throws IllegalArgumentException if an array is missing, is one too many, or has another shape or type than its
     *     parameter; then nothing is changed
     */
    default void restore(List<Parameter> parameters, Map<String, INDArray> state) {
        restore(OptimizerState.byName(name(), parameters), state);
    }

    /** As above, for parameters by the names that they had in {@link #state(Map)}. */
    void restore(Map<String, Parameter> parameters, Map<String, INDArray> state);

    /**
     * As above, but takes over the parameters' arrays themselves, which must be in C order, instead of copies: for
     * state that was just read from a file. The optimizer changes them from now on.
     */
    void takeOver(Map<String, Parameter> parameters, Map<String, INDArray> state);

    /**
     * An optimizer by class name and settings, as {@link #config} or Keras writes them. What is left out keeps its
     * default; {@code name} is not kept.
     *
     * @param className {@code Adam}, {@code SGD}, {@code RMSprop}
     * @throws IllegalArgumentException if there is none of that name, a setting is unknown or outside its range, or
     *     Keras' {@code use_ema}, {@code loss_scale_factor} or {@code gradient_accumulation_steps} is in use
     */
    static Optimizer fromConfig(String className, Config config) {
        BaseOptimizer<?> optimizer = (BaseOptimizer<?>) named(className);
        optimizer.configure(config);
        return optimizer;
    }

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
