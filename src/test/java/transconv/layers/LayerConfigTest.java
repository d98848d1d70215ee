package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import transconv.config.Config;
import transconv.layers.RandomLayers.Drawn;
import transconv.ops.Computation;
import transconv.ops.RandomGeometry;
import transconv.shape.Shape;

/** A layer that is written down as JSON and made again from it is the same layer. */
class LayerConfigTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Provide
    Arbitrary<Drawn> layers() {
        return RandomLayers.any();
    }

    /** An input has nothing to compute, it is tried with the models; an embedding takes whole numbers alone. */
    @Example
    void everyTypeIsDrawn() {
        TreeSet<String> missing = new TreeSet<>(LayerTypes.names());
        missing.removeAll(RandomLayers.types());
        assertEquals(new TreeSet<>(List.of("Embedding", "InputLayer")), missing);
    }

    @Property(tries = 1_500)
    @StatisticsReport(StatisticsReportMode.OFF)
    void comesBackFromItsConfiguration(@ForAll("layers") Drawn drawn) throws JsonProcessingException {
        Layer layer = drawn.layer();
        requirePlain(layer.config().values());
        String written = JSON.writeValueAsString(layer.config().values());
        Layer again = LayerTypes.fromConfig(layer.type(), Config.of(layer.type(), JSON.readValue(written, Map.class)));
        assertEquals(written, JSON.writeValueAsString(again.config().values()));

        Optional<String> refusal = refusal(layer, drawn.inputShapes());
        Statistics.label("built").collect(refusal.isEmpty()).coverage(shares -> shares.check(true)
                .percentage(share -> share > 80 && share < 99));
        assertEquals(refusal, refusal(again, drawn.inputShapes()));
        if (refusal.isEmpty()) {
            requireSameOutput(drawn, layer, again);
        }
    }

    /** JSON's types alone: a writer would make something of others, too. */
    private static void requirePlain(Object value) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(LayerConfigTest::requirePlain);
        } else if (value instanceof List<?> list) {
            list.forEach(LayerConfigTest::requirePlain);
        } else {
            boolean plain = value == null
                    || value instanceof String
                    || value instanceof Boolean
                    || value instanceof Number number && Double.isFinite(number.doubleValue());
            assertTrue(plain, () -> value + " is no value of JSON");
        }
    }

    private static Optional<String> refusal(Layer layer, List<Shape> inputs) {
        try {
            layer.build(inputs);
            return Optional.empty();
        } catch (IllegalArgumentException refused) {
            return Optional.of(refused.getMessage());
        }
    }

    private static void requireSameOutput(Drawn drawn, Layer layer, Layer again) {
        assertEquals(layer.outputShapes(), again.outputShapes());
        assertEquals(
                layer.weights().stream().map(LayerConfigTest::settings).toList(),
                again.weights().stream().map(LayerConfigTest::settings).toList());
        for (int i = 0; i < layer.weights().size(); i++) {
            String name = layer.weights().get(i).name();
            INDArray values = layer.parameters().get(i).value();
            INDArray others = again.parameters().get(i).value();
            if (drawn.arguments().contains(name.replace("_kernel", "") + "Initializer")) {
                assertEquals(values, others, name);
            }
            others.assign(values);
        }
        INDArray[] inputs = IntStream.range(0, drawn.inputShapes().size())
                .mapToObj(i -> RandomGeometry.values(drawn.inputShapes().get(i).prepend(2), drawn.seed() + i))
                .toArray(INDArray[]::new);
        assertArrayEquals(output(layer, inputs), output(again, inputs));
    }

    /** What a weight has beside its values. */
    private static List<Object> settings(Weight weight) {
        return List.of(weight.parameter().name(), weight.parameter().shape(), weight.learned());
    }

    private static double[] output(Layer layer, INDArray... inputs) {
        return Computation.run(
                        "reference",
                        (graph, in) -> layer.call(in, Pass.inference(graph)).get(0),
                        inputs)
                .data()
                .asDouble();
    }
}
