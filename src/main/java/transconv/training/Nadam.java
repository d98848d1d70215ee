package transconv.training;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

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
    void update(INDArray value, INDArray gradient, ParameterState state, double learningRate, long step) {
        INDArray work = state.work("work");
        INDArray ahead = state.work("ahead");
        INDArray mean = mean(gradient, state, work);
        INDArray square = square(gradient, state, work);
        mean.muli(momentum(step + 1) / (1 - momentumProduct * momentum(step + 1)), ahead);
        ahead.addi(gradient.muli((1 - momentum(step)) / (1 - momentumProduct), work));
        square.divi(1 - Math.pow(beta2(), step), work);
        Transforms.sqrt(work, false).addi(epsilon());
        value.subi(ahead.muli(learningRate).divi(work));
    }

    private double momentum(long step) {
        return beta1() * (1 - 0.5 * Math.pow(0.96, step));
    }
}
