package transconv.training;

import transconv.config.Config;
import transconv.config.Configurable;

/**
 * The learning rate as a function of how many steps an optimizer has made. Also a lambda is one. Source: Keras 3,
 * {@code keras.optimizers.schedules}, computed in double where Keras computes in float.
 *
 * <pre>{@code
 * LearningRateSchedule schedule = step -> step < 100 ? 0.1 : 0.01;
 * System.out.println(schedule.at(100)); // 0.01
 * }</pre>
 */
@FunctionalInterface
public interface LearningRateSchedule extends Configurable {

    /**
     * The learning rate of one step, finite and at least 0.
     *
     * @param step the number of steps made before it: 0 at the first
     */
    double at(long step);

    /** @throws UnsupportedOperationException if the schedule is code of your own, which cannot be written down */
    @Override
    default Config config() {
        throw new UnsupportedOperationException(
                "LearningRateSchedule: code of your own cannot be saved; use one of Keras' schedules, "
                        + "such as ExponentialDecay, or save the weights only");
    }

    /**
     * One of Keras' schedules by class name and settings, as {@link #config} or Keras writes them.
     *
     * @param className {@code ExponentialDecay}
     * @throws IllegalArgumentException if there is none of that name, a setting is unknown or outside its range, or one
     *     that has no default is missing
     */
    static LearningRateSchedule fromConfig(String className, Config config) {
        return switch (className) {
            case "CosineDecay" -> CosineDecay.of(config);
            case "CosineDecayRestarts" -> CosineDecayRestarts.of(config);
            case "ExponentialDecay" -> ExponentialDecay.of(config);
            case "InverseTimeDecay" -> InverseTimeDecay.of(config);
            case "PiecewiseConstantDecay" -> PiecewiseConstantDecay.of(config);
            case "PolynomialDecay" -> PolynomialDecay.of(config);
            default -> throw new IllegalArgumentException(
                    ("schedule '%s' is not known; choose one of [CosineDecay, CosineDecayRestarts, ExponentialDecay, "
                                    + "InverseTimeDecay, PiecewiseConstantDecay, PolynomialDecay]")
                            .formatted(className));
        };
    }
}
