package transconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class ClosenessTest {

    @Test
    void measuresTheLargestDifferenceByTheLargestWantedValue() {
        assertEquals(0.05, Closeness.deviation(new double[] {-10, 1}, new double[] {-10, 1.5}), 1e-15);
        assertEquals(0, Closeness.deviation(new double[] {0, 0}, new double[] {0, 0}));
        assertEquals(Double.POSITIVE_INFINITY, Closeness.deviation(new double[] {0}, new double[] {1e-30}));
    }

    @Test
    void failsOnDifferencesShapesAndNaN() {
        Closeness closeness = new Closeness();
        closeness.require("value", 1, 1 + 1e-6, 1e-5);
        assertThrows(AssertionError.class, () -> closeness.require("value", 1, 1 + 2e-5, 1e-5));
        assertThrows(AssertionError.class, () -> closeness.require("value", 1, Double.NaN, 1e-5));
        assertThrows(AssertionError.class, () -> closeness.require("shape", Nd4j.zeros(2, 3), Nd4j.zeros(3, 2), 1e-5));
        assertTrue(closeness.toString().contains("value"));
    }
}
