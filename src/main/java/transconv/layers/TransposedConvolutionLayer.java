package transconv.layers;

import java.util.Arrays;
import transconv.config.Config;
import transconv.ops.Op;
import transconv.ops.TransposedConvolution;
import transconv.shape.Axis;
import transconv.shape.Geometry;
import transconv.shape.KerasRule;
import transconv.shape.Padding;
import transconv.shape.Shape;

/**
 * The transpose of a convolution: the same geometry with the sides exchanged. Input (axes..., channels), output
 * (axes'..., filters), kernel (kernel axes..., filters / groups, channels).
 *
 * @param <T> the layer's own class, so that its setters chain
 */
abstract class TransposedConvolutionLayer<T extends TransposedConvolutionLayer<T>> extends ConvolutionLayer<T> {

    private int[] outputPadding;
    private int[] outputSize;

    TransposedConvolutionLayer(int axes, int filters, int... kernelSize) {
        super(axes, filters, kernelSize);
    }

    /**
     * Positions added at the end of the output: they tell apart the output sizes that a convolution with these strides
     * would map to the input's size. One number for all axes, or one an axis; 0 to strides - 1. Left unset, Keras' rule
     * chooses; with explicit padding or another {@link Rule} it is 0.
     */
    public T outputPadding(int... outputPadding) {
        this.outputPadding = perAxis(axes(), 0, "outputPadding", outputPadding);
        return self();
    }

    /**
     * The output's length itself, in place of outputPadding: one of those that a convolution with these arguments maps
     * to the input's size (PyTorch's output_size); with {@link Rule#ONNX} any, since the padding then follows from it
     * (output_shape). One number for all axes, or one an axis; at least 1.
     */
    public T outputSize(int... outputSize) {
        this.outputSize = perAxis(axes(), 1, "outputSize", outputSize);
        return self();
    }

    @Override
    void checkArguments() {
        if (rule() == Rule.PYTORCH && padding() == Padding.SAME) {
            throw new IllegalArgumentException(
                    "padding=SAME: PyTorch has none for transposed convolutions; use padding(begin, end),"
                            + " rule(Rule.KERAS) or rule(Rule.ONNX)");
        }
        super.checkArguments();
        if (outputPadding != null) {
            checkOutputPadding();
        }
        if (outputSize != null && rule() == Rule.ONNX && padding() == null) {
            throw new IllegalArgumentException(
                    ("outputSize=%s and padding(begin, end) are both set; by ONNX' rule the padding follows"
                                    + " from outputSize, leave one of them out")
                            .formatted(Arrays.toString(outputSize)));
        }
    }

    private void checkOutputPadding() {
        if (outputSize != null && rule() != Rule.ONNX) {
            throw new IllegalArgumentException(
                    "outputPadding=%s and outputSize=%s are both set; one follows from the other, leave one out"
                            .formatted(Arrays.toString(outputPadding), Arrays.toString(outputSize)));
        }
        boolean dilated = rule() != Rule.KERAS;
        for (int axis = 0; axis < axes(); axis++) {
            if (outputPadding[axis] >= Math.max(strides()[axis], dilated ? dilationRate()[axis] : 1)) {
                throw new IllegalArgumentException(
                        "outputPadding=%s must be below strides=%s%s on every axis; lower it or leave it unset"
                                .formatted(
                                        Arrays.toString(outputPadding),
                                        Arrays.toString(strides()),
                                        dilated ? " or dilationRate=" + Arrays.toString(dilationRate()) : ""));
            }
        }
    }

    @Override
    Axis axis(int axis, int size) {
        int added = outputPadding == null ? KerasRule.AUTOMATIC : outputPadding[axis];
        AxisArguments arguments = arguments(axis, size);
        return outputSize == null
                ? arguments.transposed(rule(), added)
                : arguments.transposedTo(outputSize[axis], rule(), added);
    }

    @Override
    Geometry geometry(Shape inputShape) {
        return new Geometry(axes(inputShape), filters(), inputShape.last(), groups());
    }

    @Override
    Op op(Geometry geometry) {
        return new TransposedConvolution(geometry);
    }

    @Override
    Shape output(Geometry geometry) {
        return geometry.large(1);
    }

    @Override
    protected void describe(Config config) {
        super.describe(config);
        config.with("output_padding", outputPadding);
        if (outputSize != null) {
            config.with("output_size", outputSize);
        }
    }

    @Override
    protected void configure(Config config) {
        super.configure(config);
        if (config.has("output_padding")) {
            outputPadding(config.integers("output_padding"));
        }
        if (config.has("output_size")) {
            outputSize(config.integers("output_size"));
        }
    }
}
