package transconv.engines;

/**
 * In which numbers an engine multiplies what convolutions and dense layers multiply. Sums, biases, losses, reductions
 * and the weights that an optimizer changes are 32-bit floats in either; so is what a program is fed and gives back.
 *
 * <pre>{@code
 * System.out.println(Precision.BFLOAT16.bytes()); // 2
 * }</pre>
 */
public enum Precision {

    /** 24 bits of mantissa. The default. */
    FLOAT32(Float.BYTES),

    /**
     * The upper half of a 32-bit float: the same range with 8 bits of mantissa, so that each factor is off by up to 0.4
     * %. Quicker on CPUs that multiply pairs of them; engines refuse it on others.
     */
    BFLOAT16(Short.BYTES);

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /** Of one number. */
    public int bytes() {
        return bytes;
    }
}
