package transconv.training;

/**
 * Sets the learning rate before each epoch. It logs {@code learning_rate}, the rate of the epoch. Source: Keras 3,
 * {@code LearningRateScheduler}.
 *
 * <pre>{@code
 * LearningRateScheduler.Schedule halving = (epoch, rate) -> epoch < 10 ? rate : rate / 2;
 * System.out.println(halving.rate(10, 0.5) + " " + new LearningRateScheduler(halving).verbose()); // 0.25 0
 * }</pre>
 */
public final class LearningRateScheduler implements Callback {

    private static final String NAME = "LearningRateScheduler";

    private final Schedule schedule;
    private int verbose;

    /** The learning rate as a function of the epoch and the present rate. */
    @FunctionalInterface
    public interface Schedule {

        /**
         * The rate of an epoch, finite and at least 0.
         *
         * @param epoch        counted from 0
         * @param learningRate the rate so far
         */
        double rate(int epoch, double learningRate);
    }

    /** @throws IllegalArgumentException if {@code schedule} is null */
    public LearningRateScheduler(Schedule schedule) {
        if (schedule == null) {
            throw new IllegalArgumentException(
                    NAME + ": schedule=null must be a function of epoch and rate; give (epoch, rate) -> rate * 0.9");
        }
        this.schedule = schedule;
    }

    /** 1 prints each rate on {@code System.out}, 0 nothing; default 0. */
    public LearningRateScheduler verbose(int verbose) {
        this.verbose = Arguments.verbose(NAME, verbose);
        return this;
    }

    public int verbose() {
        return verbose;
    }

    /** @throws IllegalStateException if the optimizer has a schedule, so that its rate cannot be set */
    @Override
    public void onTrainBegin(TrainingProgress progress) {
        Arguments.requireSettableRate(progress.model().optimizer());
    }

    /** @throws IllegalArgumentException if the schedule's rate is negative, infinite or NaN */
    @Override
    public void onEpochBegin(TrainingProgress progress) {
        Optimizer optimizer = progress.model().optimizer();
        double rate = schedule.rate(progress.epoch(), optimizer.learningRate());
        if (!(rate >= 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException(
                    "%s: the schedule gives rate=%s for epoch %d, it must be a finite number at least 0; change the schedule"
                            .formatted(NAME, rate, progress.epoch()));
        }
        optimizer.setLearningRate(rate);
        if (verbose > 0 && !progress.interrupted()) {
            System.out.printf(
                    "Epoch %d: LearningRateScheduler setting learning rate to %s.%n",
                    progress.epoch() + 1, PythonNumber.repr(rate));
        }
    }

    @Override
    public void onEpochEnd(TrainingProgress progress) {
        progress.addToLogs("learning_rate", progress.model().optimizer().learningRate());
    }
}
