package transconv.datasets;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The classical way to take noise away, to measure models against: each value becomes the median of those in a window
 * around it, each channel on its own; beyond the border images go on mirrored (d c b a | a b c d | d c b a). Source:
 * SciPy, {@code scipy.ndimage.median_filter(mode="reflect")}.
 *
 * <pre>{@code
 * INDArray image = Nd4j.createFromArray(0f, 1f, 0f, 0f, 0f, 0f).reshape(1, 2, 3, 1);   // one bright pixel
 * System.out.println(new MedianFilter(3, 3).apply(image).maxNumber()); // 0.0
 * }</pre>
 *
 * @param height of the window in pixels; where it is even, one pixel more before the value than behind it
 * @param width of the window in pixels; as height
 */
public record MedianFilter(int height, int width) {

    private static final int LARGEST = 1000;

    /** @throws IllegalArgumentException if height or width is below 1 or above 1000 */
    public MedianFilter {
        if (height < 1 || width < 1 || height > LARGEST || width > LARGEST) {
            throw new IllegalArgumentException(
                    "MedianFilter: window of %d x %d must be 1 to %d pixels in height and in width; 3 x 3 is usual"
                            .formatted(height, width, LARGEST));
        }
    }

    /** A square window. */
    public MedianFilter(int size) {
        this(size, size);
    }

    /**
     * New images, filtered.
     *
     * @param images (batch, height, width, channels)
     * @return FLOAT, of the images' shape
     * @throws IllegalArgumentException if images have another rank, or a value is NaN, which has no rank
     */
    public INDArray apply(INDArray images) {
        if (images == null || images.isEmpty() || images.rank() != 4) {
            throw new IllegalArgumentException(
                    "MedianFilter: images=%s must be (batch, height, width, channels), at least one; reshape it"
                            .formatted(images == null ? null : Arrays.toString(images.shape())));
        }
        float[] from = images.castTo(DataType.FLOAT).dup('c').data().asFloat();
        for (float value : from) {
            if (Float.isNaN(value)) {
                throw new IllegalArgumentException(
                        "MedianFilter: a value of images is NaN; every value must be a number; look for where it comes"
                                + " from");
            }
        }
        int rows = Math.toIntExact(images.size(1));
        int columns = Math.toIntExact(images.size(2));
        int channels = Math.toIntExact(images.size(3));
        int[] above = mirrored(rows, height);
        int[] left = mirrored(columns, width);
        float[] to = new float[from.length];
        IntStream.range(0, Math.toIntExact(images.size(0))).parallel().forEach(image -> {
            float[] window = new float[height * width];
            for (int y = 0; y < rows; y++) {
                for (int x = 0; x < columns; x++) {
                    for (int c = 0; c < channels; c++) {
                        int taken = 0;
                        for (int h = 0; h < height; h++) {
                            int row = (image * rows + above[y + h]) * columns;
                            for (int w = 0; w < width; w++) {
                                window[taken++] = from[(row + left[x + w]) * channels + c];
                            }
                        }
                        Arrays.sort(window);
                        to[((image * rows + y) * columns + x) * channels + c] = window[window.length / 2];
                    }
                }
            }
        });
        return Nd4j.create(to, images.shape(), 'c');
    }

    /** Which of {@code length} values stands at each place from size / 2 before the first. */
    private static int[] mirrored(int length, int size) {
        return IntStream.range(0, length + size - 1)
                .map(place -> Math.floorMod(place - size / 2, 2 * length))
                .map(place -> place < length ? place : 2 * length - 1 - place)
                .toArray();
    }
}
