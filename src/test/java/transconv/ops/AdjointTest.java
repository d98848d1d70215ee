package transconv.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.shape.Axis;
import transconv.shape.Geometry;

/**
 * The three faces of the trilinear form T(x, k, y): each gives the same number when closed with the argument it leaves
 * out.
 */
class AdjointTest {

    private static double dot(INDArray a, INDArray b) {
        return a.mul(b).sumNumber().doubleValue();
    }

    @Test
    void convolutionTransposeAndKernelGradientAreFacesOfOneForm() {
        double worst = 0;
        for (RandomGeometry drawn : RandomGeometry.draw(600).toList()) {
            Geometry geometry = drawn.geometry();
            INDArray x = RandomGeometry.values(geometry.large(drawn.batch()), 3 * drawn.seed());
            INDArray k = RandomGeometry.values(geometry.kernel(), 3 * drawn.seed() + 1);
            INDArray y = RandomGeometry.values(geometry.small(drawn.batch()), 3 * drawn.seed() + 2);
            double form = dot(Computation.run("reference", new Convolution(geometry), x, k), y);
            double transposed = dot(Computation.run("reference", new TransposedConvolution(geometry), y, k), x);
            double kernel = dot(Computation.run("reference", new KernelGradient(geometry), x, y), k);
            double scale = x.norm2Number().doubleValue()
                    * k.norm2Number().doubleValue()
                    * y.norm2Number().doubleValue();
            double deviation = Math.max(Math.abs(form - transposed), Math.abs(form - kernel)) / scale;
            worst = Math.max(worst, deviation);
            assertTrue(deviation <= 1e-12, () -> drawn + ": " + form + ", " + transposed + ", " + kernel);
        }
        System.out.printf("adjoints, worst deviation of 600 geometries: %.1e%n", worst);
    }

    /** The draw reaches the corners it is made for. */
    @Test
    void geometriesCoverWhatTheyShould() {
        List<Geometry> all =
                RandomGeometry.draw(600).map(RandomGeometry::geometry).toList();
        List<Axis> axes =
                all.stream().flatMap(geometry -> geometry.axes().stream()).toList();
        assertEquals(
                3,
                all.stream().map(geometry -> geometry.axes().size()).distinct().count());
        assertTrue(all.stream()
                .anyMatch(geometry -> geometry.groups() == 3 && geometry.largeChannels() != geometry.smallChannels()));
        assertTrue(
                axes.stream().anyMatch(axis -> axis.crop() < 0 && axis.cropEnd() < 0), "output padding at both ends");
        assertTrue(
                axes.stream().anyMatch(axis -> axis.crop() > 0 && axis.cropEnd() > 0 && axis.crop() != axis.cropEnd()),
                "uneven crop");
        assertTrue(
                axes.stream().anyMatch(axis -> axis.stride() == 3 && axis.dilation() == 2 && axis.kernel() == 4),
                "stride and dilation");
        assertTrue(
                axes.stream().anyMatch(axis -> axis.stride() > axis.kernel() * axis.dilation()),
                "positions that nothing reaches");
    }
}
