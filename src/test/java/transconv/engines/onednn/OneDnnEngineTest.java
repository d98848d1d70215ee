package transconv.engines.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.Closeness;
import transconv.engines.Engine;
import transconv.engines.Engines;
import transconv.engines.Program;
import transconv.ops.AddBias;
import transconv.ops.Convolution;
import transconv.ops.FusedActivation;
import transconv.ops.Gradients;
import transconv.ops.Graph;
import transconv.ops.KernelGradient;
import transconv.ops.Parameter;
import transconv.ops.RandomGeometry;
import transconv.ops.TransposedConvolution;
import transconv.ops.Value;
import transconv.shape.Axis;
import transconv.shape.Geometry;
import transconv.shape.Shape;

class OneDnnEngineTest {

    private static final Axis SAME = new Axis(12, 12, 3, 1, 1, 1);
    private static final Axis DOUBLED = new Axis(16, 8, 4, 2, 1, 1);
    private static final Engine ENGINE = new OneDnnEngine();

    private static Geometry square(Axis axis, int largeChannels, int smallChannels) {
        return new Geometry(List.of(axis, axis), largeChannels, smallChannels, 1);
    }

    /** A layer with weights, its output and all gradients. */
    private record Layer(Graph graph, Value input, Value seed, Parameter kernel, List<Value> results) {

        static Layer of(Geometry geometry, boolean transposed, int batch) {
            Graph graph = new Graph();
            Value x = graph.input(transposed ? geometry.small(batch) : geometry.large(batch));
            Parameter kernel = new Parameter("kernel", floats(geometry.kernel(), 1));
            Parameter bias = new Parameter(
                    "bias", floats(Shape.of(transposed ? geometry.largeChannels() : geometry.smallChannels()), 2));
            Value k = graph.parameter(kernel);
            Value b = graph.parameter(bias);
            Value sums =
                    graph.apply(transposed ? new TransposedConvolution(geometry) : new Convolution(geometry), x, k);
            Value y = FusedActivation.RELU.of(graph.apply(new AddBias(), sums, b));
            Value seed = graph.input(y.shape());
            List<Value> results = new ArrayList<>(List.of(y));
            results.addAll(Gradients.of(y, seed, List.of(x, k, b)));
            results.forEach(graph::output);
            return new Layer(graph, x, seed, kernel, results);
        }

        void feed(Program program) {
            for (Value value : List.of(input, seed)) {
                int[] rows = IntStream.range(0, value.shape().size(0)).toArray();
                program.feed(value, floats(value.shape(), value.id()), rows);
            }
        }

        List<INDArray> read(Program program) {
            return results.stream().map(value -> program.read(value).dup('c')).toList();
        }
    }

    private static INDArray floats(Shape shape, long seed) {
        return RandomGeometry.values(shape, seed).castTo(DataType.FLOAT);
    }

    @Test
    void saysItsVersion() {
        assertEquals("3.11.0", ((OneDnnEngine) ENGINE).version().replaceAll("3\\.11\\.\\d+", "3.11.0"));
    }

    @Test
    void explainsAlgorithmAndMultiplyAdds() {
        try (Program program = ENGINE.compile(Layer.of(square(SAME, 32, 16), false, 2).graph)) {
            String line = program.explain().lines().get(0).toString();
            assertTrue(line.contains("(2, 12, 12, 16) Convolution: "), line);
            assertTrue(line.contains("multiply-adds: 1,183,744 useful, 1,327,104 executed"), line);
            assertTrue(line.contains("; channels last; "), line);
            // 34 of 36 pairs an axis are not with padding; input, kernel and output.
            assertTrue(line.endsWith("; 73,728 bytes"), line);
        }
    }

