package transconv.interop.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import transconv.layers.Layer;
import transconv.layers.Weight;
import transconv.models.Model;

/**
 * Weights as Keras 2 kept them in {@code .h5}: a group for each of the model's own layers, in which the weights that
 * are trained come first, those of nested models included. They are told by their order, not by their names. Source:
 * Keras 3, {@code legacy_h5_format}.
 */
final class LegacyWeights {

    private final Hdf5File file;
    private final String root;

    /** @param root the group that has the layers, or none for the file itself */
    LegacyWeights(Hdf5File file, String root) {
        this.file = file;
        this.root = root;
    }

    /** Where the model's weights are. */
    Map<Weight, StoredArray> of(Model model) {
        Map<String, List<String>> stored = new LinkedHashMap<>();
        for (String name : names(root, "layer_names")) {
            List<String> weights = names(inner(root, name), "weight_names");
            if (!weights.isEmpty()) {
                stored.put(name, weights);
            }
        }
        List<Layer> layers = model.layers().stream()
                .filter(layer -> !layer.weights().isEmpty())
                .toList();
        if (layers.size() != stored.size()) {
            throw new IllegalArgumentException("weights of %d layers, %s; %s has %d layers with weights, %s"
                    .formatted(
                            stored.size(),
                            ConfigFromKeras.brief(stored.keySet()),
                            model.label(),
                            layers.size(),
                            ConfigFromKeras.brief(
                                    layers.stream().map(Layer::label).toList())));
        }
        Map<Weight, StoredArray> found = new LinkedHashMap<>();
        int next = 0;
        for (Map.Entry<String, List<String>> group : stored.entrySet()) {
            add(layers.get(next), inner(root, group.getKey()), group.getValue(), found);
            next++;
        }
        return found;
    }

    private void add(Layer layer, String group, List<String> names, Map<Weight, StoredArray> found) {
        List<Weight> weights = new ArrayList<>(layer.trainableWeights());
        layer.weights().stream()
                .filter(weight -> weights.stream().noneMatch(known -> known.parameter() == weight.parameter()))
                .toList()
                .forEach(weights::add);
        if (weights.size() != names.size()) {
            throw new IllegalArgumentException("'%s' has %d weights, %s; layer '%s' needs %d"
                    .formatted(group, names.size(), ConfigFromKeras.brief(names), layer.label(), weights.size()));
        }
        for (int i = 0; i < names.size(); i++) {
            found.put(weights.get(i), file.array(inner(group, names.get(i))));
        }
    }

    /** The arrays of the optimizer, or null where there are none. */
    static List<StoredArray> optimizer(Hdf5File file) {
        String group = "optimizer_weights";
        if (!file.hasGroup(group)) {
            return null;
        }
        return new LegacyWeights(file, "")
                .names(group, "weight_names").stream()
                        .map(name -> file.array(inner(group, name)))
                        .toList();
    }

    private List<String> names(String group, String attribute) {
        List<String> names = file.texts(group, attribute);
        if (names == null) {
            throw new IllegalArgumentException(
                    "group '%s' has no attribute '%s'; it is no model of Keras".formatted(group, attribute));
        }
        return names;
    }

    private static String inner(String group, String name) {
        return group.isEmpty() ? name : group + "/" + name;
    }
}
