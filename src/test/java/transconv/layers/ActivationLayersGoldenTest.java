package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import transconv.Closeness;
import transconv.Goldens;
import transconv.ops.Activation;

/** Every activation function, and the layers that are one, against Keras. */
class ActivationLayersGoldenTest {

    private static final Goldens GOLDENS = Goldens.named("layers-activations");
    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("activations, " + CLOSENESS);
    }

    @Test
    void noFunctionIsLeftOut() {
        assertEquals(174, GOLDENS.cases().size());
        assertEquals(
                // Keras' own is wrong; ActivationsTest has its values.
                EnumSet.complementOf(EnumSet.of(Activation.SPARSEMAX)),
                GOLDENS.cases().stream()
                        .filter(entry -> entry.get("layer").asText().equals("Activation"))
                        .map(entry -> Activation.named(
                                entry.get("config").get("activation").asText()))
                        .collect(Collectors.toSet()));
    }

    @TestFactory
    Stream<DynamicTest> computesWhatKerasComputes() {
        return GoldenLayer.tests(GOLDENS, CLOSENESS);
    }
}
