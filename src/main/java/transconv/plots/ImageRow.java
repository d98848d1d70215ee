package transconv.plots;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A labelled row of images of one size, ready to draw.
 *
 * @param nan     how many values were NaN; their pixels are drawn in the warning colour
 * @param clipped how many values lay outside [0, 1]
 */
record ImageRow(String label, List<BufferedImage> images, long nan, long clipped) {

    /** @throws IllegalArgumentException if {@code batch} is not {@code [n, height, width, 1 or 3]} or holds no image */
    static ImageRow of(String label, INDArray batch) {
        if (batch == null) {
            throw new IllegalArgumentException("ImageGrid: images is null; give an array [n, height, width, 1 or 3]");
        }
        long[] shape = batch.shape();
        if (shape.length != 4
                || shape[3] != 1 && shape[3] != 3
                || Arrays.stream(shape).anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException(("ImageGrid: images of shape %s; give [n, height, width, channels] with "
                            + "at least one image and 1 or 3 channels (reshape adds missing axes)")
                    .formatted(Arrays.toString(shape)));
        }
        if (shape[1] * shape[2] > 4096L * 4096L || shape[0] > 4096) {
            throw new IllegalArgumentException(("ImageGrid: images of shape %s are too many or too large to draw; "
                            + "take a part, at most 4,096 images of 4,096 x 4,096")
                    .formatted(Arrays.toString(shape)));
        }
        int count = (int) shape[0];
        int height = (int) shape[1];
        int width = (int) shape[2];
        int channels = (int) shape[3];
        List<BufferedImage> images = new ArrayList<>(count);
        long nan = 0;
        long clipped = 0;
        for (int n = 0; n < count; n++) {
            float[] values = batch.slice(n).dup('c').data().asFloat();
            for (float value : values) {
                nan += Float.isNaN(value) ? 1 : 0;
                clipped += value < 0 || value > 1 ? 1 : 0;
            }
            images.add(draw(values, height, width, channels));
        }
        return new ImageRow(label, images, nan, clipped);
    }

    private static BufferedImage draw(float[] values, int height, int width, int channels) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int first = (y * width + x) * channels;
                float red = values[first];
                float green = values[first + (channels - 1) / 2];
                float blue = values[first + channels - 1];
                boolean isNaN = Float.isNaN(red) || Float.isNaN(green) || Float.isNaN(blue);
                image.setRGB(x, y, isNaN ? Ink.WARNING.getRGB() : level(red) << 16 | level(green) << 8 | level(blue));
            }
        }
        return image;
    }

    private static int level(float value) {
        return Math.round(255 * Math.max(0, Math.min(1, value)));
    }

    /** How many values of all these rows could not be drawn as they are; empty if none. */
    static String note(List<ImageRow> rows) {
        long nan = rows.stream().mapToLong(ImageRow::nan).sum();
        long clipped = rows.stream().mapToLong(ImageRow::clipped).sum();
        List<String> parts = new ArrayList<>();
        if (nan > 0) {
            parts.add(values(nan) + " NaN, drawn orange");
        }
        if (clipped > 0) {
            parts.add(values(clipped) + " outside [0, 1] clipped");
        }
        return String.join("; ", parts);
    }

    private static String values(long count) {
        return String.format(Locale.ROOT, count == 1 ? "%d value" : "%,d values", count);
    }

    int count() {
        return images.size();
    }

    int height() {
        return images.get(0).getHeight();
    }

    int width() {
        return images.get(0).getWidth();
    }

    BufferedImage image(int index) {
        return images.get(index);
    }

    /** The same images in lines of at most {@code columns}; the label stands before the first. */
    List<ImageRow> brokenAt(int columns) {
        List<ImageRow> lines = new ArrayList<>();
        for (int from = 0; from < count(); from += columns) {
            int to = (int) Math.min(count(), (long) from + columns);
            lines.add(new ImageRow(from == 0 ? label : "", images.subList(from, to), nan, clipped));
            if (to == count()) {
                break;
            }
        }
        return lines;
    }
}
