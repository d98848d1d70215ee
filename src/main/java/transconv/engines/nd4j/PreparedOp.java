package transconv.engines.nd4j;

import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * A call of a native ND4J operation on fixed arrays: with a kept context, past ND4J's checks of arguments, it costs a
 * small part of a call made anew.
 */
final class PreparedOp implements Runnable {

    private final String name;
    private final long hash;
    private final OpContext context = Nd4j.getExecutioner().buildContext();
    private final Pointer handle = context.contextPointer();
    private final NativeOps library = NativeOpsHolder.getInstance().getDeviceNativeOps();

    private PreparedOp(String name, List<INDArray> inputs, INDArray output) {
        this.name = name;
        hash = DynamicCustomOp.builder(name).build().opHash();
        context.setInputArrays(inputs);
        context.setOutputArray(0, output);
    }

    /**
     * {@code c = a b}, either factor transposed if wanted.
     *
     * @param a (m, k), or (k, m) when transposed; rows or columns contiguous
     * @param b (k, n), or (n, k) when transposed
     * @param c (m, n)
     */
    static PreparedOp matrixProduct(INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray c) {
        PreparedOp product = new PreparedOp("matmul", List.of(a, b), c);
        product.context.setIArguments(transposeA ? 1 : 0, transposeB ? 1 : 0, 0);
        product.context.setTArguments(1.0, 0.0);
        return product;
    }

    /** {@code out} may be one of the inputs. */
    static PreparedOp pairwise(String name, INDArray a, INDArray b, INDArray out) {
        return new PreparedOp(name, List.of(a, b), out);
    }

    /** The same values in the type of {@code out}. */
    static PreparedOp cast(INDArray x, INDArray out) {
        PreparedOp cast = new PreparedOp("cast", List.of(x), out);
        cast.context.setIArguments(out.dataType().toInt());
        return cast;
    }

    /** {@code out = y > 0 ? gradient : 0}. */
    static PreparedOp reluGradient(INDArray y, INDArray gradient, INDArray out) {
        return new PreparedOp("relu_bp", List.of(y, gradient), out);
    }

    @Override
    public void run() {
        if (library.execCustomOp2(null, hash, handle) != 0) {
            throw new IllegalStateException(
                    "nd4j engine: operation %s failed: %s".formatted(name, library.lastErrorMessage()));
        }
    }
}
