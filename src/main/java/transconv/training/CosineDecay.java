package transconv.training;

import java.util.List;
import transconv.config.Config;

/**
 * The learning rate along half a wave of the cosine, after a straight rise if wanted. Source: Loshchilov and Hutter
 * (2017), and Keras 3, {@code CosineDecay}.
 *
 * <pre>{@code
 * LearningRateSchedule schedule = new CosineDecay(0, 1000).warmupTarget(0.5).warmupSteps(100);
 * System.out.println(schedule.at(50) + " " + schedule.at(100)); // 0.25 0.5
 * }</pre>
 */
public final class CosineDecay extends Decay {

    private double alpha;
    private double warmupTarget = Double.NaN;
    private long warmupSteps;

    /**
     * A decay to 0 without a rise before it.
     *
     * @param initialLearningRate at least 0
     * @param decaySteps          above 0; the steps of the rise come before them
     * @throws IllegalArgumentException if one is outside its range
     */
    public CosineDecay(double initialLearningRate, long decaySteps) {
        super(initialLearningRate, "decaySteps", decaySteps);
    }

    /** What is left at the end, as a share of the largest rate, at least 0; default 0. */
    public CosineDecay alpha(double alpha) {
        this.alpha = Arguments.notNegative(name(), "alpha", alpha);
        return this;
    }

    /** Where the rise ends and the decay starts, at least 0; without it there is no rise. */
    public CosineDecay warmupTarget(double warmupTarget) {
        this.warmupTarget = Arguments.notNegative(name(), "warmupTarget", warmupTarget);
        return this;
    }

    /** Steps of the rise, at least 0; default 0. Needs {@link #warmupTarget}. */
    public CosineDecay warmupSteps(long warmupSteps) {
        if (warmupSteps < 0) {
            throw new IllegalArgumentException(
                    "%s: warmupSteps=%d must be at least 0; leave it unset for none".formatted(name(), warmupSteps));
        }
        this.warmupSteps = warmupSteps;
        return this;
    }

    /** @throws IllegalStateException if {@link #warmupSteps} was set and {@link #warmupTarget} was not */
    @Override
    public double at(long step) {
        boolean warmup = !Double.isNaN(warmupTarget);
        if (!warmup && warmupSteps > 0) {
            throw new IllegalStateException(
                    "%s: warmupSteps=%d needs a warmupTarget; set it, or leave warmupSteps unset"
                            .formatted(name(), warmupSteps));
        }
        if (warmup && step < warmupSteps) {
            return initialLearningRate + (warmupTarget - initialLearningRate) * step / warmupSteps;
        }
        double done = Math.min(1, (double) (step - warmupSteps) / decaySteps);
        double cosine = 0.5 * (1 + Math.cos(Math.PI * done));
        return (warmup ? warmupTarget : initialLearningRate) * ((1 - alpha) * cosine + alpha);
    }

    /** From Keras' settings. */
    static CosineDecay of(Config config) {
        CosineDecay schedule =
                new CosineDecay(config.number(INITIAL_LEARNING_RATE), Setting.whole(config, "decay_steps"));
        schedule.configure(config);
        return schedule;
    }

    @Override
    List<Setting> settings() {
        return List.of(
                Setting.number("alpha", () -> alpha, this::alpha),
                Setting.numberOrNone("warmup_target", () -> warmupTarget, this::warmupTarget),
                Setting.whole("warmup_steps", () -> warmupSteps, this::warmupSteps));
    }
}
