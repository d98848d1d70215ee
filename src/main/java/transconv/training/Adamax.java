package transconv.training;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

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
    void update(INDArray value, INDArray gradient, ParameterState state, double learningRate, long step) {
        INDArray work = state.work("work");
        INDArray mean = mean(gradient, state, work);
        INDArray largest = state.kept(NORM);
        Transforms.max(largest.muli(beta2()), Transforms.abs(work.assign(gradient), false), false);
        largest.addi(epsilon(), work);
        value.subi(mean.divi(work, work).muli(learningRate / (1 - Math.pow(beta1(), step))));
    }
}
