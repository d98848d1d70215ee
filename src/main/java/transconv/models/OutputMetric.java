package transconv.models;

import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.training.metrics.Metric;

/**
 * A metric of one of a model's outputs.
 *
 * @param name   under which it is logged
 * @param output which one, from 0
 */
record OutputMetric(String name, int output, Metric metric) {

    void update(INDArray target, INDArray prediction) {
        metric.update(target, prediction, null);
    }
}
