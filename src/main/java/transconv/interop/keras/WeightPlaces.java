package transconv.interop.keras;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.Weight;
import transconv.models.Model;

/**
 * Where Keras 3 keeps each layer's variables in {@code model.weights.h5}: {@code layers/conv2d_1/vars}, counted by
 * class within each model, a shared layer where it comes first. Source: Keras 3, {@code saving_lib._save_state}.
 */
final class WeightPlaces {

    /** The group of a layer's variables, named 0, 1, ... */
    record Place(String group, Layer layer, List<Weight> weights) {}

    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Set<Layer> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final String root;

    private WeightPlaces(String root) {
        this.root = root;
    }

    /** All of a model's layers that are no models, by their groups' paths, in Keras' order. */
    static List<Place> of(Model model) {
        return of(model, "layers");
    }

    /** @param root what Keras calls the list of layers: {@code layers}, in early files otherwise */
    static List<Place> of(Model model, String root) {
        WeightPlaces places = new WeightPlaces(root);
        places.add(model, "");
        return List.copyOf(places.places.values());
    }

    private void add(Model model, String path) {
        Map<String, Integer> counts = new HashMap<>();
        for (Layer layer : model.layers()) {
            String kind = snakeCase(layer.type());
            int count = counts.merge(kind, 1, Integer::sum);
            String inner = path + root + "/" + (count == 1 ? kind : kind + "_" + (count - 1));
            if (!seen.add(layer)) {
                continue;
            }
            if (layer instanceof Model nested) {
                add(nested, inner + "/");
            } else if (!(layer instanceof Input)) {
                places.put(inner, new Place(inner + "/vars", layer, inKerasOrder(layer.weights())));
            }
        }
    }

    /** Those that are trained come first, whether they are at the moment or not. */
    private static List<Weight> inKerasOrder(List<Weight> weights) {
        return Stream.concat(
                        weights.stream().filter(Weight::learned),
                        weights.stream().filter(weight -> !weight.learned()))
                .toList();
    }

    /** Source: Keras 3, {@code naming.to_snake_case}. */
    static String snakeCase(String type) {
        return type.replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }
}
