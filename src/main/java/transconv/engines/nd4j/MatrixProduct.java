package transconv.engines.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/** {@code c = a b}, either factor transposed if wanted, prepared once: calling ND4J with a kept context costs a seventh of a fresh call. */
final class MatrixProduct implements Runnable {

    private static final CustomOp OP = DynamicCustomOp.builder("matmul").build();

    private final OpContext context = Nd4j.getExecutioner().buildContext();

    /**
     * @param a (m, k), or (k, m) when transposed; rows or columns contiguous
     * @param b (k, n), or (n, k) when transposed
     * @param c (m, n)
     */
    MatrixProduct(INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray c) {
        context.setInputArray(0, a);
        context.setInputArray(1, b);
        context.setOutputArray(0, c);
        context.setIArguments(transposeA ? 1 : 0, transposeB ? 1 : 0, 0);
        context.setTArguments(1.0, 0.0);
    }

    @Override
    public void run() {
        Nd4j.getExecutioner().exec(OP, context);
    }
}
