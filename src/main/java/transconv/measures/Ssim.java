package transconv.measures;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Structural similarity of images, at most 1, which equal images have: means, variances and covariance of two images
 * are compared in a window around every pixel whose window lies within the image, and averaged over those pixels and
 * over channels.
 *
 * <p>As it stands the window is uniform, 7 x 7, with unbiased variances, as scikit-image has it. Wang et al. (2004)
 * weigh an 11 x 11 window by a Gaussian: {@code gaussianWeights(1.5).sampleCovariance(false)}. Sources: Wang, Bovik,
 * Sheikh, Simoncelli, "Image quality assessment: from error visibility to structural similarity", 2004; scikit-image,
 * {@code skimage.metrics.structural_similarity}.
 *
 * <pre>{@code
 * INDArray black = Nd4j.zeros(1, 9, 8, 1);   // (batch, height, width, channels)
 * System.out.println(new Ssim(1).mean(black, black)); // 1.0
 * }</pre>
 */
public final class Ssim {

    private static final double K1 = 0.01;
    private static final double K2 = 0.03;

    /** In standard deviations; beyond it scikit-image sets the Gaussian to zero. */
    private static final double TRUNCATE = 3.5;

    private final double dataRange;
    private double[] weights;
    private boolean sampleCovariance = true;

    /**
     * Takes a uniform window, 7 x 7.
     *
     * @param dataRange the largest possible value less the smallest: 1 for values in [0, 1], 255 for bytes
     * @throws IllegalArgumentException if dataRange is not a finite number above 0
     */
    public Ssim(double dataRange) {
        this.dataRange = ImagePair.requireDataRange("Ssim", dataRange);
        windowSize(7);
    }

    /**
     * A uniform window of so many pixels in height and in width; default 7.
     *
     * @throws IllegalArgumentException if it is even or below 3
     */
    public Ssim windowSize(int windowSize) {
        if (windowSize < 3 || windowSize % 2 == 0) {
            throw new IllegalArgumentException(
                    "Ssim: windowSize=%d must be odd and at least 3; the default is 7".formatted(windowSize));
        }
        weights = new double[windowSize];
        Arrays.fill(weights, 1.0 / windowSize);
        return this;
    }

    /**
     * A window weighed by a Gaussian instead of a uniform one; it ends at 3.5 standard deviations, for 1.5 pixels at 11
     * x 11.
     *
     * @param sigma the Gaussian's standard deviation in pixels
     * @throws IllegalArgumentException if it is not at least 0.15, where the window would be one pixel, and at most
     *     1000
     */
    public Ssim gaussianWeights(double sigma) {
        if (!(sigma >= 0.15 && sigma <= 1000)) {
            throw new IllegalArgumentException(
                    "Ssim: sigma=%s must be at least 0.15 and at most 1000 pixels; Wang et al. take 1.5"
                            .formatted(sigma));
        }
        int radius = (int) (TRUNCATE * sigma + 0.5);
        weights = new double[2 * radius + 1];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp(-0.5 * (i - radius) * (i - radius) / (sigma * sigma));
        }
        double sum = Arrays.stream(weights).sum();
        weights = Arrays.stream(weights).map(weight -> weight / sum).toArray();
        return this;
    }

    /** Whether variances are unbiased, by the number of a window's pixels less 1; default true. */
    public Ssim sampleCovariance(boolean sampleCovariance) {
        this.sampleCovariance = sampleCovariance;
        return this;
    }

    /**
     * The similarity of each image.
     *
     * @param target what the images should be, (batch, height, width, channels)
     * @param image the images, of the same shape
     * @throws IllegalArgumentException if they are not images of one shape, or smaller than the window, or a value is
     *     not finite
     */
    public double[] each(INDArray target, INDArray image) {
        ImagePair pair = new ImagePair("Ssim", target, image);
        int size = weights.length;
        if (pair.height() < size || pair.width() < size) {
            throw new IllegalArgumentException(
                    "Ssim: images of %d x %d pixels must not be smaller than the window, %d x %d; shrink it"
                            .formatted(pair.height(), pair.width(), size, size));
        }
        return pair.each((wanted, given) -> ofValues(pair, wanted, given));
    }

    /** The mean of the images' similarities. */
    public double mean(INDArray target, INDArray image) {
        return Arrays.stream(each(target, image)).average().orElseThrow();
    }

    private double ofValues(ImagePair pair, double[] x, double[] y) {
        double[] ux = windows(pair, x, x, false);
        double[] uy = windows(pair, y, y, false);
        double[] uxx = windows(pair, x, x, true);
        double[] uyy = windows(pair, y, y, true);
        double[] uxy = windows(pair, x, y, true);
        double pixels = (double) weights.length * weights.length;
        double unbiased = sampleCovariance ? pixels / (pixels - 1) : 1;
        double c1 = K1 * dataRange * K1 * dataRange;
        double c2 = K2 * dataRange * K2 * dataRange;
        double sum = 0;
        for (int p = 0; p < ux.length; p++) {
            double varianceX = unbiased * (uxx[p] - ux[p] * ux[p]);
            double varianceY = unbiased * (uyy[p] - uy[p] * uy[p]);
            double covariance = unbiased * (uxy[p] - ux[p] * uy[p]);
            sum += (2 * ux[p] * uy[p] + c1)
                    * (2 * covariance + c2)
                    / ((ux[p] * ux[p] + uy[p] * uy[p] + c1) * (varianceX + varianceY + c2));
        }
        return sum / ux.length;
    }

    /** Weighed means of x, or of x y, over all windows within the image: along the height, then along the width. */
    private double[] windows(ImagePair pair, double[] x, double[] y, boolean product) {
        int row = pair.width() * pair.channels();
        int rows = pair.height() - weights.length + 1;
        double[] down = new double[rows * row];
        for (int h = 0; h < rows; h++) {
            for (int k = 0; k < weights.length; k++) {
                for (int i = 0; i < row; i++) {
                    int from = (h + k) * row + i;
                    down[h * row + i] += weights[k] * (product ? x[from] * y[from] : x[from]);
                }
            }
        }
        int columns = (pair.width() - weights.length + 1) * pair.channels();
        double[] across = new double[rows * columns];
        for (int h = 0; h < rows; h++) {
            for (int k = 0; k < weights.length; k++) {
                for (int i = 0; i < columns; i++) {
                    across[h * columns + i] += weights[k] * down[h * row + k * pair.channels() + i];
                }
            }
        }
        return across;
    }
}
