package transconv.training.metrics;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import transconv.config.Config;

/** Metrics made from entries of {@code goldens/metrics}, and updates of them. */
final class GoldenMetric {

    private static final ObjectMapper JSON = new ObjectMapper();

    private GoldenMetric() {}

    static Config config(JsonNode entry) {
        return Config.of(entry.get("metric").asText(), JSON.convertValue(entry.get("config"), Map.class));
    }

    static Metric made(JsonNode entry) {
        return Metrics.fromConfig(entry.get("metric").asText(), config(entry));
    }

    /** @param weights null for none */
    static void update(Metric metric, INDArray target, INDArray prediction, INDArray weights) {
        if (metric instanceof ValueMetric<?> ofValues) {
            ofValues.update(target, weights);
        } else {
            metric.update(target, prediction, weights);
        }
    }

    /** A copy of some samples; null of null. */
    static INDArray samples(INDArray all, long from, long to) {
        if (all == null) {
            return null;
        }
        INDArray part = all.get(NDArrayIndex.interval(from, to));
        long[] shape = all.shape().clone();
        shape[0] = to - from;
        return Nd4j.createFromArray(part.dup('c').data().asFloat()).reshape(shape);
    }
}
