package transconv.engines.nd4j;

import java.lang.ref.Reference;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.ops.Value;

/** Single ops as this engine runs them, for programs of other engines over ND4J's memory. */
public final class Nd4jSteps implements AutoCloseable {

    private final Scratch scratch;
    private final Nd4jKernels kernels;

    /**
     * @param values the most that {@link #step} will be asked for
     * @param arrays where each value lies, in C order
     */
    public Nd4jSteps(List<Value> values, Function<Value, INDArray> arrays) {
        scratch = new Scratch(values.stream().mapToLong(Nd4jKernels::work).max().orElse(1));
        kernels = new Nd4jKernels(arrays, scratch);
    }

    /** Bytes of work memory that the steps made so far hold. */
    public long workBytes() {
        return scratch.bytes();
    }

    /** Computes one value from its inputs; made once, run often. A {@link Contraction} where it is one. */
    public Runnable step(Value value) {
        return kernels.step(value);
    }

    /**
     * Copies samples into a program's input; rows of the input beyond them become 0.
     *
     * @param samples (samples, ...), in C order
     * @param rows    which of them
     * @param input   (at least as many rows, ...), floats in C order
     */
    public static void copyRows(INDArray samples, int[] rows, INDArray input) {
        long rowBytes = input.length() / input.size(0) * Float.BYTES;
        if (rows.length < input.size(0)) {
            input.assign(0);
        }
        INDArray floats = samples.castTo(DataType.FLOAT);
        // Pointer.memcpy counts positions in bytes, whatever the pointer's type; a BytePointer says so. A view's data
        // begins at the view.
        BytePointer from = new BytePointer(floats.data().addressPointer());
        BytePointer to = new BytePointer(input.data().addressPointer());
        for (int row = 0; row < rows.length; row++) {
            Pointer.memcpy(to.position(row * rowBytes), from.position(rows[row] * rowBytes), rowBytes);
        }
        // The pointers do not keep the arrays: the collector would free those that no one uses any more.
        Reference.reachabilityFence(floats);
        Reference.reachabilityFence(input);
    }

    /** As {@link transconv.engines.Program#copyTo}, from floats in C order. */
    public static void copyFirstRows(INDArray output, int rows, INDArray target, int first) {
        long rowBytes = output.length() / output.size(0) * Float.BYTES;
        BytePointer from = new BytePointer(output.data().addressPointer());
        BytePointer to = new BytePointer(target.data().addressPointer());
        Pointer.memcpy(to.position(first * rowBytes), from, rows * rowBytes);
        Reference.reachabilityFence(output);
        Reference.reachabilityFence(target);
    }

    @Override
    public void close() {
        scratch.close();
    }
}
