package transconv.training;

import java.util.LinkedHashMap;
import java.util.Map;

/** A training run that stands where a test puts it. */
public final class FakeProgress implements TrainingProgress {

    public int epoch;
    public int epochs = 25;
    public int step;
    public int steps = 48;
    public boolean interrupted;
    public boolean stopped;
    final FakeModel model = new FakeModel();
    public final Map<String, Double> logs = new LinkedHashMap<>();

    public FakeProgress at(int epoch, int step) {
        this.epoch = epoch;
        this.step = step;
        return this;
    }

    public FakeProgress log(String name, double value) {
        logs.put(name, value);
        return this;
    }

    /** A history with these values of {@code loss} and twice these of {@code val_loss}. */
    public static History history(double... losses) {
        History history = new History();
        for (double loss : losses) {
            history.onEpochEnd(new FakeProgress().log("loss", loss).log("val_loss", 2 * loss));
        }
        return history;
    }

    @Override
    public int epoch() {
        return epoch;
    }

    @Override
    public int epochs() {
        return epochs;
    }

    @Override
    public int step() {
        return step;
    }

    @Override
    public int steps() {
        return steps;
    }

    @Override
    public Map<String, Double> logs() {
        return new LinkedHashMap<>(logs);
    }

    @Override
    public void addToLogs(String name, double value) {
        logs.put(name, value);
    }

    @Override
    public TrainedModel model() {
        return model;
    }

    @Override
    public void stopTraining() {
        stopped = true;
    }

    @Override
    public boolean interrupted() {
        return interrupted;
    }
}
