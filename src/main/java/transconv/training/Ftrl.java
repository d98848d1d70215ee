package transconv.training;

import java.util.List;

/**
 * Follow the regularized leader: the parameters are computed anew at each step from the sums of all gradients so far,
 * so that L1 regularization makes exact zeros. Source: McMahan et al. (2013), and Keras 3, {@code Ftrl}.
 *
 * <pre>{@code
 * Optimizer optimizer = new Ftrl().learningRate(0.1).l1RegularizationStrength(0.01);
 * System.out.println(optimizer.name()); // ftrl
 * }</pre>
 */
public final class Ftrl extends BaseOptimizer<Ftrl> {

    private static final Slot LINEAR = new Slot("linear");

    private double learningRatePower = -0.5;
    private double initialAccumulatorValue = 0.1;
    private double l1RegularizationStrength;
    private double l2RegularizationStrength;
    private double l2ShrinkageRegularizationStrength;
    private double beta;

    /** Learning rate 0.001, no regularization. */
    public Ftrl() {
        super("ftrl", 0.001);
    }

    /** How the learning rate falls with the sum of squared gradients, at most 0, where it stays; default -0.5. */
    public Ftrl learningRatePower(double learningRatePower) {
        if (!(learningRatePower <= 0) || Double.isInfinite(learningRatePower)) {
            throw new IllegalArgumentException(
                    "%s: learningRatePower=%s must be a finite number at most 0; 0 keeps the learning rate fixed"
                            .formatted(name(), learningRatePower));
        }
        this.learningRatePower = learningRatePower;
        return this;
    }

    /**
     * Where the sum of squares starts, at least 0; default 0.1. With 0, a value without any gradient becomes NaN, as in
     * Keras.
     *
     * @throws IllegalStateException after the first step
     */
    public Ftrl initialAccumulatorValue(double initialAccumulatorValue) {
        requireNotStarted("initialAccumulatorValue", initialAccumulatorValue);
        this.initialAccumulatorValue =
                Arguments.notNegative(name(), "initialAccumulatorValue", initialAccumulatorValue);
        return this;
    }

    /** At least 0; default 0. */
    public Ftrl l1RegularizationStrength(double strength) {
        this.l1RegularizationStrength = Arguments.notNegative(name(), "l1RegularizationStrength", strength);
        return this;
    }

    /** At least 0; default 0. */
    public Ftrl l2RegularizationStrength(double strength) {
        this.l2RegularizationStrength = Arguments.notNegative(name(), "l2RegularizationStrength", strength);
        return this;
    }

    /** As L2 regularization, but of the magnitude alone, through the gradient; at least 0; default 0. */
    public Ftrl l2ShrinkageRegularizationStrength(double strength) {
        this.l2ShrinkageRegularizationStrength =
                Arguments.notNegative(name(), "l2ShrinkageRegularizationStrength", strength);
        return this;
    }

    /** The paper's β, at least 0; default 0. */
    public Ftrl beta(double beta) {
        this.beta = Arguments.notNegative(name(), "beta", beta);
        return this;
    }

    @Override
    void requireUsable(double rate) {
        if (rate == 0) {
            throw new IllegalStateException(
                    "%s: learningRate=0.0 at step %d must be above 0, since Ftrl divides by it; start the schedule above 0"
                            .formatted(name(), iterations()));
        }
    }

    @Override
    List<Slot> slots() {
        return List.of(accumulator(), LINEAR);
    }

    @Override
    List<Setting> settings() {
        return List.of(
                Setting.number("learning_rate_power", () -> learningRatePower, this::learningRatePower),
                Setting.number(
                        "initial_accumulator_value", () -> initialAccumulatorValue, this::initialAccumulatorValue),
                Setting.number(
                        "l1_regularization_strength", () -> l1RegularizationStrength, this::l1RegularizationStrength),
                Setting.number(
                        "l2_regularization_strength", () -> l2RegularizationStrength, this::l2RegularizationStrength),
                Setting.number(
                        "l2_shrinkage_regularization_strength",
                        () -> l2ShrinkageRegularizationStrength,
                        this::l2ShrinkageRegularizationStrength),
                Setting.number("beta", () -> beta, this::beta));
    }

    @Override
    void update(Chunk chunk, double learningRate, long step) {
        double quadraticStart = 2 * l2RegularizationStrength + beta / learningRate;
        double l1 = l1RegularizationStrength;
        double[] value = chunk.value();
        double[] gradient = chunk.gradient();
        double[] sum = chunk.kept(accumulator());
        double[] linear = chunk.kept(LINEAR);
        for (int i = 0; i < chunk.count(); i++) {
            double square = gradient[i] * gradient[i];
            double before = power(sum[i]);
            sum[i] += square;
            double after = power(sum[i]);
            linear[i] += gradient[i]
                    + 2 * l2ShrinkageRegularizationStrength * value[i]
                    - growth(before, after, square) / learningRate * value[i];
            value[i] = (Math.max(-l1, Math.min(linear[i], l1)) - linear[i]) / (after / learningRate + quadraticStart);
        }
    }

    /** {@code after - before}, for roots without the loss of digits where a gradient is small beside those before. */
    private double growth(double before, double after, double square) {
        return learningRatePower == -0.5 ? square / Math.max(before + after, Double.MIN_NORMAL) : after - before;
    }

    private double power(double sum) {
        return learningRatePower == -0.5 ? Math.sqrt(sum) : Math.pow(sum, -learningRatePower);
    }

    private Slot accumulator() {
        return new Slot("accumulator", initialAccumulatorValue);
    }
}
