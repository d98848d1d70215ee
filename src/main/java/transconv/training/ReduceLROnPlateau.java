package transconv.training;

import java.util.Map;
import java.util.OptionalDouble;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.config.Config;

/**
 * Lowers the learning rate when a logged value no longer gets better. It logs {@code learning_rate}, the rate of the
 * epoch. Source: Keras 3, {@code ReduceLROnPlateau}.
 *
 * <pre>{@code
 * ReduceLROnPlateau plateau = new ReduceLROnPlateau().factor(0.5).patience(2).minLr(1e-5);
 * System.out.println(plateau.monitor()); // val_loss
 * }</pre>
 */
public final class ReduceLROnPlateau extends MonitorCallback<ReduceLROnPlateau> {

    private double factor = 0.1;
    private int patience = 10;
    private double minDelta = 1e-4;
    private int cooldown;
    private double minLr;

    private OptionalDouble best = OptionalDouble.empty();
    private int wait;
    private int cooling;

    /** What the rate is multiplied by, at least 0 and below 1; default 0.1. */
    public ReduceLROnPlateau factor(double factor) {
        this.factor = Arguments.share(name(), "factor", factor);
        return this;
    }

    /** After how many epochs that are not better the rate is lowered, at least 0; default 10. */
    public ReduceLROnPlateau patience(int patience) {
        this.patience = Arguments.notNegative(name(), "patience", patience);
        return this;
    }

    /** The least change that counts as better; its sign has no meaning; default 0.0001. */
    public ReduceLROnPlateau minDelta(double minDelta) {
        this.minDelta = Math.abs(Arguments.finite(name(), "minDelta", minDelta));
        return this;
    }

    /** How many epochs it does not count after it lowered the rate, at least 0; default 0. */
    public ReduceLROnPlateau cooldown(int cooldown) {
        this.cooldown = Arguments.notNegative(name(), "cooldown", cooldown);
        return this;
    }

    /** Below which the rate does not fall, at least 0; default 0. */
    public ReduceLROnPlateau minLr(double minLr) {
        this.minLr = Arguments.notNegative(name(), "minLr", minLr);
        return this;
    }

    @Override
    public Config config() {
        return super.config()
                .with("factor", factor)
                .with("patience", patience)
                .with("min_delta", minDelta)
                .with("cooldown", cooldown)
                .with("min_lr", minLr);
    }

    @Override
    public Map<String, INDArray> state() {
        return new CallbackState(name())
                .with("best", best)
                .with("wait", wait)
                .with("cooldown_counter", cooling)
                .arrays();
    }

    @Override
    public void restore(Map<String, INDArray> state) {
        CallbackState written = new CallbackState(name(), state);
        best = written.number("best");
        wait = written.count("wait");
        cooling = written.count("cooldown_counter");
    }

    /** @throws IllegalStateException if the optimizer has a schedule, so that its rate cannot be set */
    @Override
    public void onTrainBegin(TrainingProgress progress) {
        super.onTrainBegin(progress);
        Arguments.requireSettableRate(progress.model().optimizer());
        best = OptionalDouble.empty();
        wait = 0;
        cooling = 0;
    }

    /** @throws IllegalArgumentException at the first epoch's end if the monitored value is not logged */
    @Override
    public void onEpochEnd(TrainingProgress progress) {
        progress.addToLogs("learning_rate", progress.model().optimizer().learningRate());
        OptionalDouble current = current(progress);
        if (current.isEmpty()) {
            return;
        }
        if (cooling > 0) {
            cooling--;
            wait = 0;
        }
        if (improves(current.getAsDouble(), best, minDelta)) {
            best = current;
            wait = 0;
        } else if (cooling == 0) {
            wait++;
            if (wait >= patience) {
                reduce(progress);
            }
        }
    }

    private void reduce(TrainingProgress progress) {
        Optimizer optimizer = progress.model().optimizer();
        double rate = optimizer.learningRate();
        if (rate > minLr) {
            double reduced = Math.max(rate * factor, minLr);
            optimizer.setLearningRate(reduced);
            say(
                    progress,
                    "Epoch %d: ReduceLROnPlateau reducing learning rate to %s."
                            .formatted(progress.epoch() + 1, PythonNumber.repr(reduced)));
            cooling = cooldown;
            wait = 0;
        }
    }
}
