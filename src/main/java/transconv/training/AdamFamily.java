package transconv.training;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Adam's step, which {@link Adam} and {@link AdamW} share: they differ in the weight decay they start with.
 *
 * <pre>{@code
 * AdamFamily<?> optimizer = new AdamW().amsgrad(true);
 * System.out.println(optimizer.name()); // adamw
 * }</pre>
 *
 * @param <T> the optimizer itself, which its setters return
 */
public abstract class AdamFamily<T extends AdamFamily<T>> extends MomentOptimizer<T> {

    private static final Slot VELOCITY_HAT = new Slot("velocity_hat");

    private boolean amsgrad;

    AdamFamily(String name) {
        super(name);
    }

    /**
     * Divides by the largest mean of squares so far instead of the present one (Reddi, Kale and Kumar, 2018); default
     * false.
     */
    public final T amsgrad(boolean amsgrad) {
        this.amsgrad = amsgrad;
        return self();
    }

    @Override
    final List<Slot> slots() {
        return amsgrad ? List.of(MEAN, SQUARE, VELOCITY_HAT) : List.of(MEAN, SQUARE);
    }

    @Override
    final List<Setting> settings() {
        List<Setting> settings = new ArrayList<>(super.settings());
        settings.add(Setting.truth("amsgrad", () -> amsgrad, this::amsgrad));
        return settings;
    }

    @Override
    final void update(INDArray value, INDArray gradient, ParameterState state, double learningRate, long step) {
        INDArray work = state.work("work");
        double alpha = learningRate * Math.sqrt(1 - Math.pow(beta2(), step)) / (1 - Math.pow(beta1(), step));
        INDArray mean = mean(gradient, state, work);
        INDArray square = square(gradient, state, work);
        if (amsgrad) {
            square = Transforms.max(state.kept(VELOCITY_HAT), square, false);
        }
        // value -= alpha mean / (sqrt(square) + epsilon)
        Transforms.sqrt(work.assign(square), false).addi(epsilon());
        value.subi(mean.divi(work, work).muli(alpha));
    }
}
