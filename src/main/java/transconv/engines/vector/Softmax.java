package transconv.engines.vector;

/** Keras' softmax over the last axis. */
final class Softmax {

    private Softmax() {}

    static void activate(float[] x, float[] out, int length, int channels) {
        for (int start = 0; start < length; start += channels) {
            float maximum = x[start];
            for (int c = start + 1; c < start + channels; c++) {
                maximum = Math.max(maximum, x[c]);
            }
            double sum = 0;
            for (int c = start; c < start + channels; c++) {
                double e = Math.exp(x[c] - maximum);
                sum += e;
                out[c] = (float) e;
            }
            for (int c = start; c < start + channels; c++) {
                out[c] = (float) (out[c] / sum);
            }
        }
    }

    static void activateGradient(float[] y, float[] gradient, float[] out, int length, int channels) {
        for (int start = 0; start < length; start += channels) {
            double sum = 0;
            for (int c = start; c < start + channels; c++) {
                sum += (double) y[c] * gradient[c];
            }
            for (int c = start; c < start + channels; c++) {
                out[c] = (float) (y[c] * (gradient[c] - sum));
            }
        }
    }
}
