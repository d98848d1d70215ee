package transconv.training;

import java.util.List;
import transconv.config.Config;

/**
 * The learning rate through a line of the steps: {@code initial / (1 + decayRate · step / decaySteps)}. Source: Keras
 * 3, {@code InverseTimeDecay}.
 *
 * <pre>{@code
 * LearningRateSchedule schedule = new InverseTimeDecay(0.1, 1000).decayRate(1);
 * System.out.println(schedule.at(1000)); // 0.05
 * }</pre>
 */
public final class InverseTimeDecay extends Decay {

    private double decayRate = Double.NaN;
    private boolean staircase;

    /**
     * A decay that still needs its {@link #decayRate}.
     *
     * @param initialLearningRate at least 0
     * @param decaySteps          above 0
     * @throws IllegalArgumentException if one is outside its range
     */
    public InverseTimeDecay(double initialLearningRate, long decaySteps) {
        super(initialLearningRate, "decaySteps", decaySteps);
    }

    /** The growth of the divisor in {@code decaySteps} steps, at least 0; it has no default. */
    public InverseTimeDecay decayRate(double decayRate) {
        this.decayRate = Arguments.notNegative(name(), "decayRate", decayRate);
        return this;
    }

    /** Whether the rate falls only after whole spans of {@code decaySteps}; default false. */
    public InverseTimeDecay staircase(boolean staircase) {
        this.staircase = staircase;
        return this;
    }

    /** @throws IllegalStateException if {@link #decayRate} was never set */
    @Override
    public double at(long step) {
        return initialLearningRate / (1 + requireDecayRate(decayRate) * spans(step, staircase));
    }

    /** From Keras' settings. */
    static InverseTimeDecay of(Config config) {
        InverseTimeDecay schedule =
                new InverseTimeDecay(config.number(INITIAL_LEARNING_RATE), Setting.whole(config, "decay_steps"));
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
