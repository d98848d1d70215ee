package transconv.engines.reference;

/**
 * The error function, right to about 1e-15. Source: Abramowitz and Stegun (1964), equations 7.1.6 and 7.1.14.
 */
final class ErrorFunction {

    /** Below, the series converges soon; from here on, the continued fraction does. */
    private static final double BORDER = 2;

    private static final int SERIES_TERMS = 40;
    private static final int FRACTION_TERMS = 80;
    private static final double ROOT_PI = Math.sqrt(Math.PI);

    private ErrorFunction() {}

    static double erf(double x) {
        return Math.abs(x) < BORDER ? series(x) : Math.copySign(1 - complement(Math.abs(x)), x);
    }

    /** {@code 2/√π exp(-x²) Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n+1))}: no term is subtracted from another. */
    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; n <= SERIES_TERMS; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / ROOT_PI * Math.exp(-x * x) * sum;
    }

    /** {@code 1 - erf(x) = exp(-x²)/√π / (x + ½/(x + 1/(x + 1½/(x + 2/(x + …)))))}. */
    private static double complement(double x) {
        double fraction = x;
        for (int n = FRACTION_TERMS; n >= 1; n--) {
            fraction = x + n / 2.0 / fraction;
        }
        return Math.exp(-x * x) / (ROOT_PI * fraction);
    }
}
