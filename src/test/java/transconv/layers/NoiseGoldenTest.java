package transconv.layers;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import transconv.Closeness;
import transconv.Goldens;

/** Layers with noise, given the same draws as Keras' layers, and without noise in inference. */
class NoiseGoldenTest {

    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("noise, " + CLOSENESS);
    }

    @TestFactory
    Stream<DynamicTest> computesWhatKerasComputes() {
        return GoldenLayer.tests(Goldens.named("layers-noise"), CLOSENESS);
    }
}
