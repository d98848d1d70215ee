package transconv.training.metrics;

/** Readings of one line of scores, one for each class. */
final class Scores {

    private Scores() {}

    /** The class with the highest score, the first of equal ones. */
    static int best(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[best]) {
                best = i;
            }
        }
        return best;
    }

    /** Whether fewer than k classes score higher. Source: {@code tf.math.in_top_k}, with its answer for no numbers. */
    static boolean inTop(int k, int label, float[] scores) {
        if (label < 0 || label >= scores.length) {
            return false;
        }
        int higher = 0;
        for (float score : scores) {
            if (!Float.isFinite(score)) {
                return false;
            }
            higher += score > scores[label] ? 1 : 0;
        }
        return higher < k;
    }

    /** A probability within [1e-7, 1 - 1e-7]. */
    static float cut(float probability) {
        return Math.min(Math.max(probability, SampleMean.EPSILON), SampleMean.ONE_LESS_EPSILON);
    }

    static double logSumExp(float[] logits) {
        float largest = logits[best(logits)];
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp((double) logit - largest);
        }
        return largest + Math.log(sum);
    }
}
