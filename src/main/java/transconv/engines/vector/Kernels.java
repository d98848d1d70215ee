package transconv.engines.vector;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import transconv.ops.Activate;
import transconv.ops.ActivateGradient;
import transconv.ops.AddBias;
import transconv.ops.Affine;
import transconv.ops.Binary;
import transconv.ops.Broadcast;
import transconv.ops.Clip;
import transconv.ops.Concatenate;
import transconv.ops.Dot;
import transconv.ops.Fill;
import transconv.ops.FusedActivation;
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
import transconv.ops.ScatterAdd;
import transconv.ops.Sparsemax;
import transconv.ops.Sum;
import transconv.ops.SumPositions;
import transconv.ops.Transpose;
import transconv.ops.Unary;
import transconv.ops.Value;

/**
 * Which loops compute which op. Convolutions and their transposes are not here: they may compute more than one value.
 */
final class Kernels {

    /** Makes the step of one kind of op. */
    @FunctionalInterface
    private interface Kernel<O extends Op> {
        Step step(O op, Operands operands);
    }

    private static final Map<Class<?>, Kernel<?>> KERNELS = new HashMap<>();

    static {
        on(
                KernelGradient.class,
                (op, a) -> new KernelGradientStep(op.geometry(), a.inShape(0).size(0), a.in(0), a.in(1), a.out()));
        on(AddBias.class, Kernels::addBias);
        on(SumPositions.class, Kernels::sumPositions);
        on(Dot.class, Kernels::dot);

        on(Activate.class, (op, a) -> activate(op.function(), a));
        on(ActivateGradient.class, (op, a) -> activateGradient(op.function(), a));
        on(Sparsemax.class, Kernels::sparsemax);
        on(FusedLoss.class, Kernels::loss);
        on(LossGradient.class, Kernels::lossGradient);

        on(Unary.class, (op, a) -> UnaryLoops.of(op.function(), a.in(0), a.out(), a.length()));
        on(Binary.class, (op, a) -> BinaryLoops.of(op.function(), a.in(0), a.in(1), a.out(), a.length()));
        on(Affine.class, (op, a) -> UnaryLoops.affine(op, a.in(0), a.out(), a.length()));
        on(Clip.class, (op, a) -> UnaryLoops.clip(op, a.in(0), a.out(), a.length()));
        on(Fill.class, Kernels::fill);

        on(Sum.class, (op, a) -> Reductions.sum(op.axes(), a.inShape(0), a.in(0), a.out()));
        on(Max.class, (op, a) -> Reductions.max(op.axes(), a.inShape(0), a.in(0), a.out()));
        on(Broadcast.class, (op, a) -> Broadcasts.repeat(a.inShape(0), a.shape(), a.in(0), a.out()));
        on(Resample.class, Kernels::resample);
        on(MaxPool.class, Kernels::maxPool);
        on(MaxPoolGradient.class, Kernels::maxPoolGradient);

        on(Transpose.class, (op, a) -> Movement.transpose(op, a.inShape(0), a.in(0), a.out()));
        on(Pad.class, (op, a) -> Movement.pad(op, a.inShape(0), a.shape(), a.in(0), a.out()));
        on(Concatenate.class, (op, a) -> Movement.concatenate(op, a.inShapes(), a.in(), a.shape(), a.out()));
        on(Gather.class, (op, a) -> Tables.gather(a));
        on(ScatterAdd.class, (op, a) -> Tables.scatterAdd(a));
        on(OneHot.class, (op, a) -> Tables.oneHot(op, a));
    }

    private Kernels() {}

    private static <O extends Op> void on(Class<O> type, Kernel<O> kernel) {
        KERNELS.put(type, kernel);
    }

    static Step step(Value value, List<float[]> in, float[] out) {
        return step(value.op(), new Operands(value, in, out));
    }

    @SuppressWarnings("unchecked") // on() pairs each class with a kernel for it
    private static <O extends Op> Step step(O op, Operands operands) {
        Kernel<O> kernel = (Kernel<O>) KERNELS.get(op.getClass());
        if (kernel == null) {
            throw new UnsupportedOperationException("vector engine: no kernel for " + op);
        }
        return kernel.step(op, operands);
    }

    private static Step addBias(AddBias op, Operands a) {
        ChannelSums sums = new ChannelSums(a.shape().last());
        return Step.of("loop over vectors of channels", () -> sums.addBias(a.in(0), a.in(1), a.out(), a.length()));
    }

    private static Step sumPositions(SumPositions op, Operands a) {
        ChannelSums sums = new ChannelSums(a.length());
        return Step.of("sums of vectors of channels", () -> sums.sum(a.in(0), a.out(), a.inLength(0)));
    }

    private static Step dot(Dot op, Operands a) {
        return Step.of("sum of products in double", () -> a.out()[0] = dot(a.in(0), a.in(1), a.inLength(0)));
    }

    private static float dot(float[] a, float[] b, int terms) {
        double sum = 0;
        for (int i = 0; i < terms; i++) {
            sum += (double) a[i] * b[i];
        }
        return (float) sum;
    }

    private static Step activate(FusedActivation function, Operands a) {
        return Step.of(
                "loop of " + function,
                function == FusedActivation.SOFTMAX
                        ? () -> Softmax.activate(
                                a.in(0), a.out(), a.length(), a.shape().last())
                        : () -> Elementwise.activate(function, a.in(0), a.out(), a.length()));
    }

    private static Step activateGradient(FusedActivation function, Operands a) {
        return Step.of(
                "loop of the slope of " + function,
                function == FusedActivation.SOFTMAX
                        ? () -> Softmax.activateGradient(
                                a.in(0), a.in(1), a.out(), a.length(), a.shape().last())
                        : () -> Elementwise.activateGradient(function, a.in(0), a.in(1), a.out(), a.length()));
    }

    private static Step sparsemax(Sparsemax op, Operands a) {
        SimplexProjection projection =
                new SimplexProjection(a.length(), a.shape().last());
        return Step.of("threshold of each sorted row", () -> projection.run(a.in(0), a.out()));
    }

    private static Step loss(FusedLoss op, Operands a) {
        Losses losses = new Losses(op.function(), a.length(), a.inLength(0));
        return Step.of("loop of " + op.function(), () -> losses.loss(a.in(0), a.in(1), a.out()));
    }

    private static Step lossGradient(LossGradient op, Operands a) {
        Losses losses = new Losses(op.function(), a.shape().size(0), a.length());
        return Step.of(
                "loop of the slope of " + op.function(), () -> losses.gradient(a.in(0), a.in(1), a.in(2), a.out()));
    }

    private static Step fill(Fill op, Operands a) {
        float value = (float) op.value();
        return Step.of("one value everywhere", () -> Arrays.fill(a.out(), 0, a.length(), value));
    }

    private static Step resample(Resample op, Operands a) {
        Resampling resampling = new Resampling(op.axis(), op.matrix(), a.inShape(0));
        return Step.of("weighted sums of slices", () -> resampling.run(a.in(0), a.out()));
    }

    private static Step maxPool(MaxPool op, Operands a) {
        Pooling pooling = new Pooling(op.axes(), a.inShape(0));
        return Step.of("maxima of windows", pooling.workBytes(), () -> pooling.max(a.in(0), a.out()));
    }

    private static Step maxPoolGradient(MaxPoolGradient op, Operands a) {
        Pooling pooling = new Pooling(op.axes(), a.shape());
        return Step.of(
                "sums at the maxima of windows",
                pooling.workBytes(),
                () -> pooling.maxGradient(a.in(0), a.in(1), a.in(2), a.out()));
    }
}
