package transconv.training.metrics;

/** Means, variances and covariance of one line, over all its values (not one less). */
record Moments(
        double targetMean, double predictionMean, double targetVariance, double predictionVariance, double covariance) {

    static Moments of(float[] target, float[] prediction) {
        int n = target.length;
        double targetSum = 0;
        double predictionSum = 0;
        for (int i = 0; i < n; i++) {
            targetSum += target[i];
            predictionSum += prediction[i];
        }
        double targetMean = targetSum / n;
        double predictionMean = predictionSum / n;
        double targetSquares = 0;
        double predictionSquares = 0;
        double products = 0;
        for (int i = 0; i < n; i++) {
            double t = target[i] - targetMean;
            double p = prediction[i] - predictionMean;
            targetSquares += t * t;
            predictionSquares += p * p;
            products += t * p;
        }
        return new Moments(targetMean, predictionMean, targetSquares / n, predictionSquares / n, products / n);
    }
}
