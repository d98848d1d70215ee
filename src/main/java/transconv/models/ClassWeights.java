package transconv.models;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What samples count by their class. */
final class ClassWeights {

    private ClassWeights() {}

    /**
     * Multiplies each sample's weight by its class's; classes that are left out count 1, as in Keras.
     *
     * @param targets of a single output: (samples) or (samples, 1) of class numbers, or (samples, classes) of
     *     probabilities
     * @throws IllegalArgumentException for several outputs or targets with more axes
     */
    static void multiply(String call, Map<Integer, Double> byClass, List<INDArray> targets, float[] weights) {
        INDArray target = targets.get(0);
        if (targets.size() != 1 || target.rank() > 2) {
            throw new IllegalArgumentException(
                    "%s: classWeight needs one output with targets (samples, classes) or (samples, 1); give sampleWeight instead"
                            .formatted(call));
        }
        INDArray rows = target.reshape('c', weights.length, target.length() / weights.length);
        for (int i = 0; i < weights.length; i++) {
            int ofSample = rows.size(1) == 1
                    ? Math.round(rows.getFloat(i, 0))
                    : rows.getRow(i).argMax().getInt(0);
            weights[i] *= byClass.getOrDefault(ofSample, 1.0).floatValue();
        }
    }
}
