package transconv.training;

import java.util.List;

/**
 * Adam with Nesterov's momentum, which warms up as {@code beta1 (1 - 0.96^step / 2)}. Source: Dozat (2016), and Keras
 * 3, {@code Nadam}.
 *
 * <pre>{@code
 * Optimizer optimizer = new Nadam().learningRate(0.002);
 * System.out.println(optimizer.name()); // nadam
 * }</pre>
 */
public final class Nadam extends MomentOptimizer<Nadam> {

    private double momentumProduct = 1;

    /** Learning rate 0.001, beta1 0.9, beta2 0.999, epsilon 1e-7. */
    public Nadam() {
        super("nadam");
    }

    @Override
    void beginStep(long step) {
        momentumProduct *= momentum(step);
    }

    @Override
    List<Setting> ownNumbers() {
        return List.of(Setting.number("u_product", () -> momentumProduct, product -> momentumProduct = product));
    }

    @Override
    List<Slot> slots() {
        return List.of(MEAN, SQUARE);
    }

    @Override
    void update(Chunk chunk, double learningRate, long step) {
        double ofMean = learningRate * momentum(step + 1) / (1 - momentumProduct * momentum(step + 1));
        double ofGradient = learningRate * (1 - momentum(step)) / (1 - momentumProduct);
        double ofSquare = 1 / (1 - Math.pow(beta2(), step));
        double epsilon = epsilon();
        double[] value = chunk.value();
        double[] gradient = chunk.gradient();
        double[] mean = mean(chunk);
        double[] square = square(chunk);
        for (int i = 0; i < chunk.count(); i++) {
            value[i] -= (ofMean * mean[i] + ofGradient * gradient[i]) / (Math.sqrt(ofSquare * square[i]) + epsilon);
        }
    }

    private double momentum(long step) {
        return beta1() * (1 - 0.5 * Math.pow(0.96, step));
    }
}
