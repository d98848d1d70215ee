package transconv.interop.keras;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.config.Config;
import transconv.layers.Weight;
import transconv.models.CompileOption;
import transconv.models.Model;
import transconv.models.file.Json;
import transconv.shape.Shape;

/** A file of Keras while it is read: a {@code .keras} archive, or HDF5 of the older or newer form. */
final class KerasReader {

    private static final String WEIGHTS = "model.weights.h5";
    private static final String LEGACY_LAYERS = "layer_names";
    private static final int ZIP = 0x04034b50;
    private static final int HDF5 = 0x46444889;

    /** The description of a thousand layers has about two megabytes. */
    private static final long MAX_CONFIG = 64L << 20;

    private final Map<String, Object> config;
    private final Map<String, Object> compilation;
    private final Hdf5File weights;

    /** @throws IllegalArgumentException if it is neither a zip with Keras' parts nor HDF5 */
    KerasReader(FileRegion file) throws IOException {
        int begin = file.size() < Integer.BYTES ? 0 : beginning(file);
        if (begin == ZIP) {
            ZipParts parts = new ZipParts(file);
            config = Json.read(parts.read("config.json", MAX_CONFIG).bytes());
            compilation = map(config.get("compile_config"));
            weights = new Hdf5File(parts.read(WEIGHTS, Integer.MAX_VALUE));
        } else if (begin == HDF5) {
            weights = new Hdf5File(file);
            config = json("model_config");
            compilation = json("training_config");
        } else {
            throw new IllegalArgumentException(
                    "it is neither a zip, as .keras is, nor HDF5, as .h5 is; save the model by Keras or"
                            + " KerasFile.save");
        }
    }

    private static int beginning(FileRegion file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        file.read(0, bytes);
        return bytes.getInt(0);
    }

    private Map<String, Object> json(String attribute) throws IOException {
        String text = weights.text("", attribute);
        return text == null ? null : Json.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value instanceof Map<?, ?> map && !map.isEmpty() ? (Map<String, Object>) map : null;
    }

    /**
     * The model that is written there.
     *
     * @param instead what to compile it with instead of what is written; null to leave it uncompiled
     */
    Model model(CompileOption... instead) throws IOException {
        if (config == null) {
            throw new IllegalArgumentException(
                    "it has weights alone, no model; draw the model, and call KerasFile.loadWeights(model, file)");
        }
        List<INDArray> made = new ArrayList<>();
        try {
            Model model = drawn(made);
            for (Map.Entry<Weight, StoredArray> one : stored(model).entrySet()) {
                one.getValue().readInto(one.getKey().parameter().value());
            }
            if (instead != null) {
                compile(model, instead);
            }
            return model;
        } catch (IOException | RuntimeException | Error failure) {
            made.forEach(INDArray::close);
            throw failure;
        }
    }

    /** With weights of no value yet, that together are not larger than the file. */
    private Model drawn(List<INDArray> made) {
        Config described = ConfigFromKeras.model(config);
        long[] left = {weights.size()};
        return Model.fromConfig(
                described.text("class_name"),
                described.part("config"),
                (name, shape) -> array(name, shape, left, made));
    }

    private INDArray array(String name, Shape shape, long[] left, List<INDArray> made) {
        left[0] -= Integer.BYTES * (long) shape.elements();
        if (left[0] < 0) {
            throw new IllegalArgumentException(
                    "weight '%s' of shape %s: the layers need more weights than the %,d bytes that the file has for them"
                            .formatted(name, shape, weights.size()));
        }
        INDArray array = shape.rank() == 0
                ? Nd4j.scalar(DataType.FLOAT, 0)
                : Nd4j.createUninitialized(DataType.FLOAT, shape.toLongArray(), 'c');
        made.add(array);
        return array;
    }

    /** Where each of the model's weights is, all of the right shape and type. */
    private Map<Weight, StoredArray> stored(Model model) {
        Map<Weight, StoredArray> stored;
        if (weights.hasGroup("model_weights")) {
            stored = new LegacyWeights(weights, "model_weights").of(model);
        } else if (weights.texts("", LEGACY_LAYERS) != null) {
            stored = new LegacyWeights(weights, "").of(model);
        } else {
            stored = byPlace(model);
        }
        stored.forEach((weight, array) -> array.requireFloat(
                "weight '%s'".formatted(weight.parameter().name()),
                weight.parameter().value().shape()));
        return stored;
    }

    private Map<Weight, StoredArray> byPlace(Model model) {
        String early = "_layer_checkpoint_dependencies";
        Map<Weight, StoredArray> stored = new LinkedHashMap<>();
        for (WeightPlaces.Place place : WeightPlaces.of(model, weights.hasGroup(early) ? early : "layers")) {
            List<Weight> wanted = place.weights();
            List<StoredArray> found = weights.hasGroup(place.group()) ? numbered(place.group()) : List.of();
            if (found.size() != wanted.size()) {
                throw new IllegalArgumentException("layer '%s' has %d weights, %s; '%s' in the file has %d"
                        .formatted(
                                place.layer().label(),
                                wanted.size(),
                                wanted.stream().map(Weight::name).toList(),
                                place.group(),
                                found.size()));
            }
            for (int i = 0; i < wanted.size(); i++) {
                stored.put(wanted.get(i), found.get(i));
            }
        }
        return stored;
    }

    /** The datasets 0, 1, ... of a group. */
    private List<StoredArray> numbered(String group) {
        int count = weights.names(group).size();
        List<StoredArray> arrays = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            arrays.add(weights.array(group + "/" + i));
        }
        return arrays;
    }

    private void compile(Model model, CompileOption... instead) throws IOException {
        if (compilation == null) {
            if (instead.length > 0) {
                throw new IllegalArgumentException(
                        "it was saved before compile; load it without options, and call compile");
            }
            return;
        }
        model.compile(new CompileFromKeras(compilation, model, outputKeys()).options(instead));
        List<StoredArray> state =
                weights.hasGroup("optimizer/vars") ? numbered("optimizer/vars") : LegacyWeights.optimizer(weights);
        if (state != null && !state.isEmpty()) {
            new OptimizerVariables(model).read(state);
        }
    }

    /** The outputs' names where they were given by name. */
    private List<String> outputKeys() {
        boolean byName = config.get("config") instanceof Map<?, ?> settings
                && settings.get("output_layers") instanceof Map<?, ?>;
        return byName
                ? new TreeSet<>(((Map<?, ?>) ((Map<?, ?>) config.get("config")).get("output_layers")).keySet())
                        .stream().map(String::valueOf).toList()
                : List.of();
    }

    /** The values for a model's weights, in the order of {@code getWeights}. */
    List<INDArray> weights(Model model) throws IOException {
        Map<Weight, StoredArray> stored = stored(model);
        Map<Object, INDArray> values = new IdentityHashMap<>();
        for (Map.Entry<Weight, StoredArray> one : stored.entrySet()) {
            values.put(one.getKey().parameter(), one.getValue().floats());
        }
        return model.parameters().stream().map(values::get).toList();
    }
}
