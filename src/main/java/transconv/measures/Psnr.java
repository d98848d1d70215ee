package transconv.measures;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Peak signal-to-noise ratio of images, in decibels: 10 log10(dataRange² / mean squared error); more is better, and
 * equal images have infinity. Source: scikit-image, {@code skimage.metrics.peak_signal_noise_ratio}.
 *
 * <pre>{@code
 * INDArray clean = Nd4j.zeros(1, 5, 4, 1);   // (batch, height, width, channels)
 * System.out.println(new Psnr(1).mean(clean, clean.add(0.5)) + " dB"); // 6.020599913279624 dB
 * }</pre>
 *
 * @param dataRange the largest possible value less the smallest: 1 for values in [0, 1], 255 for bytes
 */
public record Psnr(double dataRange) {

    /** @throws IllegalArgumentException if dataRange is not a finite number above 0 */
    public Psnr {
        ImagePair.requireDataRange("Psnr", dataRange);
    }

    /**
     * The ratio of each image, in decibels.
     *
     * @param target what the images should be, (batch, height, width, channels)
     * @param image the images, of the same shape
     * @throws IllegalArgumentException if they are not images of one shape, or a value is not finite
     */
    public double[] each(INDArray target, INDArray image) {
        return new ImagePair("Psnr", target, image).each(this::ofValues);
    }

    /** The mean of the images' ratios, in decibels: infinity if one of them equals its target. */
    public double mean(INDArray target, INDArray image) {
        return Arrays.stream(each(target, image)).average().orElseThrow();
    }

    private double ofValues(double[] target, double[] image) {
        double squares = 0;
        for (int i = 0; i < target.length; i++) {
            double difference = image[i] - target[i];
            squares += difference * difference;
        }
        return 10 * Math.log10(dataRange * dataRange / (squares / target.length));
    }
}
