package transconv.layers;

import java.util.List;
import java.util.Locale;
import transconv.config.Config;
import transconv.ops.Convolution;
import transconv.ops.Ops;
import transconv.ops.UnaryFunction;
import transconv.ops.Value;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/**
 * A penalty on rows, or columns, that are not orthogonal to each other. Source: Keras 3, {@code OrthogonalRegularizer}.
 *
 * <pre>{@code
 * Regularizer regularizer = Regularizers.orthogonal(0.01, OrthogonalRegularizer.Mode.ROWS);
 * System.out.println(regularizer.config().values()); // {factor=0.01, mode=rows}
 * }</pre>
 *
 * @param factor finite, at least 0
 */
public record OrthogonalRegularizer(double factor, Mode mode) implements Regularizer {

    /** What shall be orthogonal to each other. */
    public enum Mode {
        ROWS,
        COLUMNS
    }

    /** The least square of a length that is divided by. */
    private static final double EPSILON = 1e-12;

    public OrthogonalRegularizer {
        Regularizers.factor("OrthogonalRegularizer", "factor", factor);
    }

    @Override
    public Value ofWeight(Value weight) {
        Shape shape = weight.shape();
        int own = mode == Mode.ROWS ? 0 : 1;
        if (shape.rank() != 2 || shape.size(own) < 2) {
            throw new IllegalArgumentException(
                    "OrthogonalRegularizer: weight of shape %s; it needs two axes and at least two %s"
                            .formatted(shape, mode.name().toLowerCase(Locale.ROOT)));
        }
        Value rows = own == 0 ? weight : Ops.transpose(weight, 1, 0);
        Value unit = ofUnitLength(rows);
        int count = rows.shape().size(0);
        Convolution product =
                new Convolution(new Geometry(List.of(), rows.shape().last(), count, 1));
        Value products = weight.graph().apply(product, unit, Ops.transpose(unit, 1, 0));
        Value all = Ops.sum(Ops.unary(UnaryFunction.ABS, products), 0, 1);
        // each row's product with itself does not count
        Value itself = Ops.sum(Ops.unary(UnaryFunction.SQUARE, unit), 0, 1);
        double pairs = count * (count - 1) / 2.0;
        return Ops.reshape(Ops.affine(Ops.subtract(all, itself), factor * 0.5 / pairs, 0), Shape.of(1));
    }

    private static Value ofUnitLength(Value rows) {
        Value squares = Ops.sum(Ops.unary(UnaryFunction.SQUARE, rows), 1);
        Value least = Ops.fill(rows.graph(), squares.shape(), EPSILON);
        Value inverse = Ops.unary(UnaryFunction.RECIPROCAL, Ops.unary(UnaryFunction.SQRT, Ops.maximum(squares, least)));
        return Ops.multiply(rows, Ops.broadcast(inverse, rows.shape()));
    }

    @Override
    public Config config() {
        return Config.of(className()).with("factor", factor).with("mode", mode);
    }
}
