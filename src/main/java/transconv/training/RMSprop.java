package transconv.training;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

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
    void update(INDArray value, INDArray gradient, ParameterState state, double learningRate, long step) {
        INDArray work = state.work("work");
        INDArray square = state.kept(VELOCITY);
        gradient.muli(gradient, work).muli(1 - rho);
        square.muli(rho).addi(work);
        INDArray divisor = state.work("divisor");
        if (centered) {
            INDArray mean = state.kept(AVERAGE);
            mean.muli(rho).addi(gradient.muli(1 - rho, work));
            square.subi(mean.muli(mean, work), divisor).addi(epsilon);
        } else {
            square.addi(epsilon, divisor);
        }
        INDArray increment = gradient.muli(learningRate, work).divi(Transforms.sqrt(divisor, false));
        if (momentum > 0) {
            INDArray velocity = state.kept(MOMENTUM);
            velocity.muli(momentum).addi(increment);
            increment = velocity;
        }
        value.subi(increment);
    }
}
