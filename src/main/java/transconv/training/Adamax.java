package transconv.training;

import java.util.List;

/**
 * Adam with the largest gradient of late, slowly forgotten, in place of the mean of squares. Source: Kingma and Ba
 * (2015), section 7.1, and Keras 3, {@code Adamax}.
 *
 * <pre>{@code
 * Optimizer optimizer = new Adamax().learningRate(0.002);
 * System.out.println(optimizer.name()); // adamax
 * }</pre>
 */
public final class Adamax extends MomentOptimizer<Adamax> {

    private static final Slot NORM = new Slot("norm");

    /** Learning rate 0.001, beta1 0.9, beta2 0.999, epsilon 1e-7. */
    public Adamax() {
        super("adamax");
    }

    @Override
    List<Slot> slots() {
        return List.of(MEAN, NORM);
    }

    @Override
    void update(Chunk chunk, double learningRate, long step) {
        double alpha = learningRate / (1 - Math.pow(beta1(), step));
        double beta2 = beta2();
        double epsilon = epsilon();
        double[] value = chunk.value();
        double[] gradient = chunk.gradient();
        double[] mean = mean(chunk);
        double[] largest = chunk.kept(NORM);
        for (int i = 0; i < chunk.count(); i++) {
            largest[i] = Math.max(beta2 * largest[i], Math.abs(gradient[i]));
            value[i] -= alpha * mean[i] / (largest[i] + epsilon);
        }
    }
}
