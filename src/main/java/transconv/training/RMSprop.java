package transconv.training;

import java.util.ArrayList;
import java.util.List;

/**
 * Steps along the gradient, divided by the root of the running mean of its squares. Source: Hinton (2012), lecture 6 of
 * "Neural Networks for Machine Learning", and Keras 3, {@code RMSprop}: epsilon under the root.
 *
 * <pre>{@code
 * Optimizer optimizer = new RMSprop().rho(0.95).momentum(0.9).centered(true);
 * System.out.println(optimizer.name()); // rmsprop
 * }</pre>
 */
public final class RMSprop extends BaseOptimizer<RMSprop> {

    private static final Slot VELOCITY = new Slot("velocity");
    private static final Slot MOMENTUM = new Slot("momentum");
    private static final Slot AVERAGE = new Slot("average_gradient");

    private double rho = 0.9;
    private double momentum;
    private double epsilon = 1e-7;
    private boolean centered;

    /** Learning rate 0.001. */
    public RMSprop() {
        super("rmsprop", 0.001);
    }

    /** Share of the old mean of squares, in [0, 1]; default 0.9. */
    public RMSprop rho(double rho) {
        this.rho = Arguments.shareOrOne(name(), "rho", rho);
        return this;
    }

    /** Share of the last step that is kept, in [0, 1]; default 0. */
    public RMSprop momentum(double momentum) {
        this.momentum = Arguments.shareOrOne(name(), "momentum", momentum);
        return this;
    }

    /** Keeps the division finite; above 0; default 1e-7. */
    public RMSprop epsilon(double epsilon) {
        this.epsilon = Arguments.positive(name(), "epsilon", epsilon);
        return this;
    }

    /** Divides by the estimated deviation of the gradient instead of the root of its mean square; default false. */
    public RMSprop centered(boolean centered) {
        this.centered = centered;
        return this;
    }

    @Override
    List<Slot> slots() {
        List<Slot> slots = new ArrayList<>(List.of(VELOCITY));
        if (momentum > 0) {
            slots.add(MOMENTUM);
        }
        if (centered) {
            slots.add(AVERAGE);
        }
        return slots;
    }

    @Override
    List<Setting> settings() {
        return List.of(
                Setting.number("rho", () -> rho, this::rho),
                Setting.number("momentum", () -> momentum, this::momentum),
                Setting.number("epsilon", () -> epsilon, this::epsilon),
                Setting.truth("centered", () -> centered, this::centered));
    }

    @Override
    void update(Chunk chunk, double learningRate, long step) {
        int count = chunk.count();
        double[] value = chunk.value();
        double[] gradient = chunk.gradient();
        double[] square = chunk.kept(VELOCITY);
        double[] mean = centered ? chunk.kept(AVERAGE) : null;
        double[] increment = momentum > 0 ? chunk.kept(MOMENTUM) : null;
        for (int i = 0; i < count; i++) {
            square[i] = rho * square[i] + (1 - rho) * gradient[i] * gradient[i];
            double variance = square[i];
            if (mean != null) {
                mean[i] = rho * mean[i] + (1 - rho) * gradient[i];
                variance -= mean[i] * mean[i];
            }
            double move = learningRate * gradient[i] / Math.sqrt(variance + epsilon);
            if (increment != null) {
                move += momentum * increment[i];
                increment[i] = move;
            }
            value[i] -= move;
        }
    }
}
