package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import transconv.Closeness;
import transconv.Goldens;

/** Layers that join several inputs, against Keras. */
class MergeGoldenTest {

    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("joined inputs, " + CLOSENESS);
    }

    @TestFactory
    Stream<DynamicTest> computesWhatKerasComputes() {
        return GoldenLayer.tests(Goldens.named("layers-merge"), CLOSENESS);
    }

    @Test
    void refusesInTheseWords() {
        Tensor a = Layers.input(4, 3);
        Tensor b = Layers.input(4, 2);
        assertMessage(
                "add: inputs of shape [(4, 3), (4, 2)]; all need the same, but for axes of length 1",
                () -> Layers.add().apply(a, b));
        assertMessage("maximum: 1 inputs; it joins at least two", () -> Layers.maximum()
                .apply(a));
        assertMessage(
                "subtract: 3 inputs; it joins two", () -> Layers.subtract().apply(a, a, a));
        assertMessage(
                "concatenate: axis=0 is the samples'; choose 1 or more, or -1 for the last",
                () -> Layers.concatenate().axis(0));
        assertMessage(
                "concatenate: axis=3: inputs with the batch axis have axes 0 to 2; choose from 1 to 2",
                () -> Layers.concatenate().axis(3).apply(a, b));
        assertMessage(
                "concatenate: Concatenate: input shapes [(1, 4, 3), (1, 4, 2)] along axis 1; all other axes must be"
                        + " equal",
                () -> Layers.concatenate().axis(1).apply(a, b));
    }

    private static void assertMessage(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
