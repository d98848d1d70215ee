package transconv.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.Goldens;

class MedianFilterTest {

    private static final Goldens MEASURES = Goldens.named("measures");

    @TestFactory
    Stream<DynamicTest> asInSciPy() {
        INDArray images = MEASURES.array("median/images");
        return MEASURES.list("medians").stream()
                .map(entry -> DynamicTest.dynamicTest(entry.get("name").asText(), () -> {
                    int[] size = Goldens.ints(entry.get("size"));
                    INDArray before = images.dup();
                    MedianFilter filter = new MedianFilter(size[0], size[1]);
                    assertEquals(MEASURES.array(entry, "filtered"), filter.apply(images));
                    assertEquals(MEASURES.array(entry, "filtered"), filter.apply(images.dup('f')));
                    assertEquals(before, images);
                }));
    }

    @Test
    void oneRowIsMirroredAtItsEnds() {
        INDArray row = Nd4j.createFromArray(5f, 1f, 9f, 2f).reshape(1, 1, 4, 1);
        INDArray filtered = new MedianFilter(1, 3).apply(row);
        // 5 5 1, 5 1 9, 1 9 2, 9 2 2
        assertArrayEquals(new float[] {5, 5, 2, 2}, filtered.data().asFloat());
        assertArrayEquals(new long[] {1, 1, 4, 1}, filtered.shape());
    }

    @Test
    void aConstantImageStays() {
        INDArray gray = Nd4j.zeros(DataType.DOUBLE, 2, 5, 4, 3).addi(0.25);
        INDArray filtered = new MedianFilter(3).apply(gray);
        assertEquals(gray.castTo(DataType.FLOAT), filtered);
    }

    @TestFactory
    Stream<DynamicTest> refuses() {
        INDArray spoilt = Nd4j.createFromArray(0f, Float.NaN).reshape(1, 1, 2, 1);
        return Stream.of(
                refused("MedianFilter: window of 0 x 0 must be 1 to 1000", () -> new MedianFilter(0)),
                refused("MedianFilter: window of 3 x -1 must be", () -> new MedianFilter(3, -1)),
                refused("MedianFilter: window of 1001 x 1 must be", () -> new MedianFilter(1001, 1)),
                refused("MedianFilter: images=null must be", () -> new MedianFilter(3).apply(null)),
                refused(
                        "MedianFilter: images=[4, 5] must be (batch, height, width, channels)",
                        () -> new MedianFilter(3).apply(Nd4j.zeros(4, 5))),
                refused("MedianFilter: a value of images is NaN", () -> new MedianFilter(3).apply(spoilt)));
    }

    static DynamicTest refused(String message, Executable call) {
        return DynamicTest.dynamicTest(message, () -> {
            String said = assertThrows(IllegalArgumentException.class, call).getMessage();
            assertTrue(said.startsWith(message), said);
        });
    }
}
