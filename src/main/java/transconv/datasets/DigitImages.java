package transconv.datasets;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Digits to build scenes and volumes from: given ones, or {@link GeneratedDigits}. */
final class DigitImages {

    /** One digit: ink in [0, 1], [height, width] row by row. */
    record Digit(int label, int height, int width, float[] ink) {

        /** The rows and columns that hold ink, or the whole image where there is none. */
        Digit cropped() {
            int top = height;
            int bottom = -1;
            int left = width;
            int right = -1;
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    if (ink[y * width + x] > 0) {
                        top = Math.min(top, y);
                        bottom = y;
                        left = Math.min(left, x);
                        right = Math.max(right, x);
                    }
                }
            }
            if (bottom < 0) {
                return this;
            }
            int h = bottom - top + 1;
            int w = right - left + 1;
            float[] part = new float[h * w];
            for (int y = 0; y < h; y++) {
                System.arraycopy(ink, (top + y) * width + left, part, y * w, w);
            }
            return new Digit(label, h, w, part);
        }

        Digit resized(int toHeight, int toWidth) {
            return new Digit(label, toHeight, toWidth, Resampling.resize(ink, height, width, toHeight, toWidth));
        }
    }

    private final int count;
    private final IntFunction<Digit> digit;

    private DigitImages(int count, IntFunction<Digit> digit) {
        this.count = count;
        this.digit = digit;
    }

    static DigitImages generated(long seed) {
        GeneratedDigits digits = new GeneratedDigits(seed);
        int side = GeneratedDigits.SIDE;
        return new DigitImages(Integer.MAX_VALUE, index -> {
            byte[] pixels = digits.image(index);
            float[] ink = new float[pixels.length];
            for (int p = 0; p < ink.length; p++) {
                ink[p] = (pixels[p] & 0xFF) / 255f;
            }
            return new Digit(digits.label(index), side, side, ink);
        });
    }

    /** @param place who asks, for the errors */
    static DigitImages of(String place, INDArray images, INDArray labels) {
        Objects.requireNonNull(images, place + ": images is null; give [n, height, width, 1] in [0, 1]");
        Objects.requireNonNull(labels, place + ": labels is null; give [n] digits 0 to 9");
        long[] shape = images.shape();
        boolean oneChannel = shape.length == 3 || shape.length == 4 && shape[3] == 1;
        if (!oneChannel || labels.rank() != 1 || labels.length() != shape[0]) {
            throw new IllegalArgumentException(
                    "%s: images %s and labels %s; must be [n, height, width, 1] and [n]; reshape them"
                            .formatted(place, Arrays.toString(shape), Arrays.toString(labels.shape())));
        }
        int[] digits = labels.castTo(DataType.INT).toIntVector();
        for (int i = 0; i < digits.length; i++) {
            if (digits[i] < 0 || digits[i] > 9) {
                throw new IllegalArgumentException("%s: labels[%d]=%d must be a digit, 0 to 9; leave other classes out"
                        .formatted(place, i, digits[i]));
            }
        }
        int height = (int) shape[1];
        int width = (int) shape[2];
        return new DigitImages(digits.length, index -> {
            float[] ink = images.slice(index)
                    .castTo(DataType.FLOAT)
                    .dup('c')
                    .reshape((long) height * width)
                    .toFloatVector();
            for (float value : ink) {
                if (!(value >= 0 && value <= 1)) {
                    throw new IllegalArgumentException(
                            "%s: images[%d] holds %s; ink must be in [0, 1]; divide bytes by 255"
                                    .formatted(place, index, value));
                }
            }
            return new Digit(digits[index], height, width, ink);
        });
    }

    Digit draw(Draws draws) {
        return digit.apply(draws.whole(0, count - 1));
    }
}
