package transconv.engines.nd4j;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarAdd;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.same.Reciprocal;
import org.nd4j.linalg.api.ops.impl.transforms.same.Square;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.factory.Nd4j;
import transconv.ops.BinaryFunction;
import transconv.ops.UnaryFunction;

/**
 * Functions of each value. ND4J's operation is taken where it is right and quick; others are loops: its sign and its
 * pairwise maximum and minimum lose NaN, its expm1, log1p and softplus lose the digits near 0, its square root and clip
 * are slow. Every output may be one of the inputs.
 */
final class Nd4jElementwise {

    private Nd4jElementwise() {}

    static Runnable unary(UnaryFunction function, INDArray x, INDArray out) {
        return switch (function) {
            case ABS -> prepared(new Abs(x, out));
            case EXP -> prepared(new Exp(x, out));
            case LOG -> prepared(new Log(x, out));
            case SQUARE -> prepared(new Square(x, out));
            case RECIPROCAL -> prepared(new Reciprocal(x, out));
            case ERF -> prepared(new Erf(x, out));
            case SIGN, SQRT, EXPM1, LOG1P, SOFTPLUS -> {
                FloatBuffer from = Floats.of(x);
                FloatBuffer to = Floats.of(out);
                yield switch (function) {
                    case SIGN -> () -> ElementwiseLoops.sign(from, to);
                    case SQRT -> () -> ElementwiseLoops.squareRoot(from, to);
                    case EXPM1 -> () -> ElementwiseLoops.expm1(from, to);
                    case LOG1P -> () -> ElementwiseLoops.log1p(from, to);
                    default -> () -> ElementwiseLoops.softplus(from, to);
                };
            }
        };
    }

    static Runnable binary(BinaryFunction function, INDArray a, INDArray b, INDArray out, Scratch scratch) {
        return switch (function) {
            case ADD -> PreparedOp.pairwise("add", a, b, out);
            case SUBTRACT -> PreparedOp.pairwise("subtract", a, b, out);
            case MULTIPLY -> PreparedOp.pairwise("multiply", a, b, out);
            case DIVIDE -> PreparedOp.pairwise("divide", a, b, out);
            case GREATER -> comparison("greater", a, b, out, scratch);
            case GREATER_EQUAL -> comparison("greater_equal", a, b, out, scratch);
            case EQUAL -> comparison("equals", a, b, out, scratch);
            case MAXIMUM, MINIMUM, POWER -> {
                FloatBuffer left = Floats.of(a);
                FloatBuffer right = Floats.of(b);
                FloatBuffer to = Floats.of(out);
                yield switch (function) {
                    case MAXIMUM -> () -> ElementwiseLoops.maximum(left, right, to);
                    case MINIMUM -> () -> ElementwiseLoops.minimum(left, right, to);
                    default -> () -> ElementwiseLoops.power(left, right, to);
                };
            }
        };
    }

    private static Runnable comparison(String name, INDArray a, INDArray b, INDArray out, Scratch scratch) {
        INDArray booleans = scratch.booleans(out.shape());
        PreparedOp compare = PreparedOp.pairwise(name, a, b, booleans);
        PreparedOp convert = PreparedOp.cast(booleans, out);
        return () -> {
            compare.run();
            convert.run();
        };
    }

    /** {@code factor * x + offset}. */
    static Runnable affine(double factor, double offset, INDArray x, INDArray out) {
        if (factor == 1) {
            return prepared(new ScalarAdd(x, null, out, offset));
        }
        Runnable scale = prepared(new ScalarMultiplication(x, null, out, factor));
        // Also with an offset of 0: it turns -0 into 0, whose reciprocal is another infinity.
        Runnable shift = prepared(new ScalarAdd(out, null, out, offset));
        return () -> {
            scale.run();
            shift.run();
        };
    }

    static Runnable clip(double low, double high, INDArray x, INDArray out) {
        FloatBuffer from = Floats.of(x);
        FloatBuffer to = Floats.of(out);
        return () -> ElementwiseLoops.clip(from, (float) low, (float) high, to);
    }

    /** The same operation object each time: making one costs more than a small array's run. */
    private static Runnable prepared(Op op) {
        return () -> Nd4j.getExecutioner().exec(op);
    }
}
