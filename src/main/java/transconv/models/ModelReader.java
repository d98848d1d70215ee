package transconv.models;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.config.Config;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.LayerTypes;
import transconv.layers.Tensor;
import transconv.shape.Shape;

/** Draws models again from what {@link ModelDescription} wrote. */
final class ModelReader {

    /** What weights begin with, by the model's names for them. */
    @FunctionalInterface
    interface Weights {

        INDArray of(String name, Shape shape);
    }

    /** A layer of a functional model that is being drawn. */
    private static final class Entry {

        private final Layer layer;
        private final Deque<List<Reference>> waiting = new ArrayDeque<>();
        private final List<List<Tensor>> applications = new ArrayList<>();

        Entry(Layer layer) {
            this.layer = layer;
        }
    }

    private record Reference(String layer, int application, int output) {

        @Override
        public String toString() {
            return "[%s, %d, %d]".formatted(layer, application, output);
        }
    }

    private static final Set<String> CLASSES = Set.of("Functional", "Model", "Sequential");

    private final Weights weights;
    private final Map<Object, Layer> shared = new HashMap<>();

    /** @param weights null for what the initializers make */
    ModelReader(Weights weights) {
        this.weights = weights;
    }

    /** @throws IllegalArgumentException if the description is wrong */
    Model model(String className, Config config) {
        return model(className, config, "");
    }

    private Model model(String className, Config config, String path) {
        if (!CLASSES.contains(className)) {
            throw new IllegalArgumentException(
                    "model class '%s' is not known; there are [Functional, Sequential]".formatted(className));
        }
        boolean row = className.equals("Sequential");
        config.requireOnly(
                row
                        ? Set.of("name", "trainable", "layers")
                        : Set.of("name", "trainable", "layers", "input_layers", "output_layers"));
        Model model = row ? row(config, path) : functional(config, path);
        if (config.has("trainable")) {
            model.trainableItself(config.truth("trainable"));
        }
        return model;
    }

    private Sequential row(Config config, String path) {
        Sequential model = new Sequential();
        if (config.has("name")) {
            model.name(config.text("name"));
        }
        for (Object entry : config.list("layers")) {
            model.add(layer(entry(config, entry), path));
        }
        return model;
    }

