package transconv.layers;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.config.Config;
import transconv.shape.Shape;

/**
 * Bounds the Euclidean norms of a weight's parts, those that lie along some axes: axis 0 of a Dense kernel (in, units)
 * makes a norm for each unit, axes 0, 1, 2 of a Conv2D kernel (height, width, in, out) one for each filter. Source:
 * Keras 3, {@code MaxNorm}, {@code UnitNorm}, {@code MinMaxNorm}.
 *
 * <pre>{@code
 * INDArray kernel = Nd4j.createFromArray(new float[][] {{3, 0.3f}, {4, 0.4f}});
 * Constraints.maxNorm(2).axis(0).apply(kernel);
 * System.out.println("%.3f %.3f".formatted(kernel.getDouble(1, 0), kernel.getDouble(1, 1))); // 1.600 0.400
 * }</pre>
 */
public final class NormConstraint implements Constraint {

    /** Keras' {@code backend.epsilon()}, added to norms before dividing by them. */
    private static final double EPSILON = 1e-7;

    private final String className;
    private final double minValue;
    private final double maxValue;
    private final double rate;
    private final int[] axis;

    /** @param axis null for all axes together */
    private NormConstraint(String className, double minValue, double maxValue, double rate, int[] axis) {
        this.className = className;
        this.minValue = notNegative("minValue", minValue);
        this.maxValue = notNegative("maxValue", maxValue);
        this.rate = rate;
        this.axis = axis;
        if (minValue > maxValue) {
            throw new IllegalArgumentException("%s: minValue=%s must be at most maxValue=%s; exchange them"
                    .formatted(className, minValue, maxValue));
        }
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException(
                    "%s: rate=%s must be at least 0 and at most 1; 1 is strict".formatted(className, rate));
        }
    }

    NormConstraint(String className, double minValue, double maxValue, double rate) {
        this(className, minValue, maxValue, rate, new int[] {0});
    }

    private double notNegative(String argument, double value) {
        if (!(value >= 0 && value <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "%s: %s=%s must be finite and at least 0; give a length".formatted(className, argument, value));
        }
        return value;
    }

    /**
     * The axes that a norm sums over, default 0; negative ones count from the last.
     *
     * @throws IllegalArgumentException if there are none, or one comes twice
     */
    public NormConstraint axis(int... axis) {
        if (axis.length == 0 || Arrays.stream(axis).distinct().count() != axis.length) {
            throw new IllegalArgumentException("%s: axis=%s must name axes, each once; allAxes() makes one norm of all"
                    .formatted(className, Arrays.toString(axis)));
        }
        return new NormConstraint(className, minValue, maxValue, rate, axis.clone());
    }

    /** One norm of the whole weight: Keras' {@code axis=None}. */
    public NormConstraint allAxes() {
        return new NormConstraint(className, minValue, maxValue, rate, null);
    }

    /**
     * Scales each part to its bound.
     *
     * @throws IllegalArgumentException if the weight lacks one of the axes
     */
    @Override
    public void apply(INDArray weight) {
        Shape shape = Shape.of(weight.shape());
        double[] values = weight.dup('c').data().asDouble();
        int[] part = parts(shape);
        double[] factors = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            factors[part[i]] += values[i] * values[i];
        }
        for (int i = 0; i < factors.length; i++) {
            double norm = Math.sqrt(factors[i]);
            double desired = rate * Math.min(Math.max(norm, minValue), maxValue) + (1 - rate) * norm;
            factors[i] = desired / (EPSILON + norm);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] *= factors[part[i]];
        }
        weight.assign(
                Nd4j.createFromArray(values).reshape('c', shape.toLongArray()).castTo(weight.dataType()));
    }

    /** The part that each value belongs to, by the index of the part's first value. */
    private int[] parts(Shape shape) {
        boolean[] summed = summed(shape);
        int[] part = new int[shape.elements()];
        for (int i = 0; i < part.length; i++) {
            int rest = i;
            int stride = 1;
            for (int axis = shape.rank() - 1; axis >= 0; axis--) {
                part[i] += summed[axis] ? 0 : rest % shape.size(axis) * stride;
                rest /= shape.size(axis);
                stride *= shape.size(axis);
            }
        }
        return part;
    }

    private boolean[] summed(Shape shape) {
        boolean[] summed = new boolean[shape.rank()];
        for (int each : axis == null ? IntStream.range(0, shape.rank()).toArray() : axis) {
            int counted = each < 0 ? each + shape.rank() : each;
            if (counted < 0 || counted >= shape.rank() || summed[counted]) {
                throw new IllegalArgumentException(
                        "%s: axis=%s does not fit a weight of shape %s; name axes from 0 to %d, each once"
                                .formatted(className, Arrays.toString(axis), shape, shape.rank() - 1));
            }
            summed[counted] = true;
        }
        return summed;
    }

    @Override
    public String className() {
        return className;
    }

    @Override
    public Config config() {
        Config config = Config.of(className);
        if (className.equals("MinMaxNorm")) {
            config.with("min_value", minValue).with("max_value", maxValue).with("rate", rate);
        } else if (className.equals("MaxNorm")) {
            config.with("max_value", maxValue);
        }
        return config.with("axis", axis != null && axis.length == 1 ? (Object) axis[0] : axis);
    }
}