    /** Reference loops are hundreds of times slower. */
    @Test
    void neverTakesReferenceLoopsForLayersAsTheyAreUsed() {
        for (Geometry geometry : List.of(
                square(SAME, 1, 32),
                square(SAME, 32, 16),
                square(SAME, 32, 1),
                square(SAME, 8, 8),
                square(DOUBLED, 3, 64),
                square(DOUBLED, 64, 128))) {
            for (boolean transposed : new boolean[] {false, true}) {
                try (Program program = ENGINE.compile(Layer.of(geometry, transposed, 2).graph)) {
                    String explanation = program.explain().toString();
                    assertFalse(explanation.contains("ref:"), explanation);
                    assertFalse(explanation.contains("Convolution: as the nd4j engine"), explanation);
                    assertFalse(explanation.contains("KernelGradient: as the nd4j engine"), explanation);
                    assertFalse(explanation.contains("Activate: as the nd4j engine"), explanation);
                }
            }
        }
    }

    @Test
    void fillsVectorsByBlocksWhereChannelsAreFew() {
        try (Program program = ENGINE.compile(Layer.of(square(SAME, 32, 1), false, 2).graph)) {
            String line = program.explain().lines().get(0).toString();
            assertTrue(line.contains("in blocks of "), line);
            assertTrue(line.contains("multiply-adds: 73,984 useful"), line);
        }
    }

    /** In every form that a kernel is kept in. */
    @Test
    void readsParametersAgainWhenTheyChanged() {
        for (Geometry geometry : List.of(square(SAME, 32, 1), square(SAME, 16, 32), square(DOUBLED, 3, 20))) {
            for (boolean transposed : new boolean[] {false, true}) {
                requireAsReference(Layer.of(geometry, transposed, 2));
            }
        }
    }

    private static void requireAsReference(Layer layer) {
        try (Program program = ENGINE.compile(layer.graph);
                Program reference = Engines.named("reference").compile(layer.graph)) {
            layer.feed(program);
            program.run();
            layer.kernel.value().muli(-0.5);
            program.parametersChanged();
            program.run();
            layer.feed(reference);
            reference.run();
            List<INDArray> wanted = layer.read(reference);
            List<INDArray> received = layer.read(program);
            for (int i = 0; i < wanted.size(); i++) {
                new Closeness().require(program.explain() + " " + i, wanted.get(i), received.get(i), 2e-6);
            }
        }
    }

    /** Odd sizes, one and three axes, dilation, more than one product a run, positions that no tap reaches. */
    @Test
    void addsUpProductsWhereTheResultHasFewChannels() {
        Axis odd = new Axis(11, 5, 4, 2, 1, 1);
        for (Geometry geometry : List.of(
                new Geometry(List.of(DOUBLED, odd), 3, 64, 1),
                new Geometry(List.of(new Axis(16, 5, 4, 3, 1, 0)), 2, 64, 1),
                new Geometry(List.of(new Axis(23, 12, 3, 2, 2, 2), new Axis(25, 12, 3, 2, 2, 1)), 8, 16, 1),
                new Geometry(List.of(new Axis(6, 3, 4, 2, 1, 1), odd, new Axis(4, 2, 4, 2, 1, 1)), 3, 64, 1),
                new Geometry(List.of(new Axis(6, 3, 4, 2, 1, 1), new Axis(8, 4, 4, 2, 1, 1)), 256, 256, 1),
                new Geometry(List.of(new Axis(44, 20, 8, 2, 1, 1), new Axis(43, 20, 8, 2, 1, 1)), 3, 64, 1))) {
            Layer layer = Layer.of(geometry, true, 10);
            try (Program program = ENGINE.compile(layer.graph)) {
                String line = program.explain().lines().get(0).toString();
                assertTrue(line.contains("(col2im)"), geometry + ": " + line);
            }
            requireAsReference(layer);
        }
    }

