package transconv.engines.nd4j;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.ops.Value;

/** Adds a program's outputs to arrays, by operations that are kept: made anew each time they cost seven times as much. */
public final class KeptSums {

    private record Sum(INDArray array, PreparedOp add) {}

    private final Map<Value, Sum> sums = new HashMap<>();

    /**
     * @param values of the output, always the same array; floats in C order, as {@code sum}
     * @param sum    of the same shape
     */
    public void add(Value output, INDArray values, INDArray sum) {
        Sum kept = sums.get(output);
        if (kept == null || kept.array() != sum) {
            kept = new Sum(sum, PreparedOp.pairwise("add", sum, values, sum));
            sums.put(output, kept);
        }
        kept.add().run();
    }
}
