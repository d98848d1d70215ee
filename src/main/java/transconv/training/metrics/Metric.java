package transconv.training.metrics;

import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.config.Configurable;

/**
 * A figure that is gathered over updates, each with some samples, and read at any time. Sums are kept in double.
 * Source: Keras 3, {@code keras.metrics.Metric}.
 *
 * <pre>{@code
 * Metric metric = Metrics.named("mae");
 * metric.update(Nd4j.createFromArray(new float[][] {{1, 2}}), Nd4j.createFromArray(new float[][] {{1, 3}}), null);
 * System.out.println(metric.name() + " " + metric.result()); // mae 0.5
 * }</pre>
 */
public interface Metric extends Configurable {

    /** The name under which results are reported. */
    String name();

    /**
     * Takes in some samples.
     *
     * @param target        (samples, ...), of the prediction's shape unless the metric says otherwise; where one of the
     *     two has one axis more, it may be a last one of length 1
     * @param prediction    (samples, ...)
     * @param sampleWeights (samples), or null for all alike
     * @throws IllegalArgumentException if the shapes do not fit; nothing is taken in then
     */
    void update(INDArray target, INDArray prediction, INDArray sampleWeights);

    /**
     * The figure over all updates since the last {@link #reset}.
     *
     * @throws IllegalStateException if the metric has several results, see {@link #results}
     */
    double result();

    /** All results: one for each threshold or class, where the metric has several; else the one. */
    default double[] results() {
        return new double[] {result()};
    }

    /** Forgets all updates. */
    void reset();
}
