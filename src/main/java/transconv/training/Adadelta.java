package transconv.training;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

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
    void update(INDArray value, INDArray gradient, ParameterState state, double learningRate, long step) {
        INDArray work = state.work("work");
        INDArray delta = state.work("delta");
        INDArray squaredGradients = state.kept(GRADIENTS);
        INDArray squaredSteps = state.kept(STEPS);
        squaredGradients.muli(rho).addi(gradient.muli(gradient, work).muli(1 - rho));
        Transforms.sqrt(squaredSteps.addi(epsilon, delta), false);
        Transforms.sqrt(squaredGradients.addi(epsilon, work), false);
        delta.muli(gradient).divi(work);
        squaredSteps.muli(rho).addi(delta.muli(delta, work).muli(1 - rho));
        value.subi(delta.muli(learningRate));
    }
}
