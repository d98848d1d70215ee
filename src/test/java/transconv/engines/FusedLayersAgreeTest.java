package transconv.engines;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.Closeness;
import transconv.EnginesUnderTest;
import transconv.ops.AddBias;
import transconv.ops.Computation;
import transconv.ops.Convolution;
import transconv.ops.FusedActivation;
import transconv.ops.Op;
import transconv.ops.RandomGeometry;
import transconv.ops.TransposedConvolution;
import transconv.shape.Axis;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/**
 * A convolution or its transpose with bias and rectifier, which engines may compute as one, and all its gradients
 * against the reference engine.
 */
class FusedLayersAgreeTest {

    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("fused layers, " + CLOSENESS);
    }

    @TestFactory
    Stream<DynamicTest> ofRandomGeometry() {
        return RandomGeometry.draw(60)
                .map(drawn -> DynamicTest.dynamicTest(
                        drawn.toString(), () -> compareBoth(drawn.geometry(), drawn.batch(), drawn.seed())));
    }

    /** Sizes at which engines choose their algorithms. */
    @TestFactory
    Stream<DynamicTest> ofLayersAsTheyAreUsed() {
        Axis same = new Axis(12, 12, 3, 1, 1, 1);
        Axis valid = new Axis(14, 12, 3, 1, 1, 0);
        Axis doubled = new Axis(16, 8, 4, 2, 1, 1);
        Axis uneven = new Axis(17, 8, 3, 2, 1, 0);
        Axis outputPadded = new Axis(16, 8, 3, 2, 1, 1);
        Axis separate = new Axis(12, 6, 2, 2, 1, 0);
        Axis dilated = new Axis(12, 12, 3, 1, 2, 2);
        Axis thirds = new Axis(20, 7, 5, 3, 1, 2);
        Axis five = new Axis(10, 10, 5, 1, 1, 2);
        return Stream.of(
                        new Geometry(List.of(same, same), 32, 1, 1),
                        new Geometry(List.of(same, same), 1, 32, 1),
                        new Geometry(List.of(valid, same), 16, 8, 1),
                        new Geometry(List.of(valid, valid), 8, 8, 1),
                        new Geometry(List.of(doubled, doubled), 3, 64, 1),
                        new Geometry(List.of(uneven, doubled), 1, 32, 1),
                        new Geometry(List.of(uneven, uneven), 3, 20, 1),
                        new Geometry(List.of(outputPadded, separate), 16, 32, 1),
                        new Geometry(List.of(dilated, dilated), 4, 4, 1),
                        new Geometry(List.of(thirds, thirds), 2, 17, 1),
                        new Geometry(List.of(five, same), 24, 24, 3),
                        new Geometry(List.of(same, same), 16, 16, 16),
                        new Geometry(List.of(same), 20, 2, 1),
                        new Geometry(List.of(separate, uneven, same), 3, 18, 1),
                        new Geometry(List.of(), 40, 7, 1),
                        // oneDNN 3.11 is wrong here: one channel, and a single position with a stride.
                        new Geometry(List.of(new Axis(6, 4, 6, 1, 1, 1), new Axis(2, 1, 5, 3, 1, 1)), 1, 4, 1),
                        new Geometry(List.of(new Axis(4, 3, 2, 1, 1, 0), new Axis(5, 3, 3, 1, 1, 0)), 1, 4, 1))
                .map(geometry -> DynamicTest.dynamicTest(geometry.toString(), () -> compareBoth(geometry, 3, 7)));
    }

    private static void compareBoth(Geometry geometry, int batch, long seed) {
        Shape large = geometry.large(batch);
        Shape small = geometry.small(batch);
        compare(new Convolution(geometry), large, small, geometry, seed);
        compare(new TransposedConvolution(geometry), small, large, geometry, seed + 1);
    }

    private static void compare(Op convolution, Shape from, Shape to, Geometry geometry, long seed) {
        INDArray[] inputs = Stream.of(from, geometry.kernel(), Shape.of(to.last()))
                .map(shape -> RandomGeometry.values(shape, seed + shape.rank()).castTo(DataType.FLOAT))
                .toArray(INDArray[]::new);
        // Positive, so that sums do not cancel.
        INDArray above = RandomGeometry.values(to, seed).addi(1.5).castTo(DataType.FLOAT);
        Computation.Formula layer = (graph, in) -> FusedActivation.RELU.of(
                graph.apply(new AddBias(), graph.apply(convolution, in.get(0), in.get(1)), in.get(2)));
        INDArray expected = Computation.run("reference", layer, inputs);
        int[] by = {0, 1, 2};
        List<INDArray> gradients = Computation.gradients("reference", layer, above, by, inputs);
        String name = convolution.getClass().getSimpleName();
        EnginesUnderTest.floats().forEach(engine -> {
            CLOSENESS.require(name + " on " + engine, expected, Computation.run(engine, layer, inputs), 1e-6);
            List<INDArray> received = Computation.gradients(engine, layer, above, by, inputs);
            for (int i : by) {
                // A value at the rectifier's kink may fall on either side; none of these cases has one.
                CLOSENESS.require(
                        "gradient %d of %s on %s".formatted(i, name, engine), gradients.get(i), received.get(i), 2e-6);
            }
        });
    }
}
