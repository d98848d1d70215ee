package transconv.interop.pytorch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.layers.Layer;
import transconv.models.Model;
import transconv.models.code.PyTorchNames;

/**
 * A model's weights as PyTorch's {@code state_dict} has them, and back: to be written to and read from {@code
 * .safetensors} or {@code .npz}. A {@code .pt} file is a pickle, which is never read: in Python, {@code
 * safetensors.torch.save_file(model.state_dict(), "model.safetensors")}.
 *
 * <ul>
 *   <li>Convolution: kernel (axes..., in / groups, out) is {@code weight} (out, in / groups, axes...).
 *   <li>Transposed convolution: kernel (axes..., out / groups, in) is {@code weight} (in, out / groups, axes...).
 *   <li>Depthwise convolution: kernel (axes..., channels, m) is {@code weight} (channels m, 1, axes...). Separable
 *       ones are two modules, {@code depthwise} and {@code pointwise}.
 *   <li>Dense: kernel (in, out) is {@code weight} (out, in). Behind a Flatten of pictures, or before a Reshape to them,
 *       PyTorch has the features in another order, see {@link FlattenOrder}; weights of the layers between, such as a
 *       BatchNormalization, follow.
 *   <li>Normalizations: gamma or scale is {@code weight}, beta {@code bias}, moving_mean {@code running_mean},
 *       moving_variance {@code running_var}; {@code num_batches_tracked} is written as 0 and not read. What a layer
 *       lacks may be there as ones or zeros. A gamma over all axes of a picture is (channels, axes...), as {@code
 *       nn.LayerNorm} has it, with the order CHANNELS_FIRST.
 *   <li>Embedding: {@code weight}. PReLU: {@code weight}, (channels) where all positions share it.
 * </ul>
 *
 * <p>Biases are the same in both. A module has its layer's name, made a Python name as {@link PyTorchNames} does, or the
 * name that {@link #module} gives it; a layer in a nested model has {@code encoder.conv2d}.
 *
 * <pre>{@code
 * Model model = new Sequential(Layers.input(8, 8, 1), Layers.conv2DTranspose(6, 3).name("up"));
 * var state = PyTorchWeights.of(model).stateDict(); // for Safetensors.write
 * System.out.println(Shape.of(state.get("up.weight").shape())); // (1, 6, 3, 3)
 * }</pre>
 *
 * <p>Source: PyTorch 2, {@code torch.nn}.
 */
public final class PyTorchWeights {

    private static final String BATCHES = "num_batches_tracked";
    private static final Set<DataType> REAL = Set.of(DataType.FLOAT, DataType.DOUBLE, DataType.HALF, DataType.BFLOAT16);

    private final Model model;
    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private final Map<String, String> modules = new LinkedHashMap<>();
    private final List<Layer> all = new ArrayList<>();
    private FlattenOrder flattenOrder = FlattenOrder.CHANNELS_FIRST;

