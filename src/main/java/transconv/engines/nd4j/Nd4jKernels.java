package transconv.engines.nd4j;

import java.util.List;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.ops.Activate;
import transconv.ops.ActivateGradient;
import transconv.ops.AddBias;
import transconv.ops.Binary;
import transconv.ops.BinaryFunction;
import transconv.ops.Convolution;
import transconv.ops.Dot;
import transconv.ops.KernelGradient;
import transconv.ops.Loss;
import transconv.ops.LossGradient;
import transconv.ops.Op;
import transconv.ops.Reshape;
import transconv.ops.SumPositions;
import transconv.ops.TransposedConvolution;
import transconv.ops.Value;
import transconv.shape.Geometry;

/** A step for every op: views, contexts and work memory are made here, once, so that a run only calls ND4J. */
final class Nd4jKernels {

    private final Function<Value, INDArray> arrays;
    private final Scratch scratch;

    Nd4jKernels(Function<Value, INDArray> arrays, Scratch scratch) {
        this.arrays = arrays;
        this.scratch = scratch;
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
        Op op = value.op();
        List<INDArray> in = value.inputs().stream().map(arrays).toList();
        INDArray out = arrays.apply(value);
        if (op instanceof Convolution convolution) {
            return new Nd4jConvolutions(convolution.geometry(), scratch).convolution(in.get(0), in.get(1), out);
        }
        if (op instanceof TransposedConvolution transposed) {
            return new Nd4jConvolutions(transposed.geometry(), scratch)
                    .transposedConvolution(in.get(0), in.get(1), out);
        }
        if (op instanceof KernelGradient gradient) {
            return new Nd4jConvolutions(gradient.geometry(), scratch).kernelGradient(in.get(0), in.get(1), out);
        }
        if (op instanceof AddBias) {
            return addBias(in.get(0), in.get(1), out);
        }
        if (op instanceof SumPositions) {
            return sumPositions(in.get(0), out);
        }
        if (op instanceof Binary binary && binary.function() == BinaryFunction.ADD) {
            return () -> in.get(0).addi(in.get(1), out);
        }
        if (op instanceof Reshape) {
            return () -> {};
        }
        if (op instanceof Activate activate) {
            return Nd4jActivations.activate(activate.function(), in.get(0), out);
        }
        if (op instanceof ActivateGradient gradient) {
            return Nd4jActivations.gradient(gradient.function(), in.get(0), in.get(1), out, scratch);
        }
        if (op instanceof Loss loss) {
            return Nd4jLosses.loss(loss.function(), in.get(0), in.get(1), out, scratch);
        }
        if (op instanceof LossGradient gradient) {
            return Nd4jLosses.gradient(gradient.function(), in, out, scratch);
        }
        if (op instanceof Dot) {
            return PreparedOp.matrixProduct(asRow(in.get(0)), false, asRow(in.get(1)), true, asRow(out));
        }
        throw new UnsupportedOperationException("nd4j engine: no kernel for " + op);
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
