package transconv.engines.nd4j;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
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
import transconv.shape.Geometry;

/** A step for every op: views, contexts and work memory are made here, once, so that a run only calls ND4J. */
final class Nd4jKernels {

    /** Makes the step of one kind of op. */
    @FunctionalInterface
    private interface Kernel<T extends Op> {
        Runnable step(T op, List<INDArray> in, INDArray out);
    }

    private final Map<Class<? extends Op>, Kernel<Op>> kernels = new HashMap<>();
    private final Function<Value, INDArray> arrays;
    private final Scratch scratch;

    Nd4jKernels(Function<Value, INDArray> arrays, Scratch scratch) {
        this.arrays = arrays;
        this.scratch = scratch;
        addProducts();
        addActivationsAndLosses();
        addElementwise();
        addAxisOps();
        addIndexOps();
    }

    private <T extends Op> void add(Class<T> type, Kernel<T> kernel) {
        kernels.put(type, (op, in, out) -> kernel.step(type.cast(op), in, out));
    }

    private void addProducts() {
        add(Convolution.class, (op, in, out) -> convolutions(op.geometry()).convolution(in.get(0), in.get(1), out));
        add(TransposedConvolution.class, (op, in, out) -> convolutions(op.geometry())
                .transposedConvolution(in.get(0), in.get(1), out));
        add(KernelGradient.class, (op, in, out) -> convolutions(op.geometry())
                .kernelGradient(in.get(0), in.get(1), out));
        add(AddBias.class, (op, in, out) -> addBias(in.get(0), in.get(1), out));
        add(SumPositions.class, (op, in, out) -> sumPositions(in.get(0), out));
        add(
                Dot.class,
                (op, in, out) -> PreparedOp.matrixProduct(asRow(in.get(0)), false, asRow(in.get(1)), true, asRow(out)));
    }

    private void addActivationsAndLosses() {
        add(Activate.class, (op, in, out) -> Nd4jActivations.activate(op.function(), in.get(0), out));
        add(
                ActivateGradient.class,
                (op, in, out) -> Nd4jActivations.gradient(op.function(), in.get(0), in.get(1), out, scratch));
        add(Sparsemax.class, (op, in, out) -> new Nd4jSparsemax(in.get(0), out));
        add(FusedLoss.class, (op, in, out) -> Nd4jLosses.loss(op.function(), in.get(0), in.get(1), out, scratch));
        add(LossGradient.class, (op, in, out) -> Nd4jLosses.gradient(op.function(), in, out, scratch));
    }

    private void addElementwise() {
        add(Unary.class, (op, in, out) -> Nd4jElementwise.unary(op.function(), in.get(0), out));
        add(Binary.class, (op, in, out) -> Nd4jElementwise.binary(op.function(), in.get(0), in.get(1), out, scratch));
        add(Affine.class, (op, in, out) -> Nd4jElementwise.affine(op.factor(), op.offset(), in.get(0), out));
        add(Clip.class, (op, in, out) -> Nd4jElementwise.clip(op.low(), op.high(), in.get(0), out));
        add(Fill.class, (op, in, out) -> () -> out.assign(op.value()));
    }

    private void addAxisOps() {
        add(Reshape.class, (op, in, out) -> () -> {});
        add(Transpose.class, (op, in, out) -> Nd4jShapes.transpose(op.order(), in.get(0), out));
        add(Pad.class, (op, in, out) -> Nd4jShapes.pad(op.begin(), op.end(), in.get(0), out));
        add(Concatenate.class, (op, in, out) -> Nd4jShapes.concatenate(op.axis(), in, out));
        add(Broadcast.class, (op, in, out) -> Nd4jReductions.broadcast(in.get(0), out, scratch));
        add(Sum.class, (op, in, out) -> Nd4jReductions.sum(op.axes(), in.get(0), out, scratch));
        add(Max.class, (op, in, out) -> Nd4jReductions.max(op.axes(), in.get(0), out, scratch));
        add(Resample.class, (op, in, out) -> Nd4jResampling.resample(op.axis(), op.matrix(), in.get(0), out));
        add(MaxPool.class, (op, in, out) -> new Nd4jPooling(op.axes(), in.get(0).shape()).max(in.get(0), out));
        add(MaxPoolGradient.class, (op, in, out) -> new Nd4jPooling(op.axes(), out.shape())
                .maxGradient(in.get(0), in.get(1), in.get(2), out));
    }

    private void addIndexOps() {
        add(Gather.class, (op, in, out) -> Nd4jIndexing.gather(in.get(0), in.get(1), out));
        add(ScatterAdd.class, (op, in, out) -> Nd4jIndexing.scatterAdd(in.get(0), in.get(1), out));
        add(OneHot.class, (op, in, out) -> Nd4jIndexing.oneHot(op.depth(), in.get(0), out));
    }

    /** The shared work memory that a value's step asks for, in elements. */
    static long work(Value value) {
        if (value.op() instanceof Convolution convolution) {
            return windows(convolution.geometry(), value.shape().size(0));
        }
        if (value.op() instanceof TransposedConvolution transposed) {
            return windows(transposed.geometry(), value.shape().size(0));
        }
        if (value.op() instanceof KernelGradient gradient) {
            return windows(gradient.geometry(), value.inputs().get(0).shape().size(0));
        }
        return 2L
                * value.inputs().stream()
                        .mapToLong(input -> input.shape().elements())
                        .max()
                        .orElse(1);
    }

    /**
     * The larger of the windows of the large side, one a small position, and those of the small side, one a large
     * position.
     */
    private static long windows(Geometry geometry, int batch) {
        long largePositions = geometry.large(batch).elements() / geometry.largeChannels();
        long smallPositions = geometry.small(batch).elements() / geometry.smallChannels();
        return Math.max(smallPositions * geometry.largeChannels(), largePositions * geometry.smallChannels())
                / geometry.groups()
                * geometry.taps();
    }

    Runnable step(Value value) {
        Kernel<Op> kernel = kernels.get(value.op().getClass());
        if (kernel == null) {
            throw new UnsupportedOperationException("nd4j engine: no kernel for " + value.op());
        }
        return kernel.step(value.op(), value.inputs().stream().map(arrays).toList(), arrays.apply(value));
    }

    private Nd4jConvolutions convolutions(Geometry geometry) {
        return new Nd4jConvolutions(geometry, scratch);
    }

    private static Runnable addBias(INDArray x, INDArray bias, INDArray out) {
        long channels = bias.length();
        INDArray from = x.reshape('c', x.length() / channels, channels);
        INDArray to = out.reshape('c', x.length() / channels, channels);
        return () -> {
            if (out != x) {
                to.assign(from);
            }
            to.addiRowVector(bias);
        };
    }

    private static Runnable sumPositions(INDArray x, INDArray out) {
        long channels = out.length();
        long positions = x.length() / channels;
        INDArray ones = Nd4j.ones(DataType.FLOAT, 1, positions);
        return PreparedOp.matrixProduct(ones, false, x.reshape('c', positions, channels), false, asRow(out));
    }

    private static INDArray asRow(INDArray vector) {
        return vector.reshape('c', 1, vector.length());
    }
}
