package transconv.training;

import java.util.List;
import transconv.config.Config;

/**
 * The learning rate times {@code decayRate} for every {@code decaySteps} steps: {@code initial · decayRate^(step /
 * decaySteps)}. Source: Keras 3, {@code ExponentialDecay}.
 *
 * <pre>{@code
 * LearningRateSchedule schedule = new ExponentialDecay(0.1, 1000).decayRate(0.5).staircase(true);
 * System.out.println(schedule.at(2500)); // 0.025
 * }</pre>
 */
public final class ExponentialDecay extends Decay {

    private double decayRate = Double.NaN;
    private boolean staircase;

    /**
     * A decay that still needs its {@link #decayRate}.
     *
     * @param initialLearningRate at least 0
     * @param decaySteps          above 0
     * @throws IllegalArgumentException if one is outside its range
     */
    public ExponentialDecay(double initialLearningRate, long decaySteps) {
        super(initialLearningRate, "decaySteps", decaySteps);
    }

    /** The factor of {@code decaySteps} steps, above 0; it has no default. */
    public ExponentialDecay decayRate(double decayRate) {
        this.decayRate = Arguments.positive(name(), "decayRate", decayRate);
        return this;
    }

    /** Whether the rate falls only after whole spans of {@code decaySteps}; default false. */
    public ExponentialDecay staircase(boolean staircase) {
        this.staircase = staircase;
        return this;
    }

    /** @throws IllegalStateException if {@link #decayRate} was never set */
    @Override
    public double at(long step) {
        return initialLearningRate * Math.pow(requireDecayRate(decayRate), spans(step, staircase));
    }

    /** From Keras' settings. */
    static ExponentialDecay of(Config config) {
        ExponentialDecay schedule =
                new ExponentialDecay(config.number(INITIAL_LEARNING_RATE), Setting.whole(config, "decay_steps"));
        schedule.configure(config);
        schedule.requireDecayRate(schedule.decayRate);
        return schedule;
    }

    @Override
    List<Setting> settings() {
        return List.of(
                Setting.number("decay_rate", () -> decayRate, this::decayRate),
                Setting.truth("staircase", () -> staircase, this::staircase));
    }
}
