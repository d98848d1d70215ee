package transconv.training;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * Watches a training run, and may end it. Each call comes from the thread that trains. One of your own is a class, or
 * for a single moment a lambda.
 *
 * <pre>{@code
 * Callback callback = Callback.onEpochEnd(progress -> System.out.println(progress.epoch() + " " + progress.logs()));
 * Callback goal = Callback.onTrainBatchEnd(progress -> {
 *     if (progress.logs().get("loss") < 0.05) {
 *         progress.stopTraining();
 *     }
 * });
 * }</pre>
 */
public interface Callback {

    default void onTrainBegin(TrainingProgress progress) {}

    default void onEpochBegin(TrainingProgress progress) {}

    /** {@link TrainingProgress#step} counts the batches before this one. */
    default void onTrainBatchBegin(TrainingProgress progress) {}

    default void onTrainBatchEnd(TrainingProgress progress) {}

    default void onEpochEnd(TrainingProgress progress) {}

    /** Comes once for every {@link #onTrainBegin}, also when the run was stopped, interrupted or failed. */
    default void onTrainEnd(TrainingProgress progress) {}

    /** Runs {@code action} before the first epoch. */
    static Callback onTrainBegin(Consumer<TrainingProgress> action) {
        Objects.requireNonNull(action, "Callback.onTrainBegin: action is null; give progress -> ...");
        return new Callback() {
            @Override
            public void onTrainBegin(TrainingProgress progress) {
                action.accept(progress);
            }
        };
    }

    /** Runs {@code action} before each epoch. */
    static Callback onEpochBegin(Consumer<TrainingProgress> action) {
        Objects.requireNonNull(action, "Callback.onEpochBegin: action is null; give progress -> ...");
        return new Callback() {
            @Override
            public void onEpochBegin(TrainingProgress progress) {
                action.accept(progress);
            }
        };
    }

    /** Runs {@code action} before each training batch. */
    static Callback onTrainBatchBegin(Consumer<TrainingProgress> action) {
        Objects.requireNonNull(action, "Callback.onTrainBatchBegin: action is null; give progress -> ...");
        return new Callback() {
            @Override
            public void onTrainBatchBegin(TrainingProgress progress) {
                action.accept(progress);
            }
        };
    }

    /** Runs {@code action} after each training batch. */
    static Callback onTrainBatchEnd(Consumer<TrainingProgress> action) {
        Objects.requireNonNull(action, "Callback.onTrainBatchEnd: action is null; give progress -> ...");
        return new Callback() {
            @Override
            public void onTrainBatchEnd(TrainingProgress progress) {
                action.accept(progress);
            }
        };
    }

    /** Runs {@code action} after each epoch and its validation. */
    static Callback onEpochEnd(Consumer<TrainingProgress> action) {
        Objects.requireNonNull(action, "Callback.onEpochEnd: action is null; give progress -> ...");
        return new Callback() {
            @Override
            public void onEpochEnd(TrainingProgress progress) {
                action.accept(progress);
            }
        };
    }

    /** Runs {@code action} after the last epoch, however the run ended. */
    static Callback onTrainEnd(Consumer<TrainingProgress> action) {
        Objects.requireNonNull(action, "Callback.onTrainEnd: action is null; give progress -> ...");
        return new Callback() {
            @Override
            public void onTrainEnd(TrainingProgress progress) {
                action.accept(progress);
            }
        };
    }
}
