package transconv.training;

import java.util.Map;

/** Where a training run stands, as a {@link Callback} sees it. */
public interface TrainingProgress {

    /** The running epoch, counted from 0. */
    int epoch();

    /** The number of epochs asked for. */
    int epochs();

    /** The steps (batches) finished in this epoch. */
    int step();

    /** The steps an epoch has; 0 while that is not known. */
    int steps();

    /**
     * Means over the running epoch by Keras' names: {@code loss} and the metrics after every step; at the epoch's
     * end {@code val_loss} and the validation metrics too. Unmodifiable, in that order.
     */
    Map<String, Double> logs();

    /**
     * Adds a value to the running epoch's logs, or changes one; callbacks told later see it. At an epoch's end it
     * becomes a part of the {@link History}, as Keras' {@code learning_rate} does.
     */
    void addToLogs(String name, double value);

    /** The model that is trained. */
    TrainedModel model();

    /** Ends the run after the step or epoch in hand, as Keras' {@code model.stop_training = True} does. */
    void stopTraining();

    /** True once the thread was interrupted (in a notebook: the kernel's stop button); the run is then ending. */
    boolean interrupted();
}
