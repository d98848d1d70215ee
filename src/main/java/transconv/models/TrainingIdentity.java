package transconv.models;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.training.History;
import transconv.training.StatefulCallback;

/**
 * All that decides the numbers of a training run, but for chance and the number of epochs: flat names such as {@code
 * fit.batch_size}, each with its value as text.
 */
final class TrainingIdentity {

    /** Moves while a model trains, so that it tells nothing of an optimizer that made steps already. */
    private static final String LEARNING_RATE = "compile.optimizer.config.learning_rate";

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<INDArray, String> described = new IdentityHashMap<>();

    private TrainingIdentity() {}

    static TrainingIdentity of(
            TrainableModel model,
            FitSettings settings,
            Batches trained,
            Batches validated,
            List<StatefulCallback> callbacks) {
        TrainingIdentity identity = new TrainingIdentity();
        Compilation compilation = model.compilation();
        identity.add("model", modelConfig(model));
        identity.add("compile", SavedCompilation.write(compilation, model.namedWeights()));
        if (compilation.optimizer.stateCount() > 0) {
            identity.values.remove(LEARNING_RATE);
        }
        identity.add("compile.engine", compilation.engine.name());
        identity.add("compile.precision", compilation.precision);
        identity.add("fit", settings.described());
        identity.add("data", trained.described(identity::described));
        identity.add("validation data", validated == null ? "none" : validated.described(identity::described));
        identity.add(
                "callbacks",
                callbacks.stream()
                        .filter(callback -> !(callback instanceof History))
                        .map(StatefulCallback::serialized)
                        .toList());
        return identity;
    }

    /** Layers of one's own may have no settings; then their shapes and names have to do. */
    private static Object modelConfig(TrainableModel model) {
        try {
            return model.serialized();
        } catch (UnsupportedOperationException ownCode) {
            Map<String, Object> shapes = new LinkedHashMap<>();
            model.namedWeights()
                    .forEach((name, weight) ->
                            shapes.put(name, weight.parameter().shape()));
            return shapes;
        }
    }

    private void add(String name, Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, part) -> add(name + "." + key, part));
        } else if (value instanceof List<?> list && !(list.stream().allMatch(Number.class::isInstance))) {
            for (int i = 0; i < list.size(); i++) {
                add(name + "." + i, list.get(i));
            }
        } else {
            values.put(name, String.valueOf(value));
        }
    }

    Map<String, String> values() {
        return values;
    }

    /**
     * What makes a run another one than this.
     *
     * @param other the {@link #values} of a run in a file
     */
    Optional<String> difference(Map<String, ?> other) {
        Map<String, Object> names = new LinkedHashMap<>(values);
        names.putAll(other);
        for (String name : names.keySet()) {
            String here = values.getOrDefault(name, "missing");
            String there = String.valueOf(other.containsKey(name) ? other.get(name) : "missing");
            boolean moved = name.equals(LEARNING_RATE) && (here.equals("missing") || there.equals("missing"));
            if (!moved && !here.equals(there)) {
                return Optional.of("%s is %s in the backup, %s here".formatted(name, there, here));
            }
        }
        return Optional.empty();
    }

    /** Shape and checksum; of an array beyond 2 GB the shape alone. */
    private String described(INDArray array) {
        return described.computeIfAbsent(array, data -> {
            String shape = Arrays.toString(data.shape());
            long bytes = data.length() * data.dataType().width();
            if (bytes > Integer.MAX_VALUE) {
                return shape;
            }
            INDArray whole = data.isView() || data.ordering() != 'c' ? data.dup('c') : data;
            ByteBuffer memory = whole.data().asNio();
            CRC32 checksum = new CRC32();
            checksum.update(memory.limit((int) bytes));
            // The buffer does not keep the array, which may be a copy.
            Reference.reachabilityFence(whole);
            return "%s with checksum %08x".formatted(shape, checksum.getValue());
        });
    }
}
