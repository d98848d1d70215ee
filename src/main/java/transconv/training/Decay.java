package transconv.training;

/** A schedule that starts from a learning rate and counts in spans of steps. */
abstract class Decay implements LearningRateSchedule {

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
