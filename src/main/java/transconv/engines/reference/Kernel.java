package transconv.engines.reference;

import java.util.List;
import transconv.ops.Op;
import transconv.shape.Shape;

/** What one kind of op computes. */
@FunctionalInterface
interface Kernel<O extends Op> {

    /** The op's values, of the output's shape, in C order. */
    double[] compute(O op, Shape output, List<Tensor> inputs);
}
