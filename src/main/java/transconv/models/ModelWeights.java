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
        if (weights.size() != parameters.size()) {
            throw new IllegalArgumentException(
                    "%s: %d weights given, the model has %d; give them in the order of getWeights"
                            .formatted(model, weights.size(), parameters.size()));
        }
        for (int i = 0; i < weights.size(); i++) {
            if (!Arrays.equals(weights.get(i).shape(), parameters.get(i).value().shape())) {
                throw new IllegalArgumentException("%s: weight %d has shape %s, %s needs %s"
                        .formatted(
                                model,
                                i,
                                Arrays.toString(weights.get(i).shape()),
                                parameters.get(i).name(),
                                parameters.get(i).shape()));
            }
        }
        for (int i = 0; i < weights.size(); i++) {
            parameters.get(i).value().assign(weights.get(i));
        }
    }
}
