package transconv.models;

import java.util.IdentityHashMap;
import java.util.Map;
import transconv.layers.Layer;
import transconv.models.code.Drawing;

/** A model as {@link transconv.models.code} sees it. */
final class DrawnModel {

    private DrawnModel() {}

    static Drawing of(Model model) {
        return of(model, LayerNames.of(model));
    }

    private static Drawing of(Model model, String name) {
        Network network = model.network();
        Map<Layer, Drawing> nested = new IdentityHashMap<>();
        for (Layer layer : network.layers()) {
            if (layer instanceof Model inner) {
                nested.put(inner, of(inner, inner.label()));
            }
        }
        return new Drawing(
                name,
                model instanceof Sequential,
                model.isTrainable(),
                network.inputs(),
                network.nodes(),
                network.outputs(),
                nested);
    }
}
