package transconv.engines.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import transconv.engines.Engine;
import transconv.engines.Engines;
import transconv.engines.Precision;
import transconv.engines.Program;
import transconv.ops.AddBias;
import transconv.ops.Convolution;
import transconv.ops.FusedActivation;
import transconv.ops.Gradients;
import transconv.ops.Graph;
import transconv.ops.Parameter;
import transconv.ops.RandomGeometry;
import transconv.ops.TransposedConvolution;
import transconv.ops.Value;
import transconv.shape.Axis;
import transconv.shape.Geometry;
import transconv.shape.Shape;

class Bfloat16Test {

    private static final Axis SAME = new Axis(12, 12, 3, 1, 1, 1);

    /** Two layers with rectifiers, there and back, and all their gradients. */
    private record Layers(Graph graph, List<Value> fed, List<Value> results) {

        static Layers of(Geometry geometry, int batch, boolean transposedFirst, boolean whole) {
            Graph graph = new Graph();
            Value x = graph.input(transposedFirst ? geometry.small(batch) : geometry.large(batch));
            List<Value> sources = new ArrayList<>(List.of(x));
            Value y = x;
            for (boolean transposed : new boolean[] {transposedFirst, !transposedFirst}) {
                int filters = transposed ? geometry.largeChannels() : geometry.smallChannels();
                Value kernel = graph.parameter(new Parameter("kernel", values(geometry.kernel(), 1, whole)));
                Value bias = graph.parameter(new Parameter("bias", values(Shape.of(filters), 2, whole)));
                y = graph.apply(
                        transposed ? new TransposedConvolution(geometry) : new Convolution(geometry), y, kernel);
                y = FusedActivation.RELU.of(graph.apply(new AddBias(), y, bias));
                sources.addAll(List.of(kernel, bias));
            }
            Value seed = graph.input(y.shape());
            List<Value> results = new ArrayList<>(List.of(y));
            results.addAll(Gradients.of(y, seed, sources));
            results.forEach(graph::output);
            return new Layers(graph, List.of(x, seed), results);
        }

        List<double[]> run(Engine engine, boolean whole) {
            try (Program program = engine.compile(graph)) {
                for (Value value : fed) {
                    int[] rows = IntStream.range(0, value.shape().size(0)).toArray();
                    program.feed(value, values(value.shape(), value.id(), whole), rows);
                }
                program.run();
                return results.stream()
                        .map(value -> program.read(value).dup('c').data().asDouble())
                        .toList();
            }
        }
    }

    /** @param whole -1, 0 and 1, whose products and sums bfloat16 and float hold without rounding */
    private static INDArray values(Shape shape, long seed, boolean whole) {
        INDArray values = RandomGeometry.values(shape, seed).castTo(DataType.FLOAT);
        return whole ? Transforms.round(values.muli(1.2)) : values;
    }

    private static Engine bfloat16() {
        assumeTrue(Library.multipliesBfloat16(), "this CPU has no bfloat16");
        return new OneDnnEngine().in(Precision.BFLOAT16);
    }

    /** Without rounding, every value must be the reference's, bit for bit. */
    @TestFactory
    Stream<DynamicTest> wholeNumbersComeOutExactly() {
        Axis doubled = new Axis(16, 8, 4, 2, 1, 1);
        Axis dilated = new Axis(12, 12, 3, 1, 2, 2);
        Stream<Geometry> used = Stream.of(
                square(SAME, 32, 1),
                square(SAME, 1, 32),
                square(SAME, 8, 8),
                square(SAME, 32, 16),
                square(dilated, 16, 24),
                square(doubled, 3, 64),
                square(doubled, 64, 32),
                square(doubled, 20, 5),
                new Geometry(List.of(SAME, doubled), 12, 8, 4));
        Stream<DynamicTest> asUsed = used.flatMap(geometry -> exact(geometry, 3));
        Stream<DynamicTest> random = RandomGeometry.draw(60).flatMap(drawn -> exact(drawn.geometry(), drawn.batch()));
        return Stream.concat(asUsed, random);
    }

    private static Stream<DynamicTest> exact(Geometry geometry, int batch) {
        return Stream.of(true, false)
                .map(transposedFirst -> DynamicTest.dynamicTest(
                        "%s, batch %d, transposed %s".formatted(geometry, batch, transposedFirst ? "first" : "second"),
                        () -> {
                            Layers layers = Layers.of(geometry, batch, transposedFirst, true);
                            List<double[]> wanted = layers.run(Engines.named("reference"), true);
                            List<double[]> received = layers.run(bfloat16(), true);
                            for (int i = 0; i < wanted.size(); i++) {
                                assertArrayEquals(wanted.get(i), received.get(i), 0, "result " + i);
                            }
                        }));
    }

    private static Geometry square(Axis axis, int largeChannels, int smallChannels) {
        return new Geometry(List.of(axis, axis), largeChannels, smallChannels, 1);
    }

    /** Float's last digits are lost, the first are not; a rectifier's input near zero may change its side. */
    @Test
    void otherNumbersAreRounded() {
        Layers layers = Layers.of(square(SAME, 32, 16), 3, true, false);
        List<double[]> wanted = layers.run(Engines.named("reference"), false);
        List<double[]> received = layers.run(bfloat16(), false);
        for (int i = 0; i < wanted.size(); i++) {
            double size = 0;
            double difference = 0;
            for (int at = 0; at < wanted.get(i).length; at++) {
                size = Math.hypot(size, wanted.get(i)[at]);
                difference = Math.hypot(difference, wanted.get(i)[at] - received.get(i)[at]);
            }
            assertTrue(difference < 0.1 * size, "result %d: off by %s of %s".formatted(i, difference, size));
            assertTrue(difference > 1e-4 * size, "result %d is not rounded: %s".formatted(i, difference));
        }
    }

    /** What lies between the layers takes half the bytes. */
    @Test
    void valuesBetweenConvolutionsTakeTwoBytes() {
        try (Program program = bfloat16().compile(Layers.of(square(SAME, 32, 16), 2, true, true).graph)) {
            String first = program.explain().lines().get(0).toString();
            // Input of floats, kernel of floats, output of halves.
            assertTrue(first.endsWith("; %,d bytes".formatted(4 * 2 * 144 * 16 + 4 * 9 * 32 * 16 + 2 * 2 * 144 * 32)));
            assertTrue(first.contains("bf16"), first);
        }
    }

    @Test
    void enginesThatGainNothingRefuse() {
        for (String name : List.of("reference", "nd4j", "vector")) {
            Engine engine = Engines.named(name);
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> engine.in(Precision.BFLOAT16));
            assertEquals(
                    "precision=BFLOAT16: engine %s computes in FLOAT32 only; leave the precision out, or take engine onednn"
                            .formatted(name),
                    refusal.getMessage());
            assertEquals(engine, engine.in(Precision.FLOAT32));
        }
    }
}
