package transconv.training;

/** Watches a training run, and may end it. Each call comes from the thread that trains. */
public interface Callback {

    default void onTrainBegin(TrainingProgress progress) {}

    default void onEpochBegin(TrainingProgress progress) {}

    default void onTrainBatchEnd(TrainingProgress progress) {}

    default void onEpochEnd(TrainingProgress progress) {}

    /** Comes once for every {@link #onTrainBegin}, also when the run was stopped, interrupted or failed. */
    default void onTrainEnd(TrainingProgress progress) {}
}
