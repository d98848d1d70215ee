package transconv.engines;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import transconv.EnginesUnderTest;
import transconv.ops.Computation;
import transconv.ops.Convolution;
import transconv.ops.KernelGradient;
import transconv.ops.Op;
import transconv.ops.RandomGeometry;
import transconv.ops.TransposedConvolution;
import transconv.shape.Axis;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/**
 * Convolutions with many groups of few channels, and between many channels and few, more and fewer than fit a vector of
 * any CPU, on whole numbers: sums have no rounding, and every engine's results are the reference's, bit for bit.
 */
class WholeNumbersTest {

    private static final int BATCH = 2;
    private static final Axis VALID = new Axis(9, 7, 3, 1, 1, 0);
    private static final Axis SAME = new Axis(6, 6, 3, 1, 1, 1);
    private static final Axis STRIDED = new Axis(8, 4, 3, 2, 1, 1);
    private static final Axis DILATED = new Axis(7, 7, 3, 1, 2, 2);
    private static final Axis POINTWISE = new Axis(5, 5, 1, 1, 1, 0);
    private static final Axis APART = new Axis(11, 3, 2, 4, 1, -1);

    private record Case(String name, List<Axis> axes, int groups, int large, int small) {}

    @TestFactory
    Stream<DynamicTest> asTheReference() {
        return Stream.of(
                        new Case("depthwise, 16 channels, nothing around", List.of(VALID, VALID), 16, 1, 1),
                        new Case("depthwise, 5 channels", List.of(SAME, STRIDED), 5, 1, 1),
                        new Case("depthwise, 37 channels", List.of(STRIDED, SAME), 37, 1, 1),
                        new Case("depthwise, 32 channels, dilated", List.of(DILATED, SAME), 32, 1, 1),
                        new Case("depthwise, 19 channels, pointwise", List.of(POINTWISE, POINTWISE), 19, 1, 1),
                        new Case("depthwise, 18 channels, kernels apart", List.of(APART, VALID), 18, 1, 1),
                        new Case("depthwise, 17 channels, one axis", List.of(STRIDED), 17, 1, 1),
                        new Case("depthwise, 17 channels, three axes", List.of(SAME, STRIDED, VALID), 17, 1, 1),
                        new Case("multiplier 2, 20 channels", List.of(STRIDED, VALID), 20, 1, 2),
                        new Case("multiplier 3, 7 channels", List.of(SAME, SAME), 7, 1, 3),
                        new Case("2 channels to 1, 20 groups", List.of(SAME, STRIDED), 20, 2, 1),
                        new Case("2 to 2, 9 groups", List.of(DILATED, STRIDED), 9, 2, 2),
                        new Case("4 to 3, 6 groups", List.of(VALID, SAME), 6, 4, 3),
                        new Case("3 to 4, 11 groups", List.of(STRIDED, DILATED), 11, 3, 4),
                        new Case("8 to 1, 3 groups", List.of(SAME, VALID), 3, 8, 1),
                        new Case("5 to 6, 2 groups", List.of(STRIDED, SAME), 2, 5, 6),
                        new Case("32 to 1", List.of(SAME, VALID), 1, 32, 1),
                        new Case("48 to 2, strided", List.of(STRIDED, SAME), 1, 48, 2),
                        new Case("64 to 3, kernels apart", List.of(APART, STRIDED), 1, 64, 3),
                        new Case("16 to 1, dilated", List.of(DILATED, STRIDED), 1, 16, 1),
                        new Case("1 to 16, three axes", List.of(SAME, STRIDED, VALID), 1, 1, 16),
                        new Case("2 to 64, strided", List.of(STRIDED, VALID), 1, 2, 64),
                        new Case("17 to 1", List.of(SAME), 1, 17, 1))
                .flatMap(WholeNumbersTest::onEachEngine);
    }

    private static Stream<DynamicTest> onEachEngine(Case named) {
        Geometry geometry = new Geometry(
                named.axes(), named.groups() * named.large(), named.groups() * named.small(), named.groups());
        INDArray x = wholeNumbers(geometry.large(BATCH), 1);
        INDArray kernel = wholeNumbers(geometry.kernel(), 2);
        INDArray y = wholeNumbers(geometry.small(BATCH), 3);
        return EnginesUnderTest.floats()
                .map(engine -> DynamicTest.dynamicTest(named.name() + " on " + engine, () -> {
                    requireEqual(engine, new Convolution(geometry), x, kernel);
                    requireEqual(engine, new TransposedConvolution(geometry), y, kernel);
                    requireEqual(engine, new KernelGradient(geometry), x, y);
                }));
    }

    private static void requireEqual(String engine, Op op, INDArray... inputs) {
        assertArrayEquals(
                values(Computation.run("reference", op, inputs)),
                values(Computation.run(engine, op, inputs)),
                0,
                op.toString());
    }

    private static double[] values(INDArray array) {
        return array.dup('c').data().asDouble();
    }

    /** -3 to 3. */
    private static INDArray wholeNumbers(Shape shape, long seed) {
        return Transforms.round(
                RandomGeometry.values(shape, seed).castTo(DataType.FLOAT).muli(3.4));
    }
}
