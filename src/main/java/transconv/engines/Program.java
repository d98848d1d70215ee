package transconv.engines;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import transconv.ops.Value;

/**
 * A compiled graph: steps over buffers that are allocated once. A run reads the fed inputs and the live parameters and
 * computes the outputs, on the calling thread alone: cores are shared out by running several programs, see {@link
 * ProgramPool}. One thread at a time.
 */
public interface Program extends AutoCloseable {

    /**
     * Fills an input with samples.
     *
     * @param input   an input of the graph, (batch, ...)
     * @param samples (any number, ...), floating point, contiguous in C order
     * @param rows    which samples go to rows 0, 1, ... of the input; where there are fewer than the batch, the rest is
     *     zero
     */
    void feed(Value input, INDArray samples, int[] rows);

    /** Computes all outputs. */
    void run();

    /** An output of the last run; the array is overwritten by the next. */
    INDArray read(Value output);

    /**
     * Copies the first rows of an output of the last run.
     *
     * @param rows   how many
     * @param target (any number, ...), floats in C order
     * @param first  the row of it that the first goes to
     */
    default void copyTo(Value output, int rows, INDArray target, int first) {
        target.get(NDArrayIndex.interval(first, first + rows))
                .assign(read(output).get(NDArrayIndex.interval(0, rows)));
    }

    /** Adds an output of the last run to an array of its shape, floats in C order. */
    default void addTo(INDArray sum, Value output) {
        sum.addi(read(output));
    }

    /**
     * To be called after parameters were written to, so that an engine that keeps them in another form reads them
     * again.
     */
    default void parametersChanged() {}

    /** How each value is computed and what that costs, one line a step. */
    Explanation explain();

    /** Frees the buffers; the program cannot run again. */
    @Override
    void close();
}
