package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.Goldens;
import transconv.shape.Shape;

/** Orthogonality by plain loops, for the shapes and gains whose values Keras was held to as well. */
class OrthogonalInitializerTest {

    @TestFactory
    Stream<DynamicTest> columnsOrRowsAreOrthogonal() {
        return Goldens.named("initializers").list("orthogonal").stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.toString(),
                        () -> check(
                                Shape.of(Goldens.ints(entry.get("shape"))),
                                entry.get("gain").asDouble())));
    }

    private static void check(Shape shape, double gain) {
        INDArray made = Initializers.orthogonal(gain).seed(11).values(shape, "kernel");
        assertArrayEquals(shape.toLongArray(), made.shape());
        double[] values = made.data().asDouble();
        int columns = shape.last();
        int rows = values.length / columns;
        boolean tall = rows >= columns;
        for (int a = 0; a < Math.min(rows, columns); a++) {
            for (int b = 0; b < Math.min(rows, columns); b++) {
                double product = 0;
                for (int i = 0; i < Math.max(rows, columns); i++) {
                    product += tall
                            ? values[i * columns + a] * values[i * columns + b]
                            : values[a * columns + i] * values[b * columns + i];
                }
                assertEquals(a == b ? gain * gain : 0, product, 1e-6 * gain * gain, "vectors " + a + " and " + b);
            }
        }
    }

    @Test
    void staysOrthogonalWhereManyColumnsMeet() {
        check(Shape.of(120, 120), 1);
    }

    /** A rotation's first entry is positive as often as negative: the sign of R's diagonal does not stick to Q. */
    @Test
    void signsAreFree() {
        Shape shape = Shape.of(3, 3);
        int positive = 0;
        double squares = 0;
        for (int seed = 0; seed < 2000; seed++) {
            double corner =
                    Initializers.orthogonal().seed(seed).values(shape, "kernel").getDouble(2, 2);
            positive += corner > 0 ? 1 : 0;
            squares += corner * corner;
        }
        assertEquals(0.5, positive / 2000.0, 0.03);
        // a uniform direction in three dimensions
        assertEquals(1 / 3.0, squares / 2000, 0.02);
    }

    @Test
    void aSeedRepeats() {
        Shape shape = Shape.of(2, 2, 3, 5);
        INDArray first = Initializers.orthogonal().seed(5).values(shape, "a");
        assertEquals(first, Initializers.orthogonal().seed(5).values(shape, "b"));
        assertNotEquals(first, Initializers.orthogonal().seed(6).values(shape, "a"));
    }
}
