package transconv.training;

import java.util.List;

/**
 * An optimizer of Adam's kin: steps along the running mean of the gradients, scaled by a second mean. Source: Kingma
 * and Ba (2015).
 *
 * <pre>{@code
 * MomentOptimizer<?> optimizer = new Nadam().beta1(0.8).beta2(0.99).epsilon(1e-6);
 * System.out.println(optimizer.name()); // nadam
 * }</pre>
 *
 * @param <T> the optimizer itself, which its setters return
 */
public abstract class MomentOptimizer<T extends MomentOptimizer<T>> extends BaseOptimizer<T> {

    static final Slot MEAN = new Slot("momentum");
    static final Slot SQUARE = new Slot("velocity");

    private double beta1 = 0.9;
    private double beta2 = 0.999;
    private double epsilon = 1e-7;

    MomentOptimizer(String name) {
        super(name, 0.001);
    }

    /** Share of the old mean, in [0, 1); default 0.9. */
    public final T beta1(double beta1) {
        this.beta1 = Arguments.share(name(), "beta1", beta1);
        return self();
    }

    /** Share of the old mean of squares, or of the old largest value in {@link Adamax}, in [0, 1); default 0.999. */
    public final T beta2(double beta2) {
        this.beta2 = Arguments.share(name(), "beta2", beta2);
        return self();
    }

    /** Keeps the division finite; above 0; default 1e-7. */
    public final T epsilon(double epsilon) {
        this.epsilon = Arguments.positive(name(), "epsilon", epsilon);
        return self();
    }

    @Override
    List<Setting> settings() {
        return List.of(
                Setting.number("beta_1", () -> beta1, this::beta1),
                Setting.number("beta_2", () -> beta2, this::beta2),
                Setting.number("epsilon", () -> epsilon, this::epsilon));
    }

    final double beta1() {
        return beta1;
    }

    final double beta2() {
        return beta2;
    }

    final double epsilon() {
        return epsilon;
    }

    /** The running mean of the gradients, brought up to date. */
    final double[] mean(Chunk chunk) {
        double rest = 1 - beta1;
        double[] gradient = chunk.gradient();
        double[] mean = chunk.kept(MEAN);
        for (int i = 0; i < chunk.count(); i++) {
            mean[i] += (gradient[i] - mean[i]) * rest;
        }
        return mean;
    }

    /** The running mean of their squares, brought up to date. */
    final double[] square(Chunk chunk) {
        double rest = 1 - beta2;
        double[] gradient = chunk.gradient();
        double[] square = chunk.kept(SQUARE);
        for (int i = 0; i < chunk.count(); i++) {
            square[i] += (gradient[i] * gradient[i] - square[i]) * rest;
        }
        return square;
    }
}
