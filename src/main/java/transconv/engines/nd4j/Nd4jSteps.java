package transconv.engines.nd4j;

import java.util.List;
import java.util.function.Function;
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

    /** Computes one value from its inputs; made once, run often. */
    public Runnable step(Value value) {
        return kernels.step(value);
    }

    @Override
    public void close() {
        scratch.close();
    }
}
