package transconv.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.Closeness;
import transconv.EnginesUnderTest;
import transconv.ops.Activate;
import transconv.ops.ActivateGradient;
import transconv.ops.AddBias;
import transconv.ops.Binary;
import transconv.ops.BinaryFunction;
import transconv.ops.Computation;
import transconv.ops.Convolution;
import transconv.ops.Dot;
import transconv.ops.FusedActivation;
import transconv.ops.FusedLoss;
import transconv.ops.Graph;
import transconv.ops.KernelGradient;
import transconv.ops.LossFunction;
import transconv.ops.LossGradient;
import transconv.ops.Op;
import transconv.ops.Ops;
import transconv.ops.RandomGeometry;
import transconv.ops.Reshape;
import transconv.ops.SumPositions;
import transconv.ops.TransposedConvolution;
import transconv.ops.Value;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/** Every op on the engines that compute in floats against the reference engine. */
class EnginesAgreeTest {

    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("engines, " + CLOSENESS);
    }

    private static void compare(Op op, INDArray... inputs) {
        INDArray[] floats =
                Stream.of(inputs).map(input -> input.castTo(DataType.FLOAT)).toArray(INDArray[]::new);
        // As floats, since what is below 1e-45 is zero there.
        INDArray expected = Computation.run("reference", op, floats).castTo(DataType.FLOAT);
        EnginesUnderTest.floats()
                .forEach(engine -> CLOSENESS.require(
                        op.getClass().getSimpleName() + " on " + engine,
                        expected,
                        Computation.run(engine, op, floats),
                        1e-6));
    }

    @Test
    void onConvolutionsOfRandomGeometry() {
        for (RandomGeometry drawn : RandomGeometry.draw(400).toList()) {
            Geometry geometry = drawn.geometry();
            INDArray x = RandomGeometry.values(geometry.large(drawn.batch()), 3 * drawn.seed());
            INDArray k = RandomGeometry.values(geometry.kernel(), 3 * drawn.seed() + 1);
            INDArray y = RandomGeometry.values(geometry.small(drawn.batch()), 3 * drawn.seed() + 2);
            try {
                compare(new Convolution(geometry), x, k);
                compare(new TransposedConvolution(geometry), y, k);
                compare(new KernelGradient(geometry), x, y);
            } catch (RuntimeException failure) {
                throw new AssertionError(drawn.toString(), failure);
            }
        }
    }

    @Test
    void onDenseLayersOfAnySize() {
        for (int batch : new int[] {1, 2, 5}) {
            for (int in : new int[] {1, 3}) {
                for (int out : new int[] {1, 4}) {
                    Geometry dense = new Geometry(List.of(), in, out, 1);
                    INDArray x = RandomGeometry.values(Shape.of(batch, in), 1);
                    INDArray k = RandomGeometry.values(Shape.of(in, out), 2);
                    INDArray y = RandomGeometry.values(Shape.of(batch, out), 3);
                    compare(new Convolution(dense), x, k);
                    compare(new TransposedConvolution(dense), y, k);
                    compare(new KernelGradient(dense), x, y);
                }
            }
        }
    }

    /** Engines may join a convolution and the bias after it, but not one that is computed later. */
    @Test
    void onABiasThatIsComputedAfterTheConvolution() {
        Geometry dense = new Geometry(List.of(), 3, 4, 1);
        Graph graph = new Graph();
        Value x = graph.input(Shape.of(2, 3));
        Value k = graph.input(dense.kernel());
        Value b = graph.input(Shape.of(4));
        Value product = graph.apply(new Convolution(dense), x, k);
        Value sum = graph.apply(new AddBias(), product, Ops.affine(b, -2, 1));
        graph.output(sum);
        EnginesUnderTest.names().forEach(engine -> {
            try (Program program = Engines.named(engine).compile(graph)) {
                program.feed(x, Nd4j.ones(2, 3), new int[] {0, 1});
                program.feed(k, Nd4j.ones(3, 4), new int[] {0, 1, 2});
                program.feed(b, Nd4j.createFromArray(0f, 1, 2, 3), new int[] {0, 1, 2, 3});
                program.run();
                assertEquals(
                        Nd4j.createFromArray(new float[][] {{4, 2, 0, -2}, {4, 2, 0, -2}}),
                        program.read(sum).castTo(DataType.FLOAT),
                        engine);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> onTheOtherOps() {
        return Stream.of(
                        Shape.of(2, 3, 4, 5),
                        Shape.of(1, 1),
                        Shape.of(3, 1),
                        Shape.of(1, 7),
                        Shape.of(4, 2, 1),
                        Shape.of(2, 1, 3))
                .map(shape -> DynamicTest.dynamicTest(shape.toString(), () -> {
                    INDArray a = RandomGeometry.values(shape, 1).muli(4);
                    INDArray b = RandomGeometry.values(shape, 2);
                    compare(new AddBias(), a, RandomGeometry.values(Shape.of(shape.last()), 3));
                    compare(new SumPositions(), a);
                    compare(new Binary(BinaryFunction.ADD), a, b);
                    compare(new Reshape(Shape.of(shape.elements(), 1)), a);
                    for (FusedActivation function : FusedActivation.values()) {
                        compare(new Activate(function), a);
                        compare(
                                new ActivateGradient(function),
                                Computation.run("reference", new Activate(function), a),
                                b);
                    }
                    INDArray each = RandomGeometry.values(Shape.of(shape.size(0)), 4);
                    INDArray probability = b.mul(0.5).addi(0.5);
                    INDArray target = a.div(8).addi(0.5);
                    for (LossFunction function : LossFunction.values()) {
                        INDArray prediction = function == LossFunction.BINARY_CROSSENTROPY ? probability : a;
                        compare(new FusedLoss(function), prediction, target);
                        compare(new LossGradient(function), prediction, target, each);
                    }
                    compare(new Dot(), each, RandomGeometry.values(Shape.of(shape.size(0)), 5));
                }));
    }

    /** Signs must be right where exp overflows and where log meets zero. */
    @Test
    void onSaturatedValues() {
        INDArray logits = Nd4j.createFromArray(new float[][] {{-200, -100, -20, -1e-8f, 0, 1e-8f, 20, 100, 200}});
        for (FusedActivation function : FusedActivation.values()) {
            compare(new Activate(function), logits);
        }
        INDArray probabilities =
                Nd4j.createFromArray(new float[][] {{0, 1, 0, 1, 1e-8f, 1e-7f, 2e-7f, 1 - 6e-8f, 1 - 3e-7f}});
        INDArray targets = Nd4j.createFromArray(new float[][] {{0, 1, 1, 0, 1, 0, 1, 0, 0}});
        INDArray seed = Nd4j.createFromArray(new float[] {1});
        for (int i = 0; i < probabilities.length(); i++) {
            INDArray p = Nd4j.createFromArray(new float[][] {{probabilities.getFloat(i)}});
            INDArray t = Nd4j.createFromArray(new float[][] {{targets.getFloat(i)}});
            compare(new LossGradient(LossFunction.BINARY_CROSSENTROPY), p, t, seed);
        }
        // All at once: a slope or a loss of 2e-9 is lost in the rounding of the probability, a number near 1.
        compare(new FusedLoss(LossFunction.BINARY_CROSSENTROPY_FROM_LOGITS), logits, targets);
        compare(new LossGradient(LossFunction.BINARY_CROSSENTROPY_FROM_LOGITS), logits, targets, seed);
        compare(new FusedLoss(LossFunction.BINARY_CROSSENTROPY), probabilities, targets);
        EnginesUnderTest.floats()
                .map(engine ->
                        Computation.run(engine, new FusedLoss(LossFunction.BINARY_CROSSENTROPY), probabilities, targets))
                .forEach(loss -> assertTrue(Double.isFinite(loss.getDouble(0)), loss::toString));
    }
}
