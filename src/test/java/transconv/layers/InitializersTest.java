package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Goldens;
import transconv.shape.Shape;

/** Bounds, deviation and form of what initializers draw, against the figures that Keras states for the same shapes. */
class InitializersTest {

    private static final Set<String> KNOWN = Set.of("glorot_uniform", "he_normal");

    @TestFactory
    Stream<DynamicTest> drawsFromKerasDistribution() {
        return Goldens.named("initializers").cases().stream()
                .filter(entry -> KNOWN.contains(entry.get("initializer").asText()))
                .map(entry -> DynamicTest.dynamicTest(
                        entry.get("layer").asText() + " " + entry.get("what").asText() + ", "
                                + entry.get("initializer").asText(),
                        () -> check(entry)));
    }

    private static void check(JsonNode entry) {
        Shape shape = Shape.of(Goldens.ints(entry.get("kernel_shape")));
        String name = entry.get("initializer").asText();
        int draws = 1 + 60_000 / shape.elements();
        double bound = entry.get("bound").asDouble();
        double sum = 0;
        double squares = 0;
        double largest = 0;
        long beyondOneDeviation = 0;
        for (int seed = 0; seed < draws; seed++) {
            Initializer initializer =
                    name.equals("he_normal") ? Initializers.heNormal(seed) : Initializers.glorotUniform(seed);
            INDArray values = initializer.values(shape, "kernel");
            assertArrayEquals(shape.toLongArray(), values.shape());
            for (double value : values.data().asDouble()) {
                sum += value;
                squares += value * value;
                largest = Math.max(largest, Math.abs(value));
                beyondOneDeviation += Math.abs(value) > bound / 2 ? 1 : 0;
            }
        }
        double count = (double) draws * shape.elements();
        double deviation = entry.get("stddev").asDouble();
        assertTrue(largest <= bound * (1 + 1e-6) && largest > 0.98 * bound, largest + " of " + bound);
        assertEquals(1, Math.sqrt(squares / count) / deviation, 0.02);
        assertEquals(0, sum / count / deviation, 0.02);
        // Half of a uniform distribution lies beyond half its bound, of a normal one cut at two deviations (0.9545 -
        // 0.6827) / 0.9545.
        assertEquals(name.equals("he_normal") ? 0.2848 : 0.5, beyondOneDeviation / count, 0.01);
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
}
