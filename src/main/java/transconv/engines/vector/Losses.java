package transconv.engines.vector;

import transconv.ops.LossFunction;

/** Losses of samples: means of their values' losses. */
final class Losses {

    private final LossFunction function;
    private final int samples;
    private final int width;
    private final float[] each;

    /**
     * @param samples the batch
     * @param length  values of all samples
     */
    Losses(LossFunction function, int samples, int length) {
        this.function = function;
        this.samples = samples;
        width = length / samples;
        each = Lanes.array(length);
    }

    void loss(float[] prediction, float[] target, float[] out) {
        Elementwise.loss(function, prediction, target, each, samples * width);
        for (int sample = 0; sample < samples; sample++) {
            double sum = 0;
            for (int i = sample * width; i < (sample + 1) * width; i++) {
                sum += each[i];
            }
            out[sample] = (float) (sum / width);
        }
    }

    /** @param gradient of each sample's loss */
    void gradient(float[] prediction, float[] target, float[] gradient, float[] out) {
        Elementwise.lossSlope(function, prediction, target, each, samples * width);
        for (int sample = 0; sample < samples; sample++) {
            float weight = gradient[sample] / width;
            for (int i = sample * width; i < (sample + 1) * width; i++) {
                out[i] = each[i] * weight;
            }
        }
    }
}
