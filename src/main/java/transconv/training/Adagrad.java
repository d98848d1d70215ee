package transconv.training;

import java.util.List;

/**
 * Steps along the gradient, divided by the root of the sum of all its squares so far. Source: Duchi, Hazan and Singer
 * (2011), and Keras 3, {@code Adagrad}: epsilon under the root.
 *
 * <pre>{@code
 * Optimizer optimizer = new Adagrad().learningRate(0.01).initialAccumulatorValue(0);
 * System.out.println(optimizer.name()); // adagrad
 * }</pre>
 */
public final class Adagrad extends BaseOptimizer<Adagrad> {

    private double initialAccumulatorValue = 0.1;
    private double epsilon = 1e-7;

    /** Learning rate 0.001. */
    public Adagrad() {
        super("adagrad", 0.001);
    }

    /**
     * Where the sum of squares starts, at least 0; default 0.1.
     *
     * @throws IllegalStateException after the first step
     */
    public Adagrad initialAccumulatorValue(double initialAccumulatorValue) {
        requireNotStarted("initialAccumulatorValue", initialAccumulatorValue);
        this.initialAccumulatorValue =
                Arguments.notNegative(name(), "initialAccumulatorValue", initialAccumulatorValue);
        return this;
    }

    /** Keeps the division finite; above 0; default 1e-7. */
    public Adagrad epsilon(double epsilon) {
        this.epsilon = Arguments.positive(name(), "epsilon", epsilon);
        return this;
    }

    @Override
    List<Slot> slots() {
        return List.of(accumulator());
    }

    @Override
    List<Setting> settings() {
        return List.of(
                Setting.number(
                        "initial_accumulator_value", () -> initialAccumulatorValue, this::initialAccumulatorValue),
                Setting.number("epsilon", () -> epsilon, this::epsilon));
    }

    @Override
    void update(Chunk chunk, double learningRate, long step) {
        double[] value = chunk.value();
        double[] gradient = chunk.gradient();
        double[] sum = chunk.kept(accumulator());
        for (int i = 0; i < chunk.count(); i++) {
            sum[i] += gradient[i] * gradient[i];
            value[i] -= learningRate * gradient[i] / Math.sqrt(sum[i] + epsilon);
        }
    }

    private Slot accumulator() {
        return new Slot("accumulator", initialAccumulatorValue);
    }
}