    private Model functional(Config config, String path) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Object written : config.list("layers")) {
            Config described = entry(config, written);
            Entry entry = new Entry(layer(described, path));
            String name = entry.layer.label();
            if (described.has("name") && !described.text("name").equals(name)) {
                throw new IllegalArgumentException(
                        "%s: layer '%s' is called '%s' in its own settings; it needs one name"
                                .formatted(config.owner(), described.text("name"), name));
            }
            if (entries.put(name, entry) != null) {
                throw new IllegalArgumentException("%s: two layers are named '%s'; every layer needs a name of its own"
                        .formatted(config.owner(), name));
            }
            if (entry.layer instanceof Input input) {
                entry.applications.add(List.of(input));
            } else {
                described.list("inbound_nodes").forEach(node -> entry.waiting.add(references(described, node)));
            }
        }
        draw(config.owner(), entries);
        List<Input> inputs = new ArrayList<>();
        for (Tensor tensor : ends(config, "input_layers", entries)) {
            if (!(tensor instanceof Input input)) {
                throw new IllegalArgumentException("%s: input_layers has %s, which is no InputLayer"
                        .formatted(config.owner(), config.list("input_layers")));
            }
            inputs.add(input);
        }
        Model model = new Model(inputs, ends(config, "output_layers", entries));
        requireAllInUse(config, entries, model);
        return config.has("name") ? model.name(config.text("name")) : model;
    }

    private static Config entry(Config config, Object entry) {
        if (!(entry instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("%s: a layer is described by '%s'; it must be class_name and config"
                    .formatted(config.owner(), entry));
        }
        return Config.of(config.owner() + ".layers", map);
    }

    private Layer layer(Config entry, String path) {
        entry.requireOnly(Set.of("class_name", "config", "name", "inbound_nodes", ModelDescription.SHARED));
        Object id = entry.values().get(ModelDescription.SHARED);
        if (id != null && shared.containsKey(id)) {
            return shared.get(id);
        }
        String className = entry.text("class_name");
        Config config = Config.of(className, entry.part("config").values());
        Layer layer;
        if (CLASSES.contains(className)) {
            layer = model(className, config, path + (config.has("name") ? config.text("name") : "") + "/");
        } else {
            layer = LayerTypes.fromConfig(className, config);
            if (weights != null) {
                layer.beginWith((weight, shape) -> weights.of(path + layer.label() + "/" + weight, shape));
            }
        }
        if (id != null) {
            shared.put(id, layer);
        }
        return layer;
    }

    /** Applies layers as soon as their inputs are there; the applications of each keep their order. */
    private static void draw(String model, Map<String, Entry> entries) {
        Map<String, List<Entry>> users = new HashMap<>();
        entries.values().forEach(entry -> entry.waiting.stream()
                .flatMap(List::stream)
                .map(Reference::layer)
                .distinct()
                .forEach(name ->
                        users.computeIfAbsent(name, first -> new ArrayList<>()).add(entry)));
        Deque<Entry> ready = new ArrayDeque<>(entries.values());
        while (!ready.isEmpty()) {
            Entry entry = ready.poll();
            boolean drawn = false;
            while (!entry.waiting.isEmpty() && areThere(model, entry, entries)) {
                Tensor[] inputs = entry.waiting.poll().stream()
                        .map(reference -> tensor(model, reference, entries))
                        .toArray(Tensor[]::new);
                entry.applications.add(entry.layer.applyToAll(inputs));
                drawn = true;
            }
            if (drawn) {
                ready.addAll(users.getOrDefault(entry.layer.label(), List.of()));
            }
        }
        for (Entry entry : entries.values()) {
            if (!entry.waiting.isEmpty()) {
                throw new IllegalArgumentException(
                        "%s: layer '%s' waits for one of %s, which is not there or depends on it; connect it to others"
                                .formatted(model, entry.layer.label(), entry.waiting.peek()));
            }
        }
    }

    private static boolean areThere(String model, Entry entry, Map<String, Entry> entries) {
        for (Reference reference : entry.waiting.peek()) {
            Entry source = entries.get(reference.layer());
            if (source == null) {
                throw new IllegalArgumentException("%s: layer '%s' is connected to '%s', which is not there"
                        .formatted(model, entry.layer.label(), reference.layer()));
            }
            if (reference.application() >= source.applications.size()) {
                return false;
            }
        }
        return true;
    }

    private static Tensor tensor(String model, Reference reference, Map<String, Entry> entries) {
        Entry source = entries.get(reference.layer());
        if (source == null
                || reference.application() >= source.applications.size()
                || reference.output()
                        >= source.applications.get(reference.application()).size()) {
            throw new IllegalArgumentException(
                    "%s: there is no tensor %s; layers are %s".formatted(model, reference, entries.keySet()));
        }
        return source.applications.get(reference.application()).get(reference.output());
    }

    private static List<Tensor> ends(Config config, String setting, Map<String, Entry> entries) {
        List<?> written = config.list(setting);
        boolean single = !written.isEmpty() && written.get(0) instanceof String;
        return references(config, single ? List.of(written) : written).stream()
                .map(reference -> tensor(config.owner() + "." + setting, reference, entries))
                .toList();
    }

    private static List<Reference> references(Config place, Object written) {
        List<Reference> references = new ArrayList<>();
        if (written instanceof List<?> list && !list.isEmpty()) {
            for (Object one : list) {
                if (!(one instanceof List<?> parts)
                        || parts.size() != 3
                        || !(parts.get(0) instanceof String layer)
                        || !(parts.get(1) instanceof Integer application)
                        || !(parts.get(2) instanceof Integer output)
                        || application < 0
                        || output < 0) {
                    throw wrong(place, one);
                }
                references.add(new Reference(layer, application, output));
            }
            return references;
        }
        throw wrong(place, written);
    }

    private static IllegalArgumentException wrong(Config place, Object written) {
        return new IllegalArgumentException(
                "%s: '%s' is no tensor; it must be [layer, application, output]".formatted(place.owner(), written));
    }

    /** A layer that no output needs would be lost without a word. */
    private static void requireAllInUse(Config config, Map<String, Entry> entries, Model model) {
        Set<Layer> used = Set.copyOf(model.layers());
        for (Entry entry : entries.values()) {
            if (!(entry.layer instanceof Input) && !used.contains(entry.layer)) {
                throw new IllegalArgumentException("%s: no output depends on layer '%s'; take it out"
                        .formatted(config.owner(), entry.layer.label()));
            }
        }
    }
}
