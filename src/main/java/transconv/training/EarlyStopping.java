package transconv.training;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.config.Config;

/**
 * Ends the training when a logged value no longer gets better. Source: Keras 3, {@code EarlyStopping}.
 *
 * <pre>{@code
 * EarlyStopping stopping = new EarlyStopping().monitor("val_loss").patience(3).restoreBestWeights(true);
 * System.out.println(stopping.best()); // OptionalDouble.empty
 * }</pre>
 */
public final class EarlyStopping extends MonitorCallback<EarlyStopping> {

    private double minDelta;
    private int patience;
    private OptionalDouble baseline = OptionalDouble.empty();
    private boolean restoreBestWeights;
    private int startFromEpoch;

    private OptionalDouble best = OptionalDouble.empty();
    private List<INDArray> bestWeights;
    private int bestEpoch;
    private int stoppedEpoch;
    private int wait;

    /** The least change that counts as better; its sign has no meaning; default 0. */
    public EarlyStopping minDelta(double minDelta) {
        this.minDelta = Math.abs(Arguments.finite(name(), "minDelta", minDelta));
        return this;
    }

    /** After how many epochs that are not better training ends, at least 0; never in the first epoch; default 0. */
    public EarlyStopping patience(int patience) {
        this.patience = Arguments.notNegative(name(), "patience", patience);
        return this;
    }

    /** The value that has to be bettered for an epoch to count as better; default none. */
    public EarlyStopping baseline(double baseline) {
        this.baseline = OptionalDouble.of(Arguments.finite(name(), "baseline", baseline));
        return this;
    }

    /**
     * Whether the model has the weights of its best epoch when training ends, also by interruption; otherwise those of
     * the last step; default false.
     */
    public EarlyStopping restoreBestWeights(boolean restoreBestWeights) {
        this.restoreBestWeights = restoreBestWeights;
        return this;
    }

    /** How many epochs go by before it looks, at least 0; default 0. */
    public EarlyStopping startFromEpoch(int startFromEpoch) {
        this.startFromEpoch = Arguments.notNegative(name(), "startFromEpoch", startFromEpoch);
        return this;
    }

    /** The best value of the last run, if there is one. */
    public OptionalDouble best() {
        return best;
    }

    /** The epoch of the best value, counted from 0. */
    public int bestEpoch() {
        return bestEpoch;
    }

    /** The epoch after which it ended the training, counted from 0; 0 if it did not, as in Keras. */
    public int stoppedEpoch() {
        return stoppedEpoch;
    }

    @Override
    public Config config() {
        return super.config()
                .with("min_delta", minDelta)
                .with("patience", patience)
                .with("baseline", baseline.isPresent() ? baseline.getAsDouble() : null)
                .with("restore_best_weights", restoreBestWeights)
                .with("start_from_epoch", startFromEpoch);
    }

    @Override
    public Map<String, INDArray> state() {
        return new CallbackState(name())
                .with("best", best)
                .with("best_epoch", bestEpoch)
                .with("stopped_epoch", stoppedEpoch)
                .with("wait", wait)
                .with("best_weights", bestWeights)
                .arrays();
    }

    @Override
    public void restore(Map<String, INDArray> state) {
        CallbackState written = new CallbackState(name(), state);
        best = written.number("best");
        bestEpoch = written.count("best_epoch");
        stoppedEpoch = written.count("stopped_epoch");
        wait = written.count("wait");
        bestWeights = written.list("best_weights");
    }

    @Override
    public void onTrainBegin(TrainingProgress progress) {
        super.onTrainBegin(progress);
        wait = 0;
        stoppedEpoch = 0;
        best = OptionalDouble.empty();
        bestWeights = null;
        bestEpoch = 0;
    }

    /** @throws IllegalArgumentException at the first epoch's end if the monitored value is not logged */
    @Override
    public void onEpochEnd(TrainingProgress progress) {
        OptionalDouble current = current(progress);
        if (current.isEmpty() || progress.epoch() < startFromEpoch) {
            return;
        }
        wait++;
        if (improves(current.getAsDouble(), best, minDelta)) {
            best = current;
            bestEpoch = progress.epoch();
            if (restoreBestWeights) {
                bestWeights = progress.model().getWeights();
            }
            if (baseline.isEmpty() || improves(current.getAsDouble(), baseline, minDelta)) {
                wait = 0;
            }
        } else if (wait >= patience && progress.epoch() > 0) {
            stoppedEpoch = progress.epoch();
            progress.stopTraining();
        }
    }

    @Override
    public void onTrainEnd(TrainingProgress progress) {
        if (stoppedEpoch > 0) {
            say(progress, "Epoch %d: early stopping".formatted(stoppedEpoch + 1));
        }
        if (bestWeights != null) {
            say(progress, "Restoring model weights from the end of the best epoch: %d.".formatted(bestEpoch + 1));
            progress.model().setWeights(bestWeights);
            bestWeights = null;
        }
    }
}
