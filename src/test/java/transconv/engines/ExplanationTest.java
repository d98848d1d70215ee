package transconv.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.DynamicTest;
import org.nd4j.linalg.factory.Nd4j;
import transconv.ops.Convolution;
import transconv.ops.FusedActivation;
import transconv.ops.Graph;
import transconv.ops.KernelGradient;
import transconv.ops.Activate;
import transconv.ops.Op;
import transconv.ops.AddBias;
import transconv.ops.Parameter;
import transconv.ops.TransposedConvolution;
import transconv.ops.Value;
import transconv.shape.Axis;
import transconv.shape.Geometry;

class ExplanationTest {

    /**
     * Height 2 to 4 by stride 2 and 3 taps, one position cut off: taps 0, 1, 2 of row 0 fall on -1, 0, 1 and those of
     * row 1 on 1, 2, 3, so 5 meet. Width 3 to 4 by 2 taps: 6 meet. 2 channels to 3.
     */
    private static final Geometry STRIDED =
            new Geometry(List.of(new Axis(4, 2, 3, 2, 1, 1), new Axis(4, 3, 2, 1, 1, 0)), 3, 2, 1);

    /** 24 positions, a kernel of one tap, 2 channels to 64: whole vectors and tiles on any CPU. */
    private static final Geometry WHOLE = new Geometry(List.of(new Axis(24, 24, 1, 1, 1, 0)), 2, 64, 1);

    private static Explanation explain(String engine, Op op, Value... inputs) {
        Graph graph = inputs[0].graph();
        graph.output(graph.apply(op, inputs));
        try (Program program = Engines.named(engine).compile(graph)) {
            return program.explain();
        }
    }

    private static Explanation explainTransposed(String engine) {
        Graph graph = new Graph();
        return explain(
                engine,
                new TransposedConvolution(STRIDED),
                graph.input(STRIDED.small(2)),
                graph.input(STRIDED.kernel()));
    }

    @Test
    void referenceLeavesOutWhatDoesNotMeet() {
        assertEquals(
                "%2 (2, 4, 4, 3) TransposedConvolution: plain loops in double over positions and taps, those that do"
                        + " not meet left out; channels last; multiply-adds: 360 useful, 360 executed; 1,248 bytes\n"
                        + "work memory: 0 bytes",
                explainTransposed("reference").toString());
    }

    /** Even rows meet tap 1, odd rows taps 0 and 2, two rows each, and all four columns both taps: 6 * 8 a channel. */
    @Test
    void nd4jComputesPhases() {
        Explanation explanation = explainTransposed("nd4j");
        assertEquals(
                "%2 (2, 4, 4, 3) TransposedConvolution: 2 output phases, each im2col and matrix product;"
                        + " channels last; multiply-adds: 360 useful, 576 executed; 624 bytes",
                explanation.lines().get(0).toString());
        assertTrue(explanation.workBytes() > 0);
    }

    @Test
    void nd4jNamesTheWayOfConvolutionsAndGradients() {
        Graph graph = new Graph();
        Value large = graph.input(STRIDED.large(2));
        Explanation convolution = explain("nd4j", new Convolution(STRIDED), large, graph.input(STRIDED.kernel()));
        assertEquals("im2col and matrix product", convolution.lines().get(0).algorithm());
        // 2 samples, 6 windows of 6 taps, 3 channels to 2.
        assertEquals(2 * 6 * 6 * 3 * 2, convolution.lines().get(0).executed());
        Graph other = new Graph();
        Explanation gradient = explain(
                "nd4j", new KernelGradient(STRIDED), other.input(STRIDED.large(2)), other.input(STRIDED.small(2)));
        assertEquals(
                "im2col of the large side and matrix product",
                gradient.lines().get(0).algorithm());
        assertEquals(360, gradient.lines().get(0).useful());
        assertEquals(432, gradient.lines().get(0).executed());
    }

