package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import transconv.Goldens;
import transconv.config.Config;
import transconv.shape.Shape;

/** Bounds, deviation and form of what initializers draw, against the figures that Keras states for the same shapes. */
class InitializersTest {

    @TestFactory
    Stream<DynamicTest> drawsFromKerasDistribution() {
        return Goldens.named("initializers").cases().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.get("layer").asText() + " " + entry.get("what").asText() + ", "
                                + entry.get("initializer").asText(),
                        () -> check(entry)));
    }

    private static void check(JsonNode entry) {
        Shape shape = Shape.of(Goldens.ints(entry.get("kernel_shape")));
        String name = entry.get("initializer").asText();
        Map<?, ?> settings = new ObjectMapper().convertValue(entry.get("config"), Map.class);
        int draws = 1 + 60_000 / shape.elements();
        double mean = entry.get("mean").asDouble();
        double deviation = entry.get("stddev").asDouble();
        double bound = entry.get("bound").asDouble(Double.NaN);
        // where the shares of the three distributions differ most
        double middle = Double.isNaN(bound) ? deviation : bound / 2;
        double sum = 0;
        double squares = 0;
        double largest = 0;
        long beyond = 0;
        for (int seed = 0; seed < draws; seed++) {
            INDArray values = Initializers.fromConfig(
                            name, Config.of(name, settings).with("seed", seed))
                    .values(shape, "kernel");
            assertArrayEquals(shape.toLongArray(), values.shape());
            assertEquals(DataType.FLOAT, values.dataType());
            for (double value : values.data().asDouble()) {
                double off = value - mean;
                sum += off;
                squares += off * off;
                largest = Math.max(largest, Math.abs(off));
                beyond += Math.abs(off) > middle ? 1 : 0;
            }
        }
        double count = (double) draws * shape.elements();
        assertEquals(1, Math.sqrt(squares / count) / deviation, 0.02);
        assertEquals(0, sum / count / deviation, 0.02);
        // Half of a uniform distribution lies beyond half its bound, of a normal one cut at two deviations (0.9545 -
        // 0.6827) / 0.9545.
        switch (entry.get("distribution").asText()) {
            case "uniform" -> assertEquals(0.5, beyond / count, 0.01);
            case "normal" -> assertEquals(0.3173, beyond / count, 0.01);
            default -> assertEquals(0.2848, beyond / count, 0.01);
        }
        if (Double.isNaN(bound)) {
            assertTrue(largest > 3.5 * deviation, "nothing is cut: " + largest / deviation);
        } else {
            assertTrue(largest <= bound * (1 + 1e-6) && largest > 0.98 * bound, largest + " of " + bound);
        }
    }

    /** Literal values, the same on every machine: saved runs count on them. */
    @Test
    void aSeedGivesTheseValues() {
        Shape shape = Shape.of(3, 2, 2, 3);
        assertBegins(Initializers.glorotUniform(7), shape, -0.09853927f, -0.4321977f, 0.35845125f);
        assertBegins(Initializers.heNormal(7), shape, 0.4587667f, -0.86523086f, 0.0018194306f);
    }

    private static void assertBegins(Initializer initializer, Shape shape, float... first) {
        float[] values = initializer.values(shape, "kernel").data().asFloat();
        assertArrayEquals(first, Arrays.copyOf(values, first.length));
    }

    @Test
    void equalBoundsAndNoDeviationAreConstants() {
        assertEquals(Nd4j.ones(4).muli(2), Initializers.randomUniform(2, 2).values(Shape.of(4), "bias"));
        assertEquals(Nd4j.ones(4).muli(2), Initializers.randomNormal(2, 0).values(Shape.of(4), "bias"));
    }

    @Test
    void layersDefaultToGlorotUniformAndZeros() {
        for (Layer layer : new Layer[] {Layers.conv2D(32, 3), Layers.conv2DTranspose(32, 3), Layers.dense(32)}) {
            layer.build(layer instanceof Dense ? Shape.of(64) : Shape.of(9, 9, 64));
            INDArray kernel = layer.parameters().get(0).value();
            double taps = layer instanceof Dense ? 1 : 9;
            double bound = Math.sqrt(6 / (taps * (64 + 32)));
            double largest = kernel.amaxNumber().doubleValue();
            assertTrue(
                    largest <= bound * (1 + 1e-6) && largest > 0.95 * bound,
                    layer.type() + ": " + largest + " of " + bound);
            assertEquals(Nd4j.zeros(32), layer.parameters().get(1).value());
        }
    }

    @Test
    void aSeedGivesTheSameValuesAndAnotherOneOthers() {
        Shape shape = Shape.of(3, 3, 2, 4);
        assertEquals(
                Initializers.heNormal(5).values(shape, "a"),
                Initializers.heNormal(5).values(shape, "b"));
        assertNotEquals(
                Initializers.heNormal(5).values(shape, "a"),
                Initializers.heNormal(6).values(shape, "a"));
        Initializer seeded = Initializers.glorotUniform(5);
        assertEquals(seeded.values(shape, "a"), seeded.values(shape, "a"));
    }

    @Test
    void oneSeedForAllMakesAWholeModelRepeatable() {
        INDArray[] first = twoKernels();
        INDArray[] second = twoKernels();
        assertArrayEquals(first, second);
        assertNotEquals(first[0], first[1], "two layers of one shape differ");
    }

    private static INDArray[] twoKernels() {
        RandomSeed.set(42);
        return Stream.of(Layers.dense(4), Layers.dense(4))
                .map(layer -> {
                    layer.build(Shape.of(3));
                    return layer.parameters().get(0).value();
                })
                .toArray(INDArray[]::new);
    }

    @Test
    void constantsAndGivenValues() {
        Shape shape = Shape.of(2, 3);
        assertEquals(Nd4j.zeros(2, 3), Initializers.named("zeros").values(shape, "kernel"));
        assertEquals(Nd4j.ones(2, 3), Initializers.named("ones").values(shape, "kernel"));
        assertEquals(Nd4j.ones(2, 3).muli(0.25), Initializers.constant(0.25).values(shape, "kernel"));
        INDArray given = Nd4j.createFromArray(new double[] {1, 2, 3, 4, 5, 6});
        INDArray made = Initializers.values(given).values(shape, "kernel");
        assertArrayEquals(new float[][] {{1, 2, 3}, {4, 5, 6}}, made.toFloatMatrix());
        made.putScalar(0, 9);
        assertEquals(1, given.getDouble(0), "the given array is left alone");
        assertEquals(
                "kernel: 6 initial values given, the shape (2, 2) needs 4",
                assertThrows(IllegalArgumentException.class, () -> Initializers.values(given)
                                .values(Shape.of(2, 2), "kernel"))
                        .getMessage());
    }

    @Test
    void aGivenArrayMayChangeLaterWithoutEffect() {
        INDArray given = Nd4j.ones(2);
        Initializer initializer = Initializers.values(given);
        given.assign(5);
        assertEquals(Nd4j.ones(2), initializer.values(Shape.of(2), "bias"));
    }

    @Test
    void identityIsScaledByItsGain() {
        assertArrayEquals(
                new float[][] {{0.5f, 0, 0}, {0, 0.5f, 0}, {0, 0, 0.5f}},
                Initializers.identity(0.5).values(Shape.of(3, 3), "kernel").toFloatMatrix());
    }

    @Test
    void anInitializerOfOnesOwnIsALambda() {
        Initializer ramp = (shape, weight) -> Nd4j.arange(shape.elements()).reshape('c', shape.toLongArray());
        Dense dense = Layers.dense(2).kernelInitializer(ramp);
        dense.build(Shape.of(3));
        assertArrayEquals(
                new float[][] {{0, 1}, {2, 3}, {4, 5}},
                dense.parameters().get(0).value().toFloatMatrix());
    }
}
