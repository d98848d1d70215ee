package transconv.layers;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.config.Config;
import transconv.shape.Shape;

/**
 * Initialization to convolution nearest-neighbour resize: what the layer puts out is at first its coarse output, each
 * value repeated {@code scale} times along each axis, without a checkerboard. Source: Aitken et al. (2017), arXiv
 * 1707.02937, section 3; for transposed convolutions its section 2 by the same reasoning.
 *
 * @param initializer draws the coarse kernel, of the shape that the layer would have without upsampling
 * @param scale       how often, the same along all axes
 */
record IcnrInitializer(Initializer initializer, int scale, Kernel kernel) implements Initializer {

    /** Whose kernel it is. */
    enum Kernel {
        /** Of a convolution before depth to space: (kernel axes..., in, scale^axes · out). */
        SUB_PIXEL,
        /** Of a transposed convolution with that stride: (kernel axes..., out, in), the kernel a multiple of it. */
        TRANSPOSED
    }

    IcnrInitializer {
        if (scale < 1) {
            throw new IllegalArgumentException(
                    "ICNR: scale=%d must be at least 1; give the upsampling factor".formatted(scale));
        }
    }

    @Override
    public INDArray values(Shape shape, String weight) {
        int axes = shape.rank() - 2;
        if (axes < 1 || axes > 3) {
            throw new IllegalArgumentException(
                    "%s: ICNR needs the kernel of a convolution over 1 to 3 axes, the shape is %s; take another"
                            .formatted(weight, shape));
        }
        float[] values = kernel == Kernel.SUB_PIXEL ? subPixel(shape, weight, axes) : transposed(shape, weight, axes);
        return Nd4j.createFromArray(values).reshape('c', shape.toLongArray());
    }

    /**
     * The channel of block (by, bx) and output c is (by · scale + bx) · out + c: the coarse kernels one after another.
     */
    private float[] subPixel(Shape shape, String weight, int axes) {
        int blocks = scale;
        for (int axis = 1; axis < axes; axis++) {
            blocks = Math.multiplyExact(blocks, scale);
        }
        int channels = shape.last();
        if (channels % blocks != 0) {
            throw new IllegalArgumentException(
                    "%s: ICNR over %d axes: %d filters must be a multiple of scale^%d=%d; change them or scale=%d"
                            .formatted(weight, axes, channels, axes, blocks, scale));
        }
        int outputs = channels / blocks;
        float[] coarse = coarse(shape.withLast(outputs), weight);
        float[] values = new float[shape.elements()];
        for (int at = 0; at < values.length; at += outputs) {
            System.arraycopy(coarse, at / channels * outputs, values, at, outputs);
        }
        return values;
    }

    /** Tap t of an axis is the coarse kernel's tap t / scale. */
    private float[] transposed(Shape shape, String weight, int axes) {
        int[] sizes = shape.toArray();
        for (int axis = 0; axis < axes; axis++) {
            if (sizes[axis] % scale != 0) {
                throw new IllegalArgumentException(
                        "%s: ICNR of a transposed convolution: kernel axis %d has %d taps; they must be a multiple of"
                                        .formatted(weight, axis, sizes[axis])
                                + " the stride %d; change either".formatted(scale));
            }
            sizes[axis] /= scale;
        }
        float[] coarse = coarse(Shape.of(sizes), weight);
        float[] values = new float[shape.elements()];
        for (int at = 0; at < values.length; at++) {
            int rest = at;
            int source = 0;
            int stride = 1;
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                int position = rest % shape.size(axis);
                rest /= shape.size(axis);
                source += (axis < axes ? position / scale : position) * stride;
                stride *= sizes[axis];
            }
            values[at] = coarse[source];
        }
        return values;
    }

    private float[] coarse(Shape shape, String weight) {
        INDArray made = initializer.values(shape, weight);
        if (made.length() != shape.elements()) {
            throw new IllegalArgumentException(
                    "%s: ICNR's initializer made %d values, the coarse kernel %s needs %d; make as many"
                            .formatted(weight, made.length(), shape, shape.elements()));
        }
        return made.dup('c').data().asFloat();
    }

    @Override
    public String className() {
        return "ICNR";
    }

    @Override
    public Config config() {
        return Config.of("ICNR")
                .with("initializer", initializer)
                .with("scale", scale)
                .with("kernel", kernel);
    }
}