    @Test
    void vectorCountsLanesAndTiles() {
        Graph graph = new Graph();
        Explanation.Line whole = explain(
                        "vector", new Convolution(WHOLE), graph.input(WHOLE.large(3)), graph.input(WHOLE.kernel()))
                .lines()
                .get(0);
        assertTrue(whole.algorithm().startsWith("tiles: output channels in vectors of "), whole.algorithm());
        assertEquals(3 * 24 * 2 * 64, whole.useful());
        assertEquals(whole.useful(), whole.executed());
        Graph other = new Graph();
        Explanation.Line gradient = explain(
                        "vector", new KernelGradient(WHOLE), other.input(WHOLE.large(3)), other.input(WHOLE.small(3)))
                .lines()
                .get(0);
        // A tile has 8 rows of the kernel, which has 2.
        assertEquals(4 * gradient.useful(), gradient.executed());
        Explanation.Line strided = explainTransposed("vector").lines().get(0);
        assertEquals(360, strided.useful());
        assertTrue(strided.executed() > 360, strided.toString());
        assertEquals(624, strided.bytes());
    }

    @Test
    void vectorTakesGroupsTogether() {
        Geometry depthwise = new Geometry(WHOLE.axes(), 64, 64, 64);
        Graph graph = new Graph();
        Explanation.Line line = explain(
                        "vector",
                        new Convolution(depthwise),
                        graph.input(depthwise.large(3)),
                        graph.input(depthwise.kernel()))
                .lines()
                .get(0);
        assertTrue(line.algorithm().startsWith("tiles: each output channel with its own inputs in "), line.algorithm());
        assertEquals(3 * 24 * 64, line.useful());
        assertEquals(line.useful(), line.executed());
        Graph other = new Graph();
        Explanation.Line gradient = explain(
                        "vector",
                        new KernelGradient(depthwise),
                        other.input(depthwise.large(3)),
                        other.input(depthwise.small(3)))
                .lines()
                .get(0);
        // A tile has 9 rows of the kernel, which has one.
        assertEquals(9 * gradient.useful(), gradient.executed());
    }

    @Test
    void vectorSumsOverLanesWhereResultsAreFew() {
        Geometry few = new Geometry(List.of(new Axis(24, 24, 3, 1, 1, 1)), 1, 64, 1);
        Graph graph = new Graph();
        Explanation.Line line = explain(
                        "vector", new TransposedConvolution(few), graph.input(few.small(3)), graph.input(few.kernel()))
                .lines()
                .get(0);
        assertTrue(line.algorithm().startsWith("tiles: input channels in vectors of "), line.algorithm());
        assertEquals(3 * 24 * 3 * 64, line.executed());
    }

    /** Every engine has one line a step; whoever computes bias and rectifier with the convolution says so. */
    @TestFactory
    List<DynamicTest> stepsOfAFusedLayer() {
        return Engines.available().stream()
                .map(engine -> DynamicTest.dynamicTest(engine.name(), () -> {
                    Graph graph = new Graph();
                    Value kernel = graph.parameter(new Parameter("k", Nd4j.ones(1, 2, 64)));
                    Value bias = graph.parameter(new Parameter("b", Nd4j.ones(64)));
                    Value x = graph.input(WHOLE.large(3));
                    Value sums = graph.apply(new AddBias(), graph.apply(new Convolution(WHOLE), x, kernel), bias);
                    graph.output(graph.apply(new Activate(FusedActivation.RELU), sums));
                    try (Program program = engine.compile(graph)) {
                        Explanation explanation = program.explain();
                        boolean fused = !List.of("reference", "nd4j").contains(engine.name());
                        assertEquals(fused ? 1 : 3, explanation.lines().size(), explanation.toString());
                        assertEquals(
                                fused,
                                explanation.lines().get(0).algorithm().endsWith(", with bias and rectifier"),
                                explanation.toString());
                    }
                }))
                .toList();
    }

    @Test
    void opsWithoutMultiplyAddsHaveNoCounts() {
        Graph graph = new Graph();
        Value x = graph.input(WHOLE.large(3));
        for (String engine : List.of("reference", "nd4j", "vector")) {
            String line = explain(engine, new Activate(FusedActivation.RELU), x)
                    .lines()
                    .get(0)
                    .toString();
            assertTrue(line.matches("%\\d+ \\(3, 24, 2\\) Activate: [a-zA-Z0-9 ]+; [0-9,]+ bytes"), line);
        }
    }
}
