package transconv.explain;

import transconv.shape.KerasArguments;
import transconv.shape.KerasRule;
import transconv.shape.OnnxRule;
import transconv.shape.Padding;
import transconv.shape.PyTorchRule;

/** A 2-D transposed convolution, both axes alike, as a user of each framework writes it; defaults are left out. */
final class LayerCode {

    private LayerCode() {}

    static String keras(KerasArguments layer) {
        return "Conv2DTranspose(filters, %d".formatted(layer.kernelSize())
                + unless(1, layer.strides(), ", strides=%d")
                + (layer.padding() == Padding.SAME ? ", padding='same'" : "")
                + unless(KerasRule.AUTOMATIC, layer.outputPadding(), ", output_padding=%d")
                + unless(1, layer.dilationRate(), ", dilation_rate=%d")
                + ")";
    }

    static String pyTorch(PyTorchRule layer) {
        return "nn.ConvTranspose2d(in_channels, out_channels, %d".formatted(layer.kernelSize())
                + unless(1, layer.stride(), ", stride=%d")
                + unless(0, layer.padding(), ", padding=%d")
                + unless(0, layer.outputPadding(), ", output_padding=%d")
                + unless(1, layer.dilation(), ", dilation=%d")
                + ")";
    }

    static String onnx(OnnxRule layer) {
        int begin = layer.padBegin();
        int end = layer.padEnd();
        return "ConvTranspose(X, W, kernel_shape=%s".formatted(pair(layer.kernelShape()))
                + (layer.strides() == 1 ? "" : ", strides=" + pair(layer.strides()))
                + (begin + end == 0 ? "" : ", pads=[%d, %d, %d, %d]".formatted(begin, begin, end, end))
                + (layer.outputPadding() == 0 ? "" : ", output_padding=" + pair(layer.outputPadding()))
                + (layer.dilations() == 1 ? "" : ", dilations=" + pair(layer.dilations()))
                + ")";
    }

    private static String unless(int ordinary, int value, String format) {
        return value == ordinary ? "" : format.formatted(value);
    }

    private static String pair(int value) {
        return "[%d, %d]".formatted(value, value);
    }
}
