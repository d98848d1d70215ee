package transconv.datasets;

import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Noise on images, for models that learn to take it away. The same seed gives the same noise on every machine; the
 * noise of an image does not depend on how many follow it. The images themselves stay as they are.
 *
 * <p>To have new noise in every step of training there is the layer {@link transconv.layers.GaussianNoise}.
 *
 * <pre>{@code
 * INDArray clean = Nd4j.zeros(2, 28, 28, 1);
 * INDArray noisy = ImageNoise.saltAndPepper(clean, 0.2, 1);
 * System.out.println(noisy.minNumber() + " to " + noisy.maxNumber()); // 0.0 to 1.0
 * }</pre>
 */
public final class ImageNoise {

    private ImageNoise() {}

    /**
     * Adds a normal number of mean 0 to every value, and clips the sum to [0, 1].
     *
     * @param images values in [0, 1], in any shape, such as (batch, height, width, channels)
     * @param standardDeviation of the numbers before clipping; 0 for none
     * @param seed chooses the numbers
     * @return FLOAT, of the images' shape
     * @throws IllegalArgumentException if standardDeviation is negative or not finite, or a value is not within [0, 1]
     */
    public static INDArray gaussian(INDArray images, double standardDeviation, long seed) {
        if (!(standardDeviation >= 0 && Double.isFinite(standardDeviation))) {
            throw new IllegalArgumentException(
                    "ImageNoise.gaussian: standardDeviation=%s must be a finite number at least 0; change it"
                            .formatted(standardDeviation));
        }
        float[] values = values("ImageNoise.gaussian", images);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < values.length; i += 2) {
            // Marsaglia and Bray (1964); StrictMath makes it the same on every machine.
            double u;
            double v;
            double square;
            do {
                u = 2 * random.nextDouble() - 1;
                v = 2 * random.nextDouble() - 1;
                square = u * u + v * v;
            } while (square >= 1 || square == 0);
            double scale = standardDeviation * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
            values[i] = clipped(values[i] + u * scale);
            if (i + 1 < values.length) {
                values[i + 1] = clipped(values[i + 1] + v * scale);
            }
        }
        return Nd4j.create(values, images.shape(), 'c');
    }

    /**
     * Sets values drawn by chance to 0 or 1, each equally likely; with several channels each on its own. Source:
     * scikit-image, {@code skimage.util.random_noise(mode="s&p")}.
     *
     * @param images values in [0, 1], in any shape, such as (batch, height, width, channels)
     * @param amount how likely a value is replaced, in [0, 1]
     * @param seed chooses the values
     * @return FLOAT, of the images' shape
     * @throws IllegalArgumentException if amount or a value is not within [0, 1]
     */
    public static INDArray saltAndPepper(INDArray images, double amount, long seed) {
        if (!(amount >= 0 && amount <= 1)) {
            throw new IllegalArgumentException(
                    "ImageNoise.saltAndPepper: amount=%s must be at least 0 and at most 1; give a share"
                            .formatted(amount));
        }
        float[] values = values("ImageNoise.saltAndPepper", images);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < values.length; i++) {
            double drawn = random.nextDouble();
            boolean salt = random.nextBoolean();
            if (drawn < amount) {
                values[i] = salt ? 1 : 0;
            }
        }
        return Nd4j.create(values, images.shape(), 'c');
    }

    private static float clipped(double value) {
        return (float) Math.min(1, Math.max(0, value));
    }

    private static float[] values(String owner, INDArray images) {
        if (images == null || images.isEmpty()) {
            throw new IllegalArgumentException("%s: images=%s must be an array of at least one image"
                    .formatted(owner, images == null ? null : "[]"));
        }
        float[] values = images.castTo(DataType.FLOAT).dup('c').data().asFloat();
        for (float value : values) {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException(
                        "%s: a value of images is %s; every value must be within [0, 1]; divide bytes by 255 first"
                                .formatted(owner, value));
            }
        }
        return values;
    }
}
