package transconv.training;

import java.util.List;
import transconv.config.Config;

/**
 * The learning rate along half waves of the cosine that start again and again, each {@code tMul} times as long and
 * {@code mMul} times as high as the one before. Source: Loshchilov and Hutter (2017), and Keras 3, {@code
 * CosineDecayRestarts}.
 *
 * <pre>{@code
 * LearningRateSchedule schedule = new CosineDecayRestarts(0.5, 100).mMul(0.5);
 * System.out.println(schedule.at(100) + " " + schedule.at(300)); // 0.25 0.125
 * }</pre>
 */
public final class CosineDecayRestarts extends Decay {

    private double tMul = 2;
    private double mMul = 1;
    private double alpha;

    /**
     * Waves of the same height, each twice as long as the one before.
     *
     * @param initialLearningRate at least 0
     * @param firstDecaySteps     length of the first wave, above 0
     * @throws IllegalArgumentException if one is outside its range
     */
    public CosineDecayRestarts(double initialLearningRate, long firstDecaySteps) {
        super(initialLearningRate, "firstDecaySteps", firstDecaySteps);
    }

    /** How much longer each wave is than the one before, at least 1 (below it, Keras soon gives NaN); default 2. */
    public CosineDecayRestarts tMul(double tMul) {
        if (!(tMul >= 1) || Double.isInfinite(tMul)) {
            throw new IllegalArgumentException(
                    "%s: tMul=%s must be a finite number at least 1; 1 gives waves of the same length"
                            .formatted(name(), tMul));
        }
        this.tMul = tMul;
        return this;
    }

    /** How much higher each wave is than the one before, above 0; default 1. */
    public CosineDecayRestarts mMul(double mMul) {
        this.mMul = Arguments.positive(name(), "mMul", mMul);
        return this;
    }

    /** What is left at the end of a wave, as a share of the initial rate, at least 0; default 0. */
    public CosineDecayRestarts alpha(double alpha) {
        this.alpha = Arguments.notNegative(name(), "alpha", alpha);
        return this;
    }

    @Override
    public double at(long step) {
        double position = step;
        double length = decaySteps;
        double restarts = 0;
        if (tMul == 1) {
            restarts = step / decaySteps;
            position = step % decaySteps;
        } else {
            // Counted, since a quotient of logarithms falls just below a whole number at some restarts.
            while (position >= length) {
                position -= length;
                length *= tMul;
                restarts++;
            }
        }
        double cosine = 0.5 * Math.pow(mMul, restarts) * (1 + Math.cos(Math.PI * position / length));
        return initialLearningRate * ((1 - alpha) * cosine + alpha);
    }

    /** From Keras' settings. */
    static CosineDecayRestarts of(Config config) {
        CosineDecayRestarts schedule = new CosineDecayRestarts(
                config.number(INITIAL_LEARNING_RATE), Setting.whole(config, "first_decay_steps"));
        schedule.configure(config);
        return schedule;
    }

    @Override
    List<Setting> settings() {
        return List.of(
                Setting.number("t_mul", () -> tMul, this::tMul),
                Setting.number("m_mul", () -> mMul, this::mMul),
                Setting.number("alpha", () -> alpha, this::alpha));
    }

    @Override
    String stepsSetting() {
        return "first_decay_steps";
    }
}
