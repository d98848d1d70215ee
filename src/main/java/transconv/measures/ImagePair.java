package transconv.measures;

import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.shape.Shape;

/** Images (batch, height, width, channels) beside those that they should be, read one by one. */
record ImagePair(String owner, INDArray target, INDArray image) {

    ImagePair {
        requireImages(owner, "target", target);
        requireImages(owner, "image", image);
        if (!Arrays.equals(target.shape(), image.shape())) {
            throw new IllegalArgumentException(
                    "%s: image %s for target %s; give both the same (batch, height, width, channels)"
                            .formatted(owner, text(image), text(target)));
        }
    }

    static double requireDataRange(String owner, double dataRange) {
        if (!(dataRange > 0 && Double.isFinite(dataRange))) {
            throw new IllegalArgumentException(
                    "%s: dataRange=%s must be a finite number above 0; give the values' range, such as 1"
                            .formatted(owner, dataRange));
        }
        return dataRange;
    }

    int height() {
        return Math.toIntExact(target.size(1));
    }

    int width() {
        return Math.toIntExact(target.size(2));
    }

    int channels() {
        return Math.toIntExact(target.size(3));
    }

    /** One result for each image, of the values (height, width, channels) of what it should be and of itself. */
    double[] each(ToDoubleBiFunction<double[], double[]> measure) {
        double[] results = new double[Math.toIntExact(target.size(0))];
        for (int i = 0; i < results.length; i++) {
            results[i] = measure.applyAsDouble(values("target", target, i), values("image", image, i));
        }
        return results;
    }

    private double[] values(String what, INDArray images, int index) {
        double[] values = images.slice(index).dup('c').data().asDouble();
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "%s: %s %d has a value %s; every value must be finite; look for where it comes from"
                                .formatted(owner, what, index, value));
            }
        }
        return values;
    }

    private static void requireImages(String owner, String what, INDArray images) {
        if (images == null || images.isEmpty() || images.rank() != 4) {
            throw new IllegalArgumentException(
                    "%s: %s=%s must be images (batch, height, width, channels), at least one; reshape it"
                            .formatted(owner, what, images == null ? null : text(images)));
        }
    }

    private static Shape text(INDArray images) {
        return Shape.of(Arrays.stream(images.shape()).mapToInt(Math::toIntExact).toArray());
    }
}
