package transconv.training.metrics;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.config.Config;

/**
 * What all of Keras' metrics share: a name, and settings that can be written down and read again. Source: Keras 3,
 * {@code keras.metrics.Metric}.
 *
 * <pre>{@code
 * BaseMetric<?> metric = new BinaryAccuracy().threshold(0.6).name("right");
 * System.out.println(metric.config().values()); // {name=right, threshold=0.6}
 * }</pre>
 *
 * @param <T> the metric itself, which its setters return
 */
public abstract class BaseMetric<T extends BaseMetric<T>> implements Metric {

    private String name;

    BaseMetric(String name) {
        this.name = name;
    }

    @Override
    public final String name() {
        return name;
    }

    /**
     * Another name to report under.
     *
     * @throws IllegalArgumentException if it is null or blank
     */
    public final T name(String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException(
                    "%s: name='%s' must not be blank; leave it unset for '%s'".formatted(this.name, name, this.name));
        }
        this.name = name;
        return self();
    }

    @Override
    public Config config() {
        return Config.of(className()).with("name", name);
    }

    /** Takes over the settings that are there. */
    void read(Config config) {
        if (config.has("name")) {
            name(config.text("name"));
        }
    }

    @SuppressWarnings("unchecked")
    final T self() {
        return (T) this;
    }

    final IllegalArgumentException refused(String argument, Object value, String rule) {
        return new IllegalArgumentException("%s: %s=%s must be %s".formatted(name, argument, value, rule));
    }

    final double requireFinite(String argument, double value) {
        if (!Double.isFinite(value)) {
            throw refused(argument, value, "a finite number; change it or leave it at its default");
        }
        return value;
    }

    final double requireShare(String argument, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw refused(argument, value, "at least 0 and at most 1; give a share");
        }
        return value;
    }

    /** Each within [0, 1], and at least one. */
    final double[] requireThresholds(double... thresholds) {
        if (thresholds == null || thresholds.length == 0) {
            throw refused("thresholds", "[]", "one or more numbers; leave it unset for the default");
        }
        for (double threshold : thresholds) {
            requireShare("thresholds", threshold);
        }
        return thresholds.clone();
    }

    final int requireAtLeast(int least, String argument, int value) {
        if (value < least) {
            throw refused(argument, value, "at least %d; raise it or leave it at its default".formatted(least));
        }
        return value;
    }

    /** One weight for each sample; null where there are none. */
    final float[] weights(INDArray sampleWeights, int samples) {
        if (sampleWeights == null) {
            return null;
        }
        FloatTensor weights = FloatTensor.of(name, "sampleWeights", sampleWeights);
        if (!weights.hasShape(new int[] {samples}) && !weights.hasShape(new int[] {samples, 1})) {
            throw new IllegalArgumentException(
                    "%s: sampleWeights %s for %d samples; give one weight for each sample, (samples)"
                            .formatted(name, weights.shapeText(), samples));
        }
        return weights.data();
    }

    /** The one of several results; there being more is the reader's mistake. */
    final double single(double[] results, String way) {
        if (results.length != 1) {
            throw new IllegalStateException(
                    "%s: result() of %d results; read results(), or %s".formatted(name, results.length, way));
        }
        return results[0];
    }

    /** Keras writes the axis down, and computes with no other. */
    static void requireLastAxis(Config config) {
        if (config.has("axis") && config.integer("axis") != -1) {
            throw new IllegalArgumentException("%s: setting 'axis' is %d; it must be -1, the last axis"
                    .formatted(config.owner(), config.integer("axis")));
        }
    }

    static List<Double> listOf(double[] values) {
        return values == null ? null : Arrays.stream(values).boxed().toList();
    }

    /** A list of numbers; a single one is a list of one. */
    static double[] numbers(Config config, String setting) {
        Object value = config.values().get(setting);
        List<?> all = value instanceof List<?> list ? list : List.of(value);
        if (!all.stream().allMatch(Number.class::isInstance)) {
            throw new IllegalArgumentException(
                    "%s: setting '%s' is %s; it must be a list of numbers".formatted(config.owner(), setting, value));
        }
        return all.stream().mapToDouble(one -> ((Number) one).doubleValue()).toArray();
    }

    static double ratioOrZero(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
