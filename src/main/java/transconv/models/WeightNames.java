package transconv.models;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import transconv.layers.Layer;
import transconv.layers.Weight;
import transconv.ops.Parameter;

/**
 * A model's weights by names that tell all apart, also those of nested models: {@code encoder/conv2d/kernel}. A shared
 * weight has the name of the place where it comes first.
 */
final class WeightNames {

    private final Map<String, Weight> weights = new LinkedHashMap<>();
    private final Set<Parameter> known = Collections.newSetFromMap(new IdentityHashMap<>());

    private WeightNames() {}

    static Map<String, Weight> of(Model model) {
        WeightNames names = new WeightNames();
        names.add(model.layers(), "");
        return names.weights;
    }

    private void add(List<Layer> layers, String path) {
        for (Layer layer : layers) {
            String inner = path + layer.label() + "/";
            if (layer instanceof Model model) {
                add(model.layers(), inner);
                continue;
            }
            for (Weight weight : layer.weights()) {
                if (known.add(weight.parameter()) && weights.put(inner + weight.name(), weight) != null) {
                    throw new IllegalArgumentException(
                            "two weights are named '%s'; give their layers names of their own"
                                    .formatted(inner + weight.name()));
                }
            }
        }
    }

    /** Only some of them, under the same names. */
    static Map<String, Parameter> parameters(Map<String, Weight> all, List<Weight> some) {
        Map<Parameter, String> names = new IdentityHashMap<>();
        all.forEach((name, weight) -> names.put(weight.parameter(), name));
        Map<String, Parameter> found = new LinkedHashMap<>();
        some.forEach(weight -> found.put(names.get(weight.parameter()), weight.parameter()));
        return found;
    }
}
