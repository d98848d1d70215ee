package transconv.ops;

import java.util.Arrays;
import java.util.List;
import transconv.shape.Shape;

/** Ops applied to values, so that formulas read as formulas. Shapes are not broadcast unless asked to be. */
public final class Ops {

    private Ops() {}

    public static Value add(Value a, Value b) {
        return binary(BinaryFunction.ADD, a, b);
    }

    public static Value subtract(Value a, Value b) {
        return binary(BinaryFunction.SUBTRACT, a, b);
    }

    public static Value multiply(Value a, Value b) {
        return binary(BinaryFunction.MULTIPLY, a, b);
    }

    public static Value divide(Value a, Value b) {
        return binary(BinaryFunction.DIVIDE, a, b);
    }

    public static Value maximum(Value a, Value b) {
        return binary(BinaryFunction.MAXIMUM, a, b);
    }

    public static Value minimum(Value a, Value b) {
        return binary(BinaryFunction.MINIMUM, a, b);
    }

    public static Value power(Value a, Value b) {
        return binary(BinaryFunction.POWER, a, b);
    }

    public static Value greater(Value a, Value b) {
        return binary(BinaryFunction.GREATER, a, b);
    }

    public static Value greaterEqual(Value a, Value b) {
        return binary(BinaryFunction.GREATER_EQUAL, a, b);
    }

    public static Value equal(Value a, Value b) {
        return binary(BinaryFunction.EQUAL, a, b);
    }

    private static Value binary(BinaryFunction function, Value a, Value b) {
        return a.graph().apply(new Binary(function), a, b);
    }

    public static Value unary(UnaryFunction function, Value x) {
        return x.graph().apply(new Unary(function), x);
    }

    /** {@code factor * x + offset}. */
    public static Value affine(Value x, double factor, double offset) {
        return x.graph().apply(new Affine(factor, offset), x);
    }

    public static Value clip(Value x, double low, double high) {
        return x.graph().apply(new Clip(low, high), x);
    }

    public static Value fill(Graph graph, Shape shape, double value) {
        return graph.apply(new Fill(shape, value));
    }

    /** Axes of length 1 repeated to the target's length; x itself where nothing is to be repeated. */
    public static Value broadcast(Value x, Shape target) {
        return x.shape().equals(target) ? x : x.graph().apply(new Broadcast(target), x);
    }

    /** The sum over some axes, which stay with length 1; x itself for none. */
    public static Value sum(Value x, int... axes) {
        return axes.length == 0 ? x : x.graph().apply(new Sum(boxed(axes)), x);
    }

    /** The mean over some axes, which stay with length 1. */
    public static Value mean(Value x, int... axes) {
        int count = Arrays.stream(axes).map(x.shape()::size).reduce(1, Math::multiplyExact);
        return affine(sum(x, axes), 1.0 / count, 0);
    }

    /** The largest value over some axes, which stay with length 1; x itself for none. */
    public static Value max(Value x, int... axes) {
        return axes.length == 0 ? x : x.graph().apply(new Max(boxed(axes)), x);
    }

    /** The same values in another shape; x itself where it has it already. */
    public static Value reshape(Value x, Shape target) {
        return x.shape().equals(target) ? x : x.graph().apply(new Reshape(target), x);
    }

    /** The axes in another order; a transposition that undoes the one before takes it away. */
    public static Value transpose(Value x, int... order) {
        Transpose transpose = new Transpose(boxed(order));
        if (x.op() instanceof Transpose before && before.inverse().equals(transpose)) {
            return x.inputs().get(0);
        }
        return x.graph().apply(transpose, x);
    }

    private static List<Integer> boxed(int[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }
}
