package transconv.ops;

/**
 * Functions of one number that {@link Unary} applies; each states its slope in ops, so that it can be differentiated
 * again.
 */
public enum UnaryFunction {
    /** {@code |x|}; slope 0 at 0. */
    ABS,
    /** -1, 0 or 1. */
    SIGN,
    EXP,
    /** {@code exp(x) - 1}, exact near 0. */
    EXPM1,
    LOG,
    /** {@code log(1 + x)}, exact near 0. */
    LOG1P,
    SQRT,
    SQUARE,
    RECIPROCAL,
    /** {@code log(1 + exp(x))}, exact for every x. */
    SOFTPLUS,
    /** The error function. */
    ERF;

    private static final double TWO_BY_ROOT_PI = 2 / Math.sqrt(Math.PI);

    /** The slope at x, in the graph of x and y = f(x), or null where it is 0 everywhere. */
    Value slope(Value x, Value y) {
        return switch (this) {
            case ABS -> unary(SIGN, x);
            case SIGN -> null;
            case EXP -> y;
            case EXPM1 -> Ops.affine(y, 1, 1);
            case LOG -> unary(RECIPROCAL, x);
            case LOG1P -> unary(RECIPROCAL, Ops.affine(x, 1, 1));
            case SQRT -> Ops.affine(unary(RECIPROCAL, y), 0.5, 0);
            case SQUARE -> Ops.affine(x, 2, 0);
            case RECIPROCAL -> Ops.affine(unary(SQUARE, y), -1, 0);
            case SOFTPLUS -> FusedActivation.SIGMOID.of(x);
            case ERF -> Ops.affine(unary(EXP, Ops.affine(unary(SQUARE, x), -1, 0)), TWO_BY_ROOT_PI, 0);
        };
    }

    private static Value unary(UnaryFunction function, Value x) {
        return x.graph().apply(new Unary(function), x);
    }
}
