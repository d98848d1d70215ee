package transconv.datasets;

/** Resizes images by bilinear interpolation, widened to an average over what falls into a pixel where they shrink. */
final class Resampling {

    private Resampling() {}

    /**
     * [height, width] to [toHeight, toWidth] with half-pixel centres and a triangle filter as wide as two pixels of
     * the coarser grid. Source: Keras 3, {@code keras.ops.image.resize(interpolation="bilinear", antialias=True)}.
     */
    static float[] resize(float[] image, int height, int width, int toHeight, int toWidth) {
        double[][] rows = weights(height, toHeight);
        double[][] columns = weights(width, toWidth);
        double[] wide = new double[height * toWidth];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < toWidth; x++) {
                double sum = 0;
                for (int i = 0; i < width; i++) {
                    sum += columns[x][i] * image[y * width + i];
                }
                wide[y * toWidth + x] = sum;
            }
        }
        float[] result = new float[toHeight * toWidth];
        for (int y = 0; y < toHeight; y++) {
            for (int x = 0; x < toWidth; x++) {
                double sum = 0;
                for (int i = 0; i < height; i++) {
                    sum += rows[y][i] * wide[i * toWidth + x];
                }
                result[y * toWidth + x] = (float) Math.min(1, Math.max(0, sum));
            }
        }
        return result;
    }

    /** [to][from]; each row sums to 1. */
    private static double[][] weights(int from, int to) {
        double scale = (double) from / to;
        double reach = Math.max(scale, 1);
        double[][] weights = new double[to][from];
        for (int o = 0; o < to; o++) {
            double centre = (o + 0.5) * scale - 0.5;
            double sum = 0;
            for (int i = 0; i < from; i++) {
                weights[o][i] = Math.max(0, 1 - Math.abs(i - centre) / reach);
                sum += weights[o][i];
            }
            for (int i = 0; i < from; i++) {
                weights[o][i] /= sum;
            }
        }
        return weights;
    }
}
