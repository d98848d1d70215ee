package transconv.training;

import java.util.List;

/**
 * Gradient descent, with momentum or Nesterov's momentum if wanted. Source: Keras 3, {@code SGD}.
 *
 * <pre>{@code
 * Optimizer optimizer = new SGD().learningRate(0.1).momentum(0.9).nesterov(true);
 * System.out.println(optimizer.name()); // sgd
 * }</pre>
 */
public final class SGD extends BaseOptimizer<SGD> {

    private static final Slot MOMENTUM = new Slot("momentum");

    private double momentum;
    private boolean nesterov;

    /** Learning rate 0.01, no momentum. */
    public SGD() {
        super("sgd", 0.01);
    }

    /** Share of the last step that is kept, in [0, 1]; default 0. */
    public SGD momentum(double momentum) {
        this.momentum = Arguments.shareOrOne(name(), "momentum", momentum);
        return this;
    }

    /** Looks ahead along the momentum; default false. */
    public SGD nesterov(boolean nesterov) {
        this.nesterov = nesterov;
        return this;
    }

    @Override
    List<Slot> slots() {
        return momentum > 0 ? List.of(MOMENTUM) : List.of();
    }

    @Override
    List<Setting> settings() {
        return List.of(
                Setting.number("momentum", () -> momentum, this::momentum),
                Setting.truth("nesterov", () -> nesterov, this::nesterov));
    }

    @Override
    void update(Chunk chunk, double learningRate, long step) {
        double[] value = chunk.value();
        double[] gradient = chunk.gradient();
        if (momentum == 0) {
            for (int i = 0; i < chunk.count(); i++) {
                value[i] -= learningRate * gradient[i];
            }
            return;
        }
        double[] velocity = chunk.kept(MOMENTUM);
        for (int i = 0; i < chunk.count(); i++) {
            velocity[i] = momentum * velocity[i] - learningRate * gradient[i];
            value[i] += nesterov ? momentum * velocity[i] - learningRate * gradient[i] : velocity[i];
        }
    }
}
