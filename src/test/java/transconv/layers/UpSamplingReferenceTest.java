package transconv.layers;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import transconv.Closeness;
import transconv.engines.Engines;
import transconv.engines.Program;
import transconv.ops.Graph;
import transconv.ops.Value;
import transconv.reference.UpSampling;
import transconv.shape.Shape;

/** The layer, by matrices along each axis, against plain loops over the picture, which share no code with it. */
class UpSamplingReferenceTest {

    private static final Closeness CLOSENESS = new Closeness();

    private interface Loops {
        double[][] of(double[][] picture, int height, int width);
    }

    @AfterAll
    static void printWorst() {
        System.out.println("upsampling against loops, " + CLOSENESS);
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                way(Interpolation.NEAREST, CoordinateTransformation.HALF_PIXEL, UpSampling::nearest),
                way(Interpolation.NEAREST, CoordinateTransformation.ASYMMETRIC, UpSampling::nearest),
                way(
                        Interpolation.BILINEAR,
                        CoordinateTransformation.HALF_PIXEL,
                        (picture, height, width) -> UpSampling.bilinear(picture, height, width, true)),
                way(
                        Interpolation.BILINEAR,
                        CoordinateTransformation.ASYMMETRIC,
                        (picture, height, width) -> UpSampling.bilinear(picture, height, width, false)),
                way(Interpolation.BICUBIC, CoordinateTransformation.HALF_PIXEL, UpSampling::bicubic));
    }

    private static Arguments way(Interpolation interpolation, CoordinateTransformation positions, Loops loops) {
        return Arguments.of(interpolation, positions, loops);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("ways")
    void agreesOnDrawnPictures(Interpolation interpolation, CoordinateTransformation positions, Loops loops) {
        Random random = new Random(4);
        for (int i = 0; i < 60; i++) {
            int[] factors = {1 + random.nextInt(7), 1 + random.nextInt(7)};
            double[][] picture = new double[1 + random.nextInt(6)][1 + random.nextInt(6)];
            for (double[] row : picture) {
                for (int column = 0; column < row.length; column++) {
                    row[column] = (float) random.nextGaussian();
                }
            }
            Layer layer =
                    Layers.upSampling2D(factors).interpolation(interpolation).coordinateTransformation(positions);
            layer.build(Shape.of(picture.length, picture[0].length, 1));
            double[][] expected = loops.of(picture, factors[0], factors[1]);
            CLOSENESS.require(
                    interpolation + " " + positions,
                    Stream.of(expected).flatMapToDouble(Arrays::stream).toArray(),
                    computed(layer, picture),
                    1e-6);
        }
    }

    private static double[] computed(Layer layer, double[][] picture) {
        Graph graph = new Graph();
        Value input = graph.input(layer.inputShape().prepend(1));
        Value output = layer.call(input);
        graph.output(output);
        try (Program program = Engines.named("reference").compile(graph)) {
            program.feed(
                    input,
                    Nd4j.createFromArray(picture)
                            .castTo(DataType.FLOAT)
                            .reshape('c', input.shape().toLongArray()),
                    new int[] {0});
            program.run();
            return program.read(output).dup('c').data().asDouble();
        }
    }
}
