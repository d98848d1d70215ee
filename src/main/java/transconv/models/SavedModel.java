package transconv.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.config.Config;
import transconv.layers.Layer;
import transconv.layers.LayerTypes;
import transconv.layers.Weight;
import transconv.models.file.ModelFile;
import transconv.models.file.ModelFileException;
import transconv.shape.Shape;

/** What of a model goes into a {@link ModelFile}, and a model again from there. */
final class SavedModel {

    private static final String MODEL = "model";
    private static final String WEIGHTS = "weights";

    private SavedModel() {}

    static ModelFile of(Model model) {
        Map<String, Object> settings = new LinkedHashMap<>();
        requireReadable(model);
        settings.put("model", model.serialized());
        Map<String, Weight> names = WeightNames.of(model);
        Map<String, INDArray> state = Map.of();
        Compilation compilation = model.compilation();
        settings.put("compile", null);
        if (compilation != null) {
            settings.put("compile", SavedCompilation.write(compilation, names));
            state = compilation.optimizer.state(WeightNames.parameters(names, compilation.trainable));
        }
        settings.put("chance", model.chance().config().values());
        return new ModelFile(MODEL, settings, values(names), state);
    }

    static ModelFile weightsOf(Model model) {
        return new ModelFile(WEIGHTS, Map.of(), values(WeightNames.of(model)), Map.of());
    }

    private static Map<String, INDArray> values(Map<String, Weight> names) {
        Map<String, INDArray> values = new LinkedHashMap<>();
        names.forEach((name, weight) -> values.put(name, weight.parameter().value()));
        return values;
    }

    /** A file that nobody could load must not be written. */
    private static void requireReadable(Model model) {
        for (Layer layer : model.layers()) {
            if (layer instanceof Model inner) {
                requireReadable(inner);
                continue;
            }
            try {
                Layer again = LayerTypes.fromConfig(layer.className(), layer.config());
                if (again.getClass() != layer.getClass()) {
                    throw new UnsupportedOperationException("its %s is a class of your own"
                            .formatted(layer.getClass().getName()));
                }
            } catch (UnsupportedOperationException | IllegalArgumentException refused) {
                throw new UnsupportedOperationException(
                        "%s: layer '%s' cannot be saved (%s); saveWeights, and loadWeights into the model drawn anew"
                                .formatted(model.label(), layer.label(), refused.getMessage()),
                        refused);
            }
        }
    }

    /** Keras' file names are for Keras' files. */
    static void requireOwnFormat(Path path, String call) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".keras") || name.endsWith(".h5")) {
            throw new IllegalArgumentException(
                    "%s: the name '%s' is for a file of Keras; call KerasFile.%s, or name it NAME.tcm"
                            .formatted(path, path.getFileName(), call));
        }
    }

    /** @param own what was compiled with code, again; null for a model that is not compiled */
    static Model load(Path path, CompileOption[] own) {
        requireOwnFormat(path, own == null ? "loadUncompiled(file)" : "load(file)");
        ModelFile file = ModelFile.read(path);
        if (!file.contents().equals(MODEL)) {
            throw new ModelFileException(
                    path,
                    "contents=%s must be %s; draw the model and call its loadWeights"
                            .formatted(file.contents(), MODEL));
        }
        try {
            return load(file, own);
        } catch (RuntimeException refused) {
            String message = refused.getMessage() == null ? refused.toString() : refused.getMessage();
            throw new ModelFileException(path, message, refused);
        } catch (StackOverflowError tooDeep) {
            throw new ModelFileException(path, "its layers are too many one after another, or too deeply nested");
        } catch (OutOfMemoryError tooLarge) {
            throw new ModelFileException(
                    path,
                    "its settings need more memory than there is (%s)".formatted(tooLarge.getMessage()),
                    tooLarge);
        }
    }

    private static Model load(ModelFile file, CompileOption[] own) {
        Config settings = Config.of("settings", file.settings());
        settings.requireOnly(Set.of("model", "compile", "chance"));
        Config written = settings.part("model");
        Map<String, INDArray> unread = new LinkedHashMap<>(file.weights());
        Model model = new ModelReader((name, shape) -> taken(unread, name, shape))
                .model(
                        written.text("class_name"),
                        Config.of("model", written.part("config").values()));
        if (!unread.isEmpty()) {
            throw new IllegalArgumentException("weights %s belong to no layer".formatted(unread.keySet()));
        }
        Chance chance = Chance.of(settings.part("chance"));
        Compilation compilation = own == null ? null : compilation(settings, file, model, Compilation.given(own));
        model.resume(compilation, chance);
        return model;
    }

    private static INDArray taken(Map<String, INDArray> unread, String name, Shape shape) {
        INDArray found = unread.remove(name);
        if (found == null || !Arrays.equals(found.shape(), shape.toLongArray()) || found.dataType() == DataType.LONG) {
            throw new IllegalArgumentException("weight '%s' needs shape %s, the file has %s"
                    .formatted(name, shape, found == null ? "none" : described(found)));
        }
        return found;
    }

    private static Compilation compilation(Config settings, ModelFile file, Model model, Compilation given) {
        if (!settings.has("compile")) {
            if (!given.isEmpty()) {
                throw new IllegalArgumentException(
                        "it was saved before compile; load it without options, and call compile");
            }
            return null;
        }
        Config written = settings.part("compile");
        Compilation compilation = SavedCompilation.read(written, given);
        compilation.fit(model.network());
        Map<String, Weight> names = WeightNames.of(model);
        compilation.trainable = SavedCompilation.trainable(written, names);
        compilation.optimizer.restore(WeightNames.parameters(names, compilation.trainable), file.optimizer());
        // copied; their memory is not the heap's, and may be as much as the weights'
        file.optimizer().values().forEach(INDArray::close);
        return compilation;
    }

    /** The file's weights in the order of the model's; from a whole model's file its weights. */
    static List<INDArray> weights(Path path, Model model) {
        requireOwnFormat(path, "loadWeights(model, file)");
        return weights(path, ModelFile.read(path), WeightNames.of(model), model.label());
    }

    /** As above, for a file that was read. */
    static List<INDArray> weights(Path path, ModelFile file, Map<String, Weight> names, String model) {
        Map<String, INDArray> unread = new LinkedHashMap<>(file.weights());
        List<INDArray> values = new ArrayList<>();
        names.forEach((name, weight) -> {
            INDArray found = unread.remove(name);
            INDArray value = weight.parameter().value();
            if (found == null || !Arrays.equals(found.shape(), value.shape()) || found.dataType() != value.dataType()) {
                throw new ModelFileException(
                        path,
                        "weight '%s' is %s in %s, %s in the file; load it into a model of the same layers and names"
                                .formatted(name, described(value), model, found == null ? "not" : described(found)));
            }
            values.add(found);
        });
        if (!unread.isEmpty()) {
            throw new ModelFileException(
                    path,
                    "weights %s are not in %s; load them into a model of the same layers and names"
                            .formatted(unread.keySet(), model));
        }
        return values;
    }

    private static String described(INDArray array) {
        return "%s of %s".formatted(Arrays.toString(array.shape()), array.dataType());
    }
}
