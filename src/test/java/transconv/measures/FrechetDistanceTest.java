package transconv.measures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static transconv.measures.ImageMeasuresTest.refused;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FrechetDistanceTest {

    private static final double[] ORIGIN = {0, 0};
    private static final double[][] UNIT = {{1, 0}, {0, 1}};

    @Test
    void ofMeansAloneIsTheirSquaredDistance() {
        assertEquals(25, FrechetDistance.between(ORIGIN, UNIT, new double[] {3, 4}, UNIT), 1e-14);
    }

    @Test
    void ofOneFeatureAddsTheSquaredDifferenceOfDeviations() {
        double[][] nine = {{9}};
        double[][] four = {{4}};
        assertEquals(4 + 1, FrechetDistance.between(new double[] {1}, nine, new double[] {3}, four), 1e-14);
    }

    @Test
    void ofSingularCovariances() {
        double[][] across = {{4, 0}, {0, 0}};
        double[][] down = {{0, 0}, {0, 9}};
        double[][] none = {{0, 0}, {0, 0}};
        double[][] diagonal = {{2, 2}, {2, 2}};
        assertEquals(13, FrechetDistance.between(ORIGIN, across, ORIGIN, down), 1e-14);
        assertEquals(0, FrechetDistance.between(ORIGIN, across, ORIGIN, across), 1e-14);
        assertEquals(4, FrechetDistance.between(ORIGIN, across, ORIGIN, none), 1e-14);
        assertEquals(0, FrechetDistance.between(ORIGIN, none, ORIGIN, none));
        // (C1 C2)^½ of rank 1 has the trace (v1 v2) = 2 √2 for v1 = (2, 0), v2 = (√2, √2)
        assertEquals(8 - 4 * Math.sqrt(2), FrechetDistance.between(ORIGIN, across, ORIGIN, diagonal), 1e-13);
    }

    @Test
    void ofCovariancesThatDoNotCommute() {
        // trace((C1 C2)^½)² = trace(C1 C2) + 2 √det(C1 C2) for 2 x 2
        double[][] a = {{2, 1}, {1, 3}};
        double[][] b = {{5, -2}, {-2, 1}};
        double root = Math.sqrt(10 - 2 - 2 + 3 + 2 * Math.sqrt(5 * 1));
        assertEquals(11 - 2 * root, FrechetDistance.between(ORIGIN, a, ORIGIN, b), 1e-13);
    }

    @Test
    void takesUnbiasedCovariancesOfSamples() {
        INDArray still = Nd4j.createFromArray(new float[][] {{1, 1}, {1, 1}, {1, 1}});
        INDArray moved = Nd4j.createFromArray(new float[][] {{0, 1}, {2, 1}});
        assertEquals(2, FrechetDistance.between(still, moved), 1e-14);
        INDArray tall = Nd4j.createFromArray(new float[][] {{0, 2}, {1, 1}});
        assertEquals(2, FrechetDistance.between(still, tall.transpose()), 1e-14);
    }

    @TestFactory
    Stream<DynamicTest> refuses() {
        INDArray features = Nd4j.zeros(4, 3);
        INDArray spoilt = features.dup().putScalar(2, 1, Double.NaN);
        double[] three = {0, 0, 0};
        return Stream.of(
                refused(
                        "FrechetDistance: 3 features in first, 2 in second",
                        () -> FrechetDistance.between(features, Nd4j.zeros(4, 2))),
                refused(
                        "FrechetDistance: second=[1, 3] must be (samples, features) with at least 2 samples",
                        () -> FrechetDistance.between(features, Nd4j.zeros(1, 3))),
                refused(
                        "FrechetDistance: first=[4, 3, 1] must be (samples, features)",
                        () -> FrechetDistance.between(features.reshape(4, 3, 1), features)),
                refused("FrechetDistance: first=null", () -> FrechetDistance.between(null, features)),
                refused(
                        "FrechetDistance: a value of second is NaN; every value must be finite",
                        () -> FrechetDistance.between(features, spoilt)),
                refused(
                        "FrechetDistance: means of 2 and 3 features",
                        () -> FrechetDistance.between(ORIGIN, UNIT, three, UNIT)),
                refused(
                        "FrechetDistance: a covariance of 2 x 2 for 3 features; give [3][3]",
                        () -> FrechetDistance.between(three, UNIT, three, UNIT)),
                refused(
                        "FrechetDistance: a covariance differs by 1.0 from its transpose",
                        () -> FrechetDistance.between(ORIGIN, new double[][] {{1, 1}, {0, 1}}, ORIGIN, UNIT)),
                refused(
                        "FrechetDistance: a value of covariance is NaN",
                        () -> FrechetDistance.between(ORIGIN, new double[][] {{1, 0}, {0, Double.NaN}}, ORIGIN, UNIT)));
    }
}
