package transconv.training.metrics;

import org.nd4j.linalg.api.ndarray.INDArray;

/** What is gathered of values alone, without targets: their mean or sum. */
abstract class ValueMetric<T extends ValueMetric<T>> extends BaseMetric<T> {

    private double total;
    private double count;

    ValueMetric(String name) {
        super(name);
    }

    /** One value more. */
    public final void update(double value) {
        total += value;
        count++;
    }

    /**
     * Takes in values.
     *
     * @param values        (samples, ...); what belongs to one sample becomes one value first
     * @param sampleWeights (samples), or null for all alike
     * @throws IllegalArgumentException if the shapes do not fit; nothing is taken in then
     */
    public final void update(INDArray values, INDArray sampleWeights) {
        FloatTensor tensor = FloatTensor.of(name(), "values", values);
        int samples = tensor.rank() == 0 ? 1 : tensor.shape()[0];
        float[] weights = weights(sampleWeights, samples);
        int positions = tensor.data().length / samples;
        for (int sample = 0; sample < samples; sample++) {
            double sum = 0;
            for (int i = sample * positions; i < (sample + 1) * positions; i++) {
                sum += tensor.data()[i];
            }
            double weight = weights == null ? 1 : weights[sample];
            total += weight * ofSample(sum, positions);
            count += weight;
        }
    }

    /** @throws UnsupportedOperationException always: there are no targets */
    @Override
    public final void update(INDArray target, INDArray prediction, INDArray sampleWeights) {
        throw new UnsupportedOperationException(
                "%s: takes values, and no targets and predictions; call update(values, sampleWeights)"
                        .formatted(name()));
    }

    abstract double ofSample(double sum, int positions);

    abstract double result(double total, double count);

    @Override
    public final double result() {
        return result(total, count);
    }

    @Override
    public final void reset() {
        total = 0;
        count = 0;
    }
}