    private PyTorchWeights(Model model) {
        this.model = model;
        collect(model, "", "", Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /** @throws IllegalStateException if the model has no input shape yet, and so no weights */
    public static PyTorchWeights of(Model model) {
        if (!model.isBuilt()) {
            throw new IllegalStateException(
                    "%s: no input shape yet; start with input(height, width, channels)".formatted(model.label()));
        }
        return new PyTorchWeights(model);
    }

    private void collect(Model from, String path, String modulePath, Set<Layer> known) {
        Map<Layer, String> names = PyTorchNames.of(from.layers());
        for (Layer layer : from.layers()) {
            if (!known.add(layer)) {
                continue;
            }
            all.add(layer);
            String name = path + layer.label();
            String module = modulePath + names.get(layer);
            if (layer instanceof Model inner) {
                collect(inner, name + "/", module + ".", known);
            } else if (!layer.weights().isEmpty()) {
                layers.put(name, layer);
                modules.put(name, module);
            }
        }
    }

    /** In which order the PyTorch model flattens pictures; default CHANNELS_FIRST. */
    public PyTorchWeights flattenOrder(FlattenOrder order) {
        flattenOrder = order;
        return this;
    }

    /**
     * Names a layer's module.
     *
     * @param layer  its name, in a nested model {@code encoder/conv2d}
     * @param module such as {@code features.0}
     * @throws IllegalArgumentException if there is no such layer, or it has no weights
     */
    public PyTorchWeights module(String layer, String module) {
        if (!layers.containsKey(layer)) {
            throw new IllegalArgumentException(
                    "%s: no layer '%s' has weights; there are %s".formatted(model.label(), layer, layers.keySet()));
        }
        modules.put(layer, module);
        return this;
    }

    /**
     * Names the modules by those of a state, in its order, which must be that of the layers: for {@code nn.Sequential},
     * whose modules are numbered, and for other models that define their modules in the order of use.
     *
     * @throws IllegalArgumentException if there are more or fewer modules than layers with weights
     */
    public PyTorchWeights modulesOf(Map<String, INDArray> state) {
        Set<String> found = new LinkedHashSet<>();
        state.keySet().stream()
                .sorted(ModuleOrder.of(state.keySet()))
                .forEach(key -> found.add(ModuleOrder.module(key)));
        List<String> names = new ArrayList<>(found);
        int wanted = layers.values().stream()
                .mapToInt(layer -> layer.type().equals("SeparableConv2D") ? 2 : 1)
                .sum();
        if (names.size() != wanted || wanted != layers.size()) {
            throw new IllegalArgumentException(
                    "%s: the state has the modules %s, the model %d layers with weights, %s; name each with module"
                            .formatted(model.label(), names, layers.size(), layers.keySet()));
        }
        List<String> order = new ArrayList<>(layers.keySet());
        order.forEach(layer -> modules.put(layer, names.get(order.indexOf(layer))));
        return this;
    }

    private Map<String, Module> modules() {
        FeatureOrder features = flattenOrder == FlattenOrder.CHANNELS_FIRST ? new FeatureOrder(all) : null;
        Map<String, Module> found = new LinkedHashMap<>();
        layers.forEach((name, layer) -> {
            if (found.put(modules.get(name), Module.of(layer, features)) != null) {
                throw new IllegalArgumentException(
                        "%s: two layers have the module '%s'; give one another name with module"
                                .formatted(model.label(), modules.get(name)));
            }
        });
        return found;
    }

    /**
     * Copies of all weights, by PyTorch's keys.
     *
     * @throws IllegalArgumentException if PyTorch has no such layer, naming it
     */
    public Map<String, INDArray> stateDict() {
        Map<String, INDArray> state = new LinkedHashMap<>();
        modules().forEach((name, module) -> {
            for (Module.Entry entry : module.entries()) {
                state.put(
                        name + "." + entry.key(),
                        entry.layout().toPyTorch(entry.weight().parameter().value()));
            }
            if (module.lacks("weight") && state.containsKey(name + ".bias")) {
                state.put(name + ".weight", Nd4j.onesLike(state.get(name + ".bias")));
            } else if (module.lacks("bias")
                    && state.containsKey(name + ".weight")
                    && !module.layer().type().startsWith("RMS")) {
                state.put(name + ".bias", Nd4j.zerosLike(state.get(name + ".weight")));
            }
            if (module.countsBatches()) {
                state.put(name + "." + BATCHES, Nd4j.scalar(0L));
            }
        });
        return state;
    }

    /**
     * Overwrites the model's weights; nothing is changed if something does not fit.
     *
     * @param state by PyTorch's keys, of floating-point types
     * @throws IllegalArgumentException if a key is missing or too many, or an array has another shape or type, naming
     *                                  key, shape and rule
     */
    public void load(Map<String, INDArray> state) {
        Map<String, Module> modules = modules();
        Set<String> left = new LinkedHashSet<>(state.keySet());
        Map<Module.Entry, INDArray> values = new LinkedHashMap<>();
        modules.forEach((name, module) -> {
            for (Module.Entry entry : module.entries()) {
                String key = name + "." + entry.key();
                if (!left.remove(key)) {
                    throw refused(module, "the state lacks '%s'; it has %s", key, state.keySet());
                }
                values.put(entry, checked(module, entry, key, state.get(key)));
            }
            for (String key : List.of("weight", "bias")) {
                if (module.lacks(key) && left.remove(name + "." + key)) {
                    requireNeutral(module, key, name + "." + key, state.get(name + "." + key));
                }
            }
            left.remove(name + "." + BATCHES);
        });
        if (!left.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: no layer has the keys %s; the modules are %s, name others with module"
                            .formatted(model.label(), left, modules.keySet()));
        }
        values.forEach((entry, array) -> {
            entry.weight().parameter().value().assign(array);
            entry.weight().parameter().changed();
        });
    }

    private INDArray checked(Module module, Module.Entry entry, String key, INDArray array) {
        if (!Arrays.equals(array.shape(), entry.layout().joined())) {
            throw refused(
                    module,
                    "'%s' has the shape %s; it must be %s, since %s %s goes %s",
                    key,
                    Arrays.toString(array.shape()),
                    Arrays.toString(entry.layout().joined()),
                    entry.weight().name(),
                    Arrays.toString(entry.layout().shape()),
                    entry.layout().rule());
        }
        if (!REAL.contains(array.dataType())) {
            throw refused(module, "'%s' is of type %s; it must be a floating-point type", key, array.dataType());
        }
        DataType type = entry.weight().parameter().value().dataType();
        return entry.layout().fromPyTorch(array.dataType() == type ? array : array.castTo(type));
    }

    private void requireNeutral(Module module, String key, String name, INDArray array) {
        double neutral = key.equals("weight") ? 1 : 0;
        double[] values = array.dup('c').castTo(DataType.DOUBLE).data().asDouble();
        if (Arrays.stream(values).anyMatch(value -> value != neutral)) {
            throw refused(
                    module,
                    "'%s' is not all %s, but the layer has no %s",
                    name,
                    key.equals("weight") ? "ones" : "zeros",
                    key.equals("weight") ? "gamma: make it with scale(true)" : "beta: make it with center(true)");
        }
    }

    private IllegalArgumentException refused(Module module, String what, Object... values) {
        return new IllegalArgumentException(
                "%s: layer '%s': %s".formatted(model.label(), module.layer().label(), what.formatted(values)));
    }
}
