package transconv.training;

import java.util.List;
import java.util.Set;
import transconv.config.Config;

/** A schedule that starts from a learning rate and counts in spans of steps. */
abstract class Decay implements LearningRateSchedule {

    static final String INITIAL_LEARNING_RATE = "initial_learning_rate";

    final double initialLearningRate;
    final long decaySteps;

    Decay(double initialLearningRate, String stepsArgument, long decaySteps) {
        this.initialLearningRate = Arguments.notNegative(name(), "initialLearningRate", initialLearningRate);
        if (decaySteps <= 0) {
            throw new IllegalArgumentException(
                    "%s: %s=%d must be above 0; give the number of steps that the decay takes"
                            .formatted(name(), stepsArgument, decaySteps));
        }
        this.decaySteps = decaySteps;
    }

    /** The settings beside the rate and the steps that it starts from. */
    abstract List<Setting> settings();

    @Override
    public final Config config() {
        Config config = Config.of(className())
                .with(INITIAL_LEARNING_RATE, initialLearningRate)
                .with(stepsSetting(), decaySteps);
        return Setting.write(config, settings());
    }

    /** What Keras calls {@link #decaySteps}. */
    String stepsSetting() {
        return "decay_steps";
    }

    /** Sets what {@code config} has, but for what the schedule was made from. */
    final void configure(Config config) {
        Setting.read(config, settings(), Set.of("name", INITIAL_LEARNING_RATE, stepsSetting()));
    }

    final String name() {
        return getClass().getSimpleName();
    }

    /** How many spans have gone by; whole spans only on a staircase. */
    final double spans(long step, boolean staircase) {
        double spans = (double) step / decaySteps;
        return staircase ? Math.floor(spans) : spans;
    }

    final double requireDecayRate(double decayRate) {
        if (Double.isNaN(decayRate)) {
            throw new IllegalStateException(
                    "%s: decayRate is not set; add .decayRate(0.96) or the rate you want".formatted(name()));
        }
        return decayRate;
    }
}
