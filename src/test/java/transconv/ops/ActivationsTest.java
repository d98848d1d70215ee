package transconv.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.EnginesUnderTest;
import transconv.engines.Engines;
import transconv.engines.Program;
import transconv.shape.Shape;

/** Activation functions at values where formulas break, and those that have no name of their own. */
class ActivationsTest {

    /** Where the function has ended: what it is there, and its slope. */
    private static DynamicTest far(Activation function, double x, double value, double slope) {
        return DynamicTest.dynamicTest(
                function + " at " + x, () -> EnginesUnderTest.names().forEach(engine -> {
                    List<double[]> found = run(engine, function::of, new int[] {1}, x);
                    assertEquals(value, found.get(0)[0], 1e-6 * Math.max(1, Math.abs(value)), engine);
                    assertEquals(slope, found.get(1)[0], 1e-6, engine);
                }));
    }

    @TestFactory
    Stream<DynamicTest> farFromZero() {
        List<DynamicTest> tests = new ArrayList<>();
        for (double x : new double[] {100, 1e6, 1e15}) {
            for (Activation same : List.of(
                    Activation.LINEAR,
                    Activation.RELU,
                    Activation.LEAKY_RELU,
                    Activation.ELU,
                    Activation.CELU,
                    Activation.GELU,
                    Activation.SILU,
                    Activation.HARD_SILU,
                    Activation.SOFTPLUS,
                    Activation.HARD_SHRINK,
                    Activation.SPARSE_PLUS,
                    Activation.MISH)) {
                tests.add(far(same, x, x, 1));
            }
            for (Activation one : List.of(
                    Activation.SIGMOID,
                    Activation.HARD_SIGMOID,
                    Activation.TANH,
                    Activation.HARD_TANH,
                    Activation.SPARSE_SIGMOID)) {
                tests.add(far(one, x, 1, 0));
                tests.add(far(one, -x, one == Activation.TANH || one == Activation.HARD_TANH ? -1 : 0, 0));
            }
            for (Activation zero : List.of(
                    Activation.RELU,
                    Activation.RELU6,
                    Activation.GELU,
                    Activation.SILU,
                    Activation.HARD_SILU,
                    Activation.SOFTPLUS,
                    Activation.SPARSE_PLUS,
                    Activation.EXPONENTIAL,
                    Activation.MISH)) {
                tests.add(far(zero, -x, 0, 0));
            }
            tests.add(far(Activation.RELU6, x, 6, 0));
            tests.add(far(Activation.ELU, -x, -1, 0));
            tests.add(far(Activation.CELU, -x, -1, 0));
            tests.add(far(Activation.SELU, x, 1.0507009873554805 * x, 1.0507009873554805));
            tests.add(far(Activation.SELU, -x, -1.7580993408473768, 0));
            tests.add(far(Activation.LEAKY_RELU, -x, -0.2 * x, 0.2));
            tests.add(far(Activation.LOG_SIGMOID, x, 0, 0));
            tests.add(far(Activation.LOG_SIGMOID, -x, -x, 1));
        }
        tests.add(far(Activation.SQUAREPLUS, 1e6, 1e6, 1));
        tests.add(far(Activation.SQUAREPLUS, -1e4, 1e-4, 1e-8));
        tests.add(far(Activation.SOFTSIGN, 99, 0.99, 1e-4));
        return tests.stream();
    }

    /** Digits that a formula with a difference loses: relative, not absolute. */
    @Test
    void squareplusKeepsItsDigitsBelowZero() {
        EnginesUnderTest.names().forEach(engine -> {
            double found =
                    run(engine, Activation.SQUAREPLUS::of, new int[] {1}, -1000).get(0)[0];
            assertEquals(1, found / 9.99999000001999996e-4, 2e-7, engine);
        });
    }

    @Test
    void celuHasOneSlopeAtZero() {
        EnginesUnderTest.names()
                .forEach(engine -> assertArrayEquals(
                        new double[] {1},
                        run(engine, Activation.CELU::of, new int[] {1}, 0).get(1)));
    }

    /** Worked out by hand: 0.3 + 0.2 + 0.1 lacks 0.4 of 1, which the two or three on the simplex share. */
    @Test
    void sparsemaxAddsUpToOne() {
        EnginesUnderTest.names().forEach(engine -> {
            List<double[]> found =
                    run(engine, Activation.SPARSEMAX::of, new int[] {3, 3}, 0.3, 0.2, 0.1, 2, 1.5, -100, 100, 0, -100);
            double third = 0.4 / 3;
            assertArrayEquals(
                    new double[] {0.3 + third, 0.2 + third, 0.1 + third, 0.75, 0.25, 0, 1, 0, 0},
                    found.get(0),
                    1e-6,
                    engine);
            // the gradient of a sum that is always 1
            assertArrayEquals(new double[9], found.get(1), 1e-6, engine);
        });
    }

