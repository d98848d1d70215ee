package transconv.training;

import java.util.List;

/**
 * Steps along the gradient, scaled by the root of the running mean of the squared steps over that of the squared
 * gradients. Source: Zeiler (2012), and Keras 3, {@code Adadelta}; the paper's learning rate is 1.
 *
 * <pre>{@code
 * Optimizer optimizer = new Adadelta().learningRate(1).rho(0.9);
 * System.out.println(optimizer.name()); // adadelta
 * }</pre>
 */
public final class Adadelta extends BaseOptimizer<Adadelta> {

    private static final Slot GRADIENTS = new Slot("accumulated_grad");
    private static final Slot STEPS = new Slot("accumulated_delta_var");

    private double rho = 0.95;
    private double epsilon = 1e-7;

    /** Learning rate 0.001. */
    public Adadelta() {
        super("adadelta", 0.001);
    }

    /** Share of the old means of squares, in [0, 1]; default 0.95. */
    public Adadelta rho(double rho) {
        this.rho = Arguments.shareOrOne(name(), "rho", rho);
        return this;
    }

    /** Keeps the division finite, and makes the first step possible; above 0; default 1e-7. */
    public Adadelta epsilon(double epsilon) {
        this.epsilon = Arguments.positive(name(), "epsilon", epsilon);
        return this;
    }

    @Override
    List<Slot> slots() {
        return List.of(GRADIENTS, STEPS);
    }

    @Override
    List<Setting> settings() {
        return List.of(
                Setting.number("rho", () -> rho, this::rho), Setting.number("epsilon", () -> epsilon, this::epsilon));
    }

    @Override
    void update(Chunk chunk, double learningRate, long step) {
        double[] value = chunk.value();
        double[] gradient = chunk.gradient();
        double[] gradients = chunk.kept(GRADIENTS);
        double[] steps = chunk.kept(STEPS);
        for (int i = 0; i < chunk.count(); i++) {
            gradients[i] = rho * gradients[i] + (1 - rho) * gradient[i] * gradient[i];
            double delta = gradient[i] * Math.sqrt(steps[i] + epsilon) / Math.sqrt(gradients[i] + epsilon);
            steps[i] = rho * steps[i] + (1 - rho) * delta * delta;
            value[i] -= learningRate * delta;
        }
    }
}
