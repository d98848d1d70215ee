package transconv.training;

/**
 * Ends the training after a batch whose loss is NaN or infinite. Source: Keras 3, {@code TerminateOnNaN}.
 *
 * <pre>{@code
 * TerminateOnNaN guard = new TerminateOnNaN().raiseError(true);
 * System.out.println(guard.raiseError()); // true
 * }</pre>
 */
public final class TerminateOnNaN implements Callback {

    private boolean raiseError;

    /**
     * Whether it throws, so that {@code fit} fails, instead of ending the training with a line of text; default false.
     */
    public TerminateOnNaN raiseError(boolean raiseError) {
        this.raiseError = raiseError;
        return this;
    }

    public boolean raiseError() {
        return raiseError;
    }

    /** @throws IllegalStateException if the loss is NaN or infinite and {@link #raiseError(boolean)} is set */
    @Override
    public void onTrainBatchEnd(TrainingProgress progress) {
        Double loss = progress.logs().get("loss");
        if (loss == null || Double.isFinite(loss)) {
            return;
        }
        int batch = progress.step() - 1;
        if (raiseError) {
            throw new IllegalStateException(("TerminateOnNaN: loss=%s after batch %d of epoch %d must be finite; "
                            + "lower the learning rate, clip gradients, or look for NaN in the data")
                    .formatted(loss, batch, progress.epoch()));
        }
        if (!progress.interrupted()) {
            System.out.println("Batch " + batch + ": Invalid loss, terminating training");
        }
        progress.stopTraining();
    }
}
