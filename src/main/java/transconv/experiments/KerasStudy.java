package transconv.experiments;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import transconv.explain.Table;
import transconv.models.file.Json;

/**
 * What Keras measured with the models, data and budget of an application notebook, as
 * {@code src/bench/python/applications} stored it with its versions.
 *
 * <pre>{@code
 * KerasStudy keras = KerasStudy.of("example");
 * System.out.println(keras.measure("PSNR") + " by Keras " + keras.version("keras")); // 21.5 by Keras 3.15.0
 * }</pre>
 */
public final class KerasStudy {

    private final String name;
    private final Map<String, ?> values;

    private KerasStudy(String name, Map<String, ?> values) {
        this.name = name;
        this.values = values;
    }

    /** @throws IllegalArgumentException if no study of this name is stored */
    public static KerasStudy of(String name) {
        try (InputStream in = KerasStudy.class.getResourceAsStream("keras/" + name + ".json")) {
            if (in == null) {
                throw new IllegalArgumentException(
                        "KerasStudy: nothing is stored for '%s'; run src/bench/python/applications/%1$s.py"
                                .formatted(name));
            }
            return new KerasStudy(name, Json.read(in.readAllBytes()));
        } catch (IOException failure) {
            throw new UncheckedIOException("KerasStudy: '%s' cannot be read".formatted(name), failure);
        }
    }

    /** @throws IllegalArgumentException if it was not measured */
    public double measure(String measure) {
        return measures().get(requireMeasure(measure));
    }

    /** All measures by name, in the order of the script. */
    public Map<String, Double> measures() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        part("measures").forEach((key, value) -> numbers.put(String.valueOf(key), ((Number) value).doubleValue()));
        return numbers;
    }

    /**
     * The version of a library that took part: {@code keras}, {@code tensorflow}, {@code numpy}, {@code python}.
     *
     * @throws IllegalArgumentException if it did not
     */
    public String version(String library) {
        if (part("versions").get(library) instanceof String version) {
            return version;
        }
        throw new IllegalArgumentException("KerasStudy: '%s' has no version of '%s'; it has %s"
                .formatted(name, library, part("versions").keySet()));
    }

    /** Wall-clock time of the whole script in seconds. */
    public double seconds() {
        return ((Number) values.get("seconds")).doubleValue();
    }

    /**
     * A row for each measure: ours, Keras', the difference.
     *
     * @throws IllegalArgumentException if one of ours was not measured there
     */
    public Table beside(Measures ours) {
        Table table = Table.of(
                "transconv beside Keras %s on TensorFlow %s".formatted(version("keras"), version("tensorflow")),
                "measure",
                "transconv",
                "Keras",
                "difference");
        ours.values().forEach((measure, value) -> {
            double theirs = measure(measure);
            table.row(
                    measure, Digits.of(value), Digits.of(theirs), String.format(Locale.ROOT, "%+.4f", value - theirs));
        });
        return table;
    }

    private String requireMeasure(String measure) {
        if (!part("measures").containsKey(measure)) {
            throw new IllegalArgumentException("KerasStudy: '%s' has no measure '%s'; it has %s"
                    .formatted(name, measure, part("measures").keySet()));
        }
        return measure;
    }

    private Map<?, ?> part(String key) {
        return (Map<?, ?>) values.get(key);
    }
}
