package transconv.ops;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.shape.Axis;
import transconv.shape.Geometry;

/**
 * The three ops of the trilinear form T(x, k, y) in double on the reference engine: each gives the same number when
 * closed with the argument it leaves out. So a transposed convolution is the transpose of a convolution.
 */
class AdjointTest {

    @Provide
    Arbitrary<RandomGeometry> settings() {
        return Geometries.withValues();
    }

    @Property(tries = 1_000)
    @StatisticsReport(StatisticsReportMode.OFF)
    void convolutionTransposeAndKernelGradientAreFacesOfOneForm(@ForAll("settings") RandomGeometry drawn) {
        Geometry geometry = drawn.geometry();
        INDArray x = RandomGeometry.values(geometry.large(drawn.batch()), 3 * drawn.seed());
        INDArray k = RandomGeometry.values(geometry.kernel(), 3 * drawn.seed() + 1);
        INDArray y = RandomGeometry.values(geometry.small(drawn.batch()), 3 * drawn.seed() + 2);
        double form = dot(Computation.run("reference", new Convolution(geometry), x, k), y);
        double transposed = dot(Computation.run("reference", new TransposedConvolution(geometry), y, k), x);
        double kernel = dot(Computation.run("reference", new KernelGradient(geometry), x, y), k);
        double tolerance = 1e-14 * norm(x) * norm(k) * norm(y);
        assertTrue(
                Math.abs(form - transposed) <= tolerance && Math.abs(form - kernel) <= tolerance,
                () -> "convolution %s, transpose %s, kernel gradient %s".formatted(form, transposed, kernel));
        countCorners(geometry, form);
    }

    private static double dot(INDArray a, INDArray b) {
        return a.mul(b).sumNumber().doubleValue();
    }

    private static double norm(INDArray values) {
        return values.norm2Number().doubleValue();
    }

    /** The draw reaches the corners that it is made for. */
    private static void countCorners(Geometry geometry, double form) {
        Statistics.label("axes").collect(geometry.axes().size()).coverage(axes -> List.of(1, 2, 3)
                .forEach(count -> axes.check(count).percentage(share -> share > 20)));
        seldom("groups, in != out", geometry.groups() > 1 && geometry.largeChannels() != geometry.smallChannels());
        seldom("nothing met", form == 0, 0);
        Axis axis = geometry.axes().get(0);
        seldom("output padding at both ends", axis.crop() < 0 && axis.cropEnd() < 0);
        seldom("uneven crop", axis.crop() > 0 && axis.cropEnd() > 0 && axis.crop() != axis.cropEnd());
        seldom("stride and dilation", axis.stride() > 1 && axis.dilation() > 1 && axis.kernel() > 1);
        seldom("gaps", axis.stride() > axis.kernel() * axis.dilation() && axis.small() > 1);
    }

    private static void seldom(String corner, boolean reached) {
        seldom(corner, reached, 1);
    }

    private static void seldom(String corner, boolean reached, int least) {
        Statistics.label(corner).collect(reached).coverage(shares -> shares.check(true)
                .percentage(share -> share >= least && share < 80));
    }
}