    @Test
    void thresholdGivesAnotherValueBelow() {
        EnginesUnderTest.names().forEach(engine -> {
            List<double[]> found = run(engine, x -> Activations.threshold(x, 1, -3), new int[] {4}, 0.5, 1, 1.5, 20);
            assertArrayEquals(new double[] {-3, -3, 1.5, 20}, found.get(0), engine);
            assertArrayEquals(new double[] {0, 0, 1, 1}, found.get(1), engine);
        });
    }

    @Test
    void gluGatesTheFirstHalfByTheSecond() {
        EnginesUnderTest.names().forEach(engine -> {
            List<double[]> found =
                    run(engine, x -> Activations.glu(x, 1), new int[] {2, 4}, 1, 2, 0, 0, 3, 4, 100, -100);
            assertArrayEquals(new double[] {0.5, 1, 3, 0}, found.get(0), 1e-6, engine);
            assertArrayEquals(new double[] {0.5, 0.5, 0.25, 0.5, 1, 0, 0, 0}, found.get(1), 1e-6, engine);
        });
    }

    @Test
    void gluRefusesWhatItCannotHalve() {
        Graph graph = new Graph();
        Value x = graph.input(Shape.of(2, 3));
        assertEquals(
                "glu: axis 1 of (2, 3) has length 3; it must be even, to be halved",
                assertThrows(IllegalArgumentException.class, () -> Activations.glu(x, 1))
                        .getMessage());
    }

    /** Values of PyTorch's {@code gelu(approximate="tanh")}, {@code celu(alpha=2)} and {@code softshrink(1)}. */
    @Test
    void parametersOtherThanTheDefaults() {
        EnginesUnderTest.names().forEach(engine -> {
            double[] x = {-3, -0.5, 0.25, 2};
            assertArrayEquals(
                    GELU_TANH,
                    run(engine, v -> Activations.gelu(v, true), new int[] {4}, x)
                            .get(0),
                    1e-6,
                    engine);
            assertArrayEquals(
                    CELU_2,
                    run(engine, v -> Activations.celu(v, 2), new int[] {4}, x).get(0),
                    1e-6,
                    engine);
            assertArrayEquals(
                    new double[] {-2, 0, 0, 1},
                    run(engine, v -> Activations.softShrink(v, 1), new int[] {4}, x)
                            .get(0),
                    1e-6,
                    engine);
        });
    }

    private static final double[] GELU_TANH = {
        -0.0036373920817729943, -0.15428599017485606, 0.149675350701685, 1.954597694087775
    };
    private static final double[] CELU_2 = {-1.5537396797031404, -0.44239843385719024, 0.25, 2.0};

    @Test
    void noFunctionMakesNaNOfALargeNumber() {
        EnginesUnderTest.names().forEach(engine -> {
            for (Activation function : Activation.values()) {
                for (double x : new double[] {-1e4, -100, 100, 1e4}) {
                    List<double[]> found = run(engine, function::of, new int[] {1, 3}, x, 0.5, -x);
                    boolean overflows = function == Activation.EXPONENTIAL;
                    assertTrue(
                            overflows
                                    || found.stream()
                                            .flatMapToDouble(Arrays::stream)
                                            .allMatch(Double::isFinite),
                            () -> function + " at " + x + " on " + engine);
                }
            }
        });
    }

    /** The function's values, and the gradient of their sum. */
    private static List<double[]> run(String engine, UnaryOperator<Value> function, int[] shape, double... x) {
        Graph graph = new Graph();
        Value input = graph.input(Shape.of(shape));
        Value output = function.apply(input);
        Value seed = Ops.fill(graph, output.shape(), 1);
        Value gradient = Gradients.of(output, seed, List.of(input)).get(0);
        graph.output(output);
        graph.output(gradient);
        try (Program program = Engines.named(engine).compile(graph)) {
            INDArray array = Nd4j.createFromArray(x).reshape('c', shape);
            if (graph.needed().contains(input)) {
                program.feed(
                        input,
                        array,
                        java.util.stream.IntStream.range(0, shape[0]).toArray());
            }
            program.run();
            return Stream.of(output, gradient)
                    .map(value -> program.read(value).dup('c').data().asDouble())
                    .toList();
        }
    }
}
