package transconv.training;

import java.util.ArrayList;
import java.util.List;

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
    final void update(Chunk chunk, double learningRate, long step) {
        double alpha = learningRate * Math.sqrt(1 - Math.pow(beta2(), step)) / (1 - Math.pow(beta1(), step));
        double epsilon = epsilon();
        double[] value = chunk.value();
        double[] mean = mean(chunk);
        double[] square = square(chunk);
        if (amsgrad) {
            square = largest(square, chunk.kept(VELOCITY_HAT), chunk.count());
        }
        for (int i = 0; i < chunk.count(); i++) {
            value[i] -= alpha * mean[i] / (Math.sqrt(square[i]) + epsilon);
        }
    }

    private static double[] largest(double[] square, double[] soFar, int count) {
        for (int i = 0; i < count; i++) {
            soFar[i] = Math.max(soFar[i], square[i]);
        }
        return soFar;
    }
}
