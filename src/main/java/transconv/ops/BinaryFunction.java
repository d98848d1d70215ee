package transconv.ops;

/** Functions of two numbers that {@link Binary} applies. */
public enum BinaryFunction {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    /** The larger; where both are equal, the slope belongs to the first. */
    MAXIMUM,
    /** The smaller; where both are equal, the slope belongs to the first. */
    MINIMUM,
    /** {@code a} to the power of {@code b}, for a above 0. */
    POWER,
    /** 1 where a > b, else 0. */
    GREATER,
    /** 1 where a >= b, else 0. */
    GREATER_EQUAL,
    /** 1 where a = b, else 0. */
    EQUAL
}
