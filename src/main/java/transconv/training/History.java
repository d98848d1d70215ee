package transconv.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The course of a training run: for each logged name ({@code loss}, {@code val_loss}, metrics) one value an epoch,
 * as Keras' {@code History.history}.
 */
public final class History implements Callback {

    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    @Override
    public void onEpochEnd(TrainingProgress progress) {
        progress.logs().forEach((name, value) -> values.computeIfAbsent(name, n -> new ArrayList<>())
                .add(value));
    }

    /** The logged names in the order they first came. */
    public List<String> names() {
        return List.copyOf(values.keySet());
    }

    /**
     * The values of one name, one an epoch.
     *
     * @throws IllegalArgumentException if nothing was logged under that name
     */
    public List<Double> get(String name) {
        List<Double> found = values.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "History: no values named '%s'; there are %s".formatted(name, values.keySet()));
        }
        return Collections.unmodifiableList(found);
    }

    /** The value of the last finished epoch. */
    public double last(String name) {
        List<Double> found = get(name);
        return found.get(found.size() - 1);
    }

    /** The number of finished epochs. */
    public int epochs() {
        return values.values().stream().mapToInt(List::size).max().orElse(0);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("History of " + epochs() + " epochs");
        values.forEach(
                (name, list) -> text.append("\n  ").append(name).append(": ").append(list));
        return text.toString();
    }
}
