package transconv.training.metrics;

import transconv.config.Config;

/**
 * The mean cosine of the angle between targets and predictions: 1 for the same direction, -1 for opposite ones.
 * Source: Keras 3, {@code keras.metrics.CosineSimilarity}.
 *
 * <pre>{@code
 * Metric metric = new CosineSimilarity();
 * metric.update(Nd4j.createFromArray(new float[][] {{0, 1}}), Nd4j.createFromArray(new float[][] {{0, 3}}), null);
 * System.out.println(metric.result()); // 1.0
 * }</pre>
 */
public final class CosineSimilarity extends LineMean<CosineSimilarity> {

    public CosineSimilarity() {
        super("cosine_similarity");
    }

    /** The axis that holds one line of values; default -1, the last. */
    public CosineSimilarity axis(int axis) {
        setAxis(axis);
        return this;
    }

    @Override
    double of(float[] target, float[] prediction) {
        double dot = 0;
        double targetSquares = 0;
        double predictionSquares = 0;
        for (int i = 0; i < target.length; i++) {
            dot += (double) target[i] * prediction[i];
            targetSquares += (double) target[i] * target[i];
            predictionSquares += (double) prediction[i] * prediction[i];
        }
        return dot * inverseNorm(targetSquares) * inverseNorm(predictionSquares);
    }

    private static double inverseNorm(double squares) {
        return Math.min(1 / Math.sqrt(squares), 1e7);
    }

    @Override
    public Config config() {
        return super.config().with("axis", axis());
    }

    @Override
    void read(Config config) {
        super.read(config);
        readAxis(config);
    }
}
