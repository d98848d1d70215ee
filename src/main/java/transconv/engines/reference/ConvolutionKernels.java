package transconv.engines.reference;

import java.util.List;
import java.util.function.ToIntFunction;
import transconv.ops.Convolution;
import transconv.ops.KernelGradient;
import transconv.ops.TransposedConvolution;
import transconv.shape.Axis;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/** The three forms of convolution, by the {@code reference} room's loops. */
final class ConvolutionKernels {

    private ConvolutionKernels() {}

    static double[] convolve(Convolution op, Shape output, List<Tensor> in) {
        return loops(op.geometry(), output.size(0))
                .convolve(in.get(0).values(), in.get(1).values());
    }

    static double[] transpose(TransposedConvolution op, Shape output, List<Tensor> in) {
        return loops(op.geometry(), output.size(0))
                .transpose(in.get(0).values(), in.get(1).values());
    }

    static double[] kernelGradient(KernelGradient op, Shape output, List<Tensor> in) {
        return loops(op.geometry(), in.get(0).shape().size(0))
                .kernelGradient(in.get(0).values(), in.get(1).values());
    }

    private static transconv.reference.Convolution loops(Geometry geometry, int batch) {
        Geometry three = geometry.toThreeAxes();
        return new transconv.reference.Convolution(
                batch,
                three.largeChannels(),
                three.smallChannels(),
                three.groups(),
                each(three, Axis::large),
                each(three, Axis::small),
                each(three, Axis::kernel),
                each(three, Axis::stride),
                each(three, Axis::dilation),
                each(three, Axis::crop));
    }

    private static int[] each(Geometry geometry, ToIntFunction<Axis> number) {
        return geometry.axes().stream().mapToInt(number).toArray();
    }
}
