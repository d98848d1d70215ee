package transconv.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The course of a training run: for each logged name ({@code loss}, {@code val_loss}, metrics) one value an epoch,
 * as Keras' {@code History.history}.
 */
public final class History implements StatefulCallback {

    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    @Override
    public void onEpochEnd(TrainingProgress progress) {
        progress.logs().forEach((name, value) -> values.computeIfAbsent(name, n -> new ArrayList<>())
                .add(value));
    }

    /** One array (epochs) for each name, float64. */
    @Override
    public Map<String, INDArray> state() {
        Map<String, INDArray> state = new LinkedHashMap<>();
        values.forEach((name, list) -> state.put(
                name,
                Nd4j.createFromArray(
                        list.stream().mapToDouble(Double::doubleValue).toArray())));
        return state;
    }

    @Override
    public void restore(Map<String, INDArray> state) {
        Map<String, List<Double>> restored = new LinkedHashMap<>();
        state.forEach((name, array) -> {
            if (array.rank() != 1 || array.dataType() != DataType.DOUBLE) {
                throw new IllegalArgumentException(
                        "History: state '%s' is %s of %s; it must be one float64 an epoch, as state() gives it"
                                .formatted(name, Arrays.toString(array.shape()), array.dataType()));
            }
            List<Double> list = new ArrayList<>();
            for (double value : array.toDoubleVector()) {
                list.add(value);
            }
            restored.put(name, list);
        });
        values.clear();
        values.putAll(restored);
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
