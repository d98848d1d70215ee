package transconv.layers;

import transconv.config.Config;
import transconv.ops.Resample;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * What layers that enlarge each axis by a whole number have in common. Input (axes..., channels), output (size ·
 * axes..., channels).
 *
 * @param <T> the layer's own class, so that its setters chain
 */
abstract class UpSamplingLayer<T extends UpSamplingLayer<T>> extends SpatialLayer<T> {

    private final int[] size;

    /** @param size one number for all axes, or one an axis; at least 1 */
    UpSamplingLayer(int axes, int... size) {
        super(axes);
        this.size = perAxis(axes, 1, "size", size);
    }

    Interpolation interpolation() {
        return Interpolation.NEAREST;
    }

    CoordinateTransformation coordinateTransformation() {
        return CoordinateTransformation.HALF_PIXEL;
    }

    final int[] size() {
        return size.clone();
    }

    @Override
    final Shape channelsLastShape(Shape inputShape) {
        interpolation().requireDefined(coordinateTransformation());
        int[] sizes = inputShape.toArray();
        for (int axis = 0; axis < axes(); axis++) {
            sizes[axis] = Math.multiplyExact(sizes[axis], size[axis]);
        }
        return Shape.of(sizes);
    }

    @Override
    final Value lowerChannelsLast(Value input, Pass pass) {
        Value output = input;
        for (int axis = 0; axis < axes(); axis++) {
            if (size[axis] > 1) {
                int from = input.shape().size(axis + 1);
                Resample resample = new Resample(
                        axis + 1, interpolation().matrix(from, from * size[axis], coordinateTransformation()));
                output = output.graph().apply(resample, output);
            }
        }
        return output;
    }

    @Override
    protected void describe(Config config) {
        super.describe(config);
        config.with("size", size);
    }
}
