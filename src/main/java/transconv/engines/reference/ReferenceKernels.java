package transconv.engines.reference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import transconv.ops.Activate;
import transconv.ops.ActivateGradient;
import transconv.ops.AddBias;
import transconv.ops.Affine;
import transconv.ops.Binary;
import transconv.ops.Broadcast;
import transconv.ops.Clip;
import transconv.ops.Concatenate;
import transconv.ops.Convolution;
import transconv.ops.Dot;
import transconv.ops.Fill;
import transconv.ops.FusedLoss;
import transconv.ops.Gather;
import transconv.ops.KernelGradient;
import transconv.ops.LossGradient;
import transconv.ops.Max;
import transconv.ops.MaxPool;
import transconv.ops.MaxPoolGradient;
import transconv.ops.OneHot;
import transconv.ops.Op;
import transconv.ops.Pad;
import transconv.ops.Resample;
import transconv.ops.Reshape;
import transconv.ops.ScatterAdd;
import transconv.ops.Sparsemax;
import transconv.ops.Sum;
import transconv.ops.SumPositions;
import transconv.ops.Transpose;
import transconv.ops.TransposedConvolution;
import transconv.ops.Unary;
import transconv.ops.Value;
import transconv.shape.Shape;

/** Which loops compute which op; other engines take them for ops that they have no kernel of their own for. */
public final class ReferenceKernels {

    private static final Map<Class<?>, Kernel<?>> KERNELS = new HashMap<>();

    static {
        on(Convolution.class, ConvolutionKernels::convolve);
        on(TransposedConvolution.class, ConvolutionKernels::transpose);
        on(KernelGradient.class, ConvolutionKernels::kernelGradient);

        on(Unary.class, ElementwiseKernels::unary);
        on(Binary.class, ElementwiseKernels::binary);
        on(Affine.class, ElementwiseKernels::affine);
        on(Clip.class, ElementwiseKernels::clip);
        on(Fill.class, ElementwiseKernels::fill);

        on(Sum.class, ReductionKernels::sum);
        on(Max.class, ReductionKernels::max);
        on(Broadcast.class, ReductionKernels::broadcast);
        on(AddBias.class, ReductionKernels::addBias);
        on(SumPositions.class, ReductionKernels::sumPositions);
        on(Dot.class, ReductionKernels::dot);
        on(Resample.class, ReductionKernels::resample);

        on(Reshape.class, MovementKernels::reshape);
        on(Transpose.class, MovementKernels::transpose);
        on(Pad.class, MovementKernels::pad);
        on(Concatenate.class, MovementKernels::concatenate);

        on(MaxPool.class, PoolingKernels::maxPool);
        on(MaxPoolGradient.class, PoolingKernels::maxPoolGradient);

        on(Gather.class, IndexKernels::gather);
        on(ScatterAdd.class, IndexKernels::scatterAdd);
        on(OneHot.class, IndexKernels::oneHot);

        on(Activate.class, ActivationKernels::activate);
        on(ActivateGradient.class, ActivationKernels::activateGradient);
        on(Sparsemax.class, ActivationKernels::sparsemax);

        on(FusedLoss.class, LossKernels::loss);
        on(LossGradient.class, LossKernels::lossGradient);
    }

    private ReferenceKernels() {}

    private static <O extends Op> void on(Class<O> type, Kernel<O> kernel) {
        KERNELS.put(type, kernel);
    }

    /**
     * The elements of an op's output.
     *
     * @param value what the op computes
     * @param in    the elements of its inputs, which are left as they are; an input may be returned
     */
    public static double[] compute(Value value, List<double[]> in) {
        List<Tensor> inputs = IntStream.range(0, in.size())
                .mapToObj(i -> new Tensor(value.inputs().get(i).shape(), in.get(i)))
                .toList();
        return compute(value.op(), value.shape(), inputs);
    }

    @SuppressWarnings("unchecked") // on() pairs each class with a kernel for it
    private static <O extends Op> double[] compute(O op, Shape output, List<Tensor> inputs) {
        Kernel<O> kernel = (Kernel<O>) KERNELS.get(op.getClass());
        if (kernel == null) {
            throw new UnsupportedOperationException("reference engine: no kernel for " + op);
        }
        return kernel.compute(op, output, inputs);
    }
}
