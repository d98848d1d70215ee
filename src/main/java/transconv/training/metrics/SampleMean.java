package transconv.training.metrics;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The mean over all samples of a value that each sample has, weighted by the samples' weights. */
abstract class SampleMean<T extends SampleMean<T>> extends BaseMetric<T> {

    /** Keras' fuzz factor, in float as Keras adds it. */
    static final float EPSILON = 1e-7f;

    /** Where Keras cuts probabilities above: the float nearest to {@code 1 - epsilon}. */
    static final float ONE_LESS_EPSILON = (float) (1 - 1e-7);

    private double total;
    private double count;

    SampleMean(String name) {
        super(name);
    }

    /**
     * What an update holds.
     *
     * @param each    the values of the samples, one sample's positions after the other's
     * @param samples how many samples they belong to; 0 if the samples' axis itself was reduced, as Keras does with
     *     predictions of one axis: then the update counts as one sample
     * @param counted whether a position counts for the sum of weights; null for all
     */
    record Values(double[] each, int samples, boolean[] counted) {

        static Values of(double[] each, int[] shape) {
            return new Values(each, shape.length == 0 ? 0 : shape[0], null);
        }
    }

    abstract Values values(INDArray target, INDArray prediction);

    @Override
    public final void update(INDArray target, INDArray prediction, INDArray sampleWeights) {
        Values values = values(target, prediction);
        if (values.samples() == 0 && sampleWeights != null) {
            throw new IllegalArgumentException(
                    "%s: sampleWeights with predictions (samples); reshape targets and predictions to (samples, 1)"
                            .formatted(name()));
        }
        float[] weights = weights(sampleWeights, values.samples());
        int samples = Math.max(1, values.samples());
        int positions = values.each().length / samples;
        for (int sample = 0; sample < samples; sample++) {
            double sum = 0;
            int counted = 0;
            for (int i = sample * positions; i < (sample + 1) * positions; i++) {
                sum += values.each()[i];
                counted += values.counted() == null || values.counted()[i] ? 1 : 0;
            }
            double weight = weights == null ? 1 : weights[sample];
            total += weight * (sum / positions);
            // Keras heeds the mask of positions only where there are weights.
            count += weights == null ? 1 : weight * counted / positions;
        }
    }

    @Override
    public double result() {
        return ratioOrZero(total, count);
    }

    @Override
    public final void reset() {
        total = 0;
        count = 0;
    }
}
