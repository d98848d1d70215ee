package transconv.training;

import java.util.List;
import transconv.config.Config;

/**
 * The learning rate down to {@code endLearningRate} within {@code decaySteps} steps, along
 * {@code (initial - end) · (1 - step / decaySteps)^power + end}. Source: Keras 3, {@code PolynomialDecay}.
 *
 * <pre>{@code
 * LearningRateSchedule schedule = new PolynomialDecay(0.5, 1000).endLearningRate(0.25);
 * System.out.println(schedule.at(500)); // 0.375
 * }</pre>
 */
public final class PolynomialDecay extends Decay {

    private double endLearningRate = 0.0001;
    private double power = 1;
    private boolean cycle;

    /**
     * A decay in a straight line to 0.0001.
     *
     * @param initialLearningRate at least 0
     * @param decaySteps          above 0
     * @throws IllegalArgumentException if one is outside its range
     */
    public PolynomialDecay(double initialLearningRate, long decaySteps) {
        super(initialLearningRate, "decaySteps", decaySteps);
    }

    /** At least 0; default 0.0001. */
    public PolynomialDecay endLearningRate(double endLearningRate) {
        this.endLearningRate = Arguments.notNegative(name(), "endLearningRate", endLearningRate);
        return this;
    }

    /** Above 0; default 1, a straight line. */
    public PolynomialDecay power(double power) {
        this.power = Arguments.positive(name(), "power", power);
        return this;
    }

    /** Whether the span grows to the next multiple of {@code decaySteps} instead of ending there; default false. */
    public PolynomialDecay cycle(boolean cycle) {
        this.cycle = cycle;
        return this;
    }

    @Override
    public double at(long step) {
        double span = cycle ? decaySteps * Math.max(1, Math.ceil((double) step / decaySteps)) : decaySteps;
        return (initialLearningRate - endLearningRate) * Math.pow(1 - Math.min(step, span) / span, power)
                + endLearningRate;
    }

    /** From Keras' settings. */
    static PolynomialDecay of(Config config) {
        PolynomialDecay schedule =
                new PolynomialDecay(config.number(INITIAL_LEARNING_RATE), Setting.whole(config, "decay_steps"));
        schedule.configure(config);
        return schedule;
    }

    @Override
    List<Setting> settings() {
        return List.of(
                Setting.number("end_learning_rate", () -> endLearningRate, this::endLearningRate),
                Setting.number("power", () -> power, this::power),
                Setting.truth("cycle", () -> cycle, this::cycle));
    }
}
