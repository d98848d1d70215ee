package transconv.interop.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Numbers of a file with their axes in another order. */
class NumbersTest {

    private static void check(int[] dims, int... order) {
        int count = IntStream.of(dims).reduce(1, (a, b) -> a * b);
        float[] values = new float[count];
        IntStream.range(0, count).forEach(i -> values[i] = i);
        long[] shape = IntStream.of(dims).asLongStream().toArray();
        INDArray expected = Nd4j.create(values, shape, 'c').permute(order).dup('c');
        INDArray actual = Numbers.of(values, dims).array(order);
        assertArrayEquals(expected.shape(), actual.shape());
        assertArrayEquals(expected.data().asFloat(), actual.data().asFloat());
        float[] folded = Numbers.of(values, dims).transposed(order).floats();
        assertArrayEquals(expected.data().asFloat(), folded);
    }

    @Test
    void theFirstAxisLast() {
        check(new int[] {70, 3, 4, 5}, 2, 3, 1, 0);
        check(new int[] {32, 6}, 1, 0);
        check(new int[] {33, 2, 3, 4, 5}, 2, 3, 4, 1, 0);
        check(new int[] {64, 1, 3}, 2, 1, 0);
    }

    @Test
    void anyOrder() {
        check(new int[] {7, 3, 4, 5}, 2, 3, 1, 0);
        check(new int[] {2, 3, 4}, 1, 2, 0);
        check(new int[] {2, 3, 4}, 0, 1, 2);
        check(new int[] {40, 3}, 0, 1);
    }

    @Test
    void whatItIs() {
        assertEquals(
                "numbers [0, 1, 2, 3, 4, 5, 6, 7]... of shape [9]",
                Numbers.of(IntStream.range(0, 9).asLongStream().toArray(), 9).toString());
    }
}
