package transconv.models;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.ops.Parameter;

/** All of a model's weights at once. */
final class ModelWeights {

    private ModelWeights() {}

    static List<INDArray> copies(List<Parameter> parameters) {
        return parameters.stream().map(parameter -> parameter.value().dup('c')).toList();
    }

    /**
     * Overwrites them; nothing is changed if one does not fit.
     *
     * @param model its name, for messages
     */
    static void assign(String model, List<Parameter> parameters, List<INDArray> weights) {
        requireShapes(model, "weight", parameters, weights);
        for (int i = 0; i < weights.size(); i++) {
            parameters.get(i).value().assign(weights.get(i));
            parameters.get(i).changed();
        }
    }

    /**
     * Fails unless there is one array for each parameter, of its shape.
     *
     * @param model its name, for messages
     * @param what  weight or gradient, for messages
     */
    static void requireShapes(String model, String what, List<Parameter> parameters, List<INDArray> arrays) {
        if (arrays.size() != parameters.size()) {
            throw new IllegalArgumentException("%s: %d %ss given, the model has %d; give them in the order of %s"
                    .formatted(
                            model,
                            arrays.size(),
                            what,
                            parameters.size(),
                            what.equals("weight") ? "getWeights" : "its trainable weights"));
        }
        for (int i = 0; i < arrays.size(); i++) {
            if (!Arrays.equals(arrays.get(i).shape(), parameters.get(i).value().shape())) {
                throw new IllegalArgumentException("%s: %s %d has shape %s, %s needs %s"
                        .formatted(
                                model,
                                what,
                                i,
                                Arrays.toString(arrays.get(i).shape()),
                                parameters.get(i).name(),
                                parameters.get(i).shape()));
            }
        }
    }
}