    /** A large kernel, windows side by side and apart, dilation with a stride; odd sizes, one axis and two. */
    @Test
    void multipliesWindowsForKernelGradients() {
        for (Geometry geometry : List.of(
                new Geometry(List.of(new Axis(5, 3, 3, 2, 1, 1), new Axis(7, 4, 3, 2, 1, 1)), 64, 512, 1),
                new Geometry(List.of(new Axis(12, 6, 2, 2, 1, 0), new Axis(11, 5, 2, 2, 1, 0)), 24, 80, 1),
                new Geometry(List.of(new Axis(14, 5, 2, 3, 1, 0)), 5, 72, 1),
                new Geometry(List.of(new Axis(23, 12, 3, 2, 2, 2), new Axis(25, 12, 3, 2, 2, 1)), 8, 16, 1))) {
            Layer layer = Layer.of(geometry, false, 3);
            try (Program program = ENGINE.compile(layer.graph)) {
                assertTrue(program.explain().toString().contains("of windows"), geometry.toString());
            }
            requireAsReference(layer);
        }
    }

    @Test
    void computesTheSameBitsOnEveryThread() {
        Layer layer = Layer.of(square(SAME, 32, 16), true, 4);
        List<double[]> first = computed(layer);
        List<CompletableFuture<List<double[]>>> others = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> computed(layer)))
                .limit(4)
                .toList();
        for (CompletableFuture<List<double[]>> other : others) {
            List<double[]> received = other.join();
            for (int i = 0; i < first.size(); i++) {
                assertArrayEquals(first.get(i), received.get(i), 0);
            }
        }
    }

    private static List<double[]> computed(Layer layer) {
        try (Program program = ENGINE.compile(layer.graph)) {
            layer.feed(program);
            program.run();
            return layer.read(program).stream()
                    .map(array -> array.data().asDouble())
                    .toList();
        }
    }

    /** Each program takes some 20 MB; thirty that stayed would be 600. */
    @Test
    void givesAllMemoryBackWhenClosed() {
        Layer layer = Layer.of(square(new Axis(64, 64, 3, 1, 1, 1), 32, 1), true, 8);
        for (int i = 0; i < 5; i++) {
            computeAndClose(layer);
        }
        long before = Pointer.physicalBytes();
        for (int i = 0; i < 30; i++) {
            computeAndClose(layer);
        }
        long grown = Pointer.physicalBytes() - before;
        assertTrue(grown < 150L << 20, "grown by %,d bytes".formatted(grown));
    }

    @Test
    void freesWhatNobodyClosed() throws InterruptedException {
        Session session = ofForgottenProgram(Layer.of(square(SAME, 3, 2), true, 2));
        assertFalse(session.isClosed());
        long patience = System.nanoTime() + 60_000_000_000L;
        while (!session.isClosed() && System.nanoTime() < patience) {
            System.gc();
            Thread.sleep(20);
        }
        assertTrue(session.isClosed());
    }

    private static Session ofForgottenProgram(Layer layer) {
        OneDnnProgram program = (OneDnnProgram) ENGINE.compile(layer.graph);
        layer.feed(program);
        program.run();
        return program.session();
    }

    @Test
    void refusesToRunWhenClosed() {
        Program program = ENGINE.compile(Layer.of(square(SAME, 3, 2), true, 2).graph);
        program.close();
        assertEquals(
                "onednn engine: the program is closed; compile its graph again",
                assertThrows(IllegalStateException.class, program::run).getMessage());
    }

    private static void computeAndClose(Layer layer) {
        try (Program program = ENGINE.compile(layer.graph)) {
            program.feed(layer.input, Nd4j.ones(layer.input.shape().toLongArray()), new int[] {0});
            program.run();
        }
    }

    @Test
    void takesKernelGradientsFromTheSideThatFillsVectors() {
        Geometry geometry = square(SAME, 32, 1);
        Graph graph = new Graph();
        graph.output(graph.apply(
                new KernelGradient(geometry), graph.input(geometry.large(2)), graph.input(geometry.small(2))));
        try (Program program = ENGINE.compile(graph)) {
            assertTrue(program.explain().toString().contains("kernel flipped"));
        }
    }
}
