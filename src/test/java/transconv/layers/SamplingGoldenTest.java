package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import transconv.Closeness;
import transconv.Goldens;

/** Upsampling, padding, cropping, pooling and pixel shuffle against Keras, TensorFlow and PyTorch, on every engine. */
class SamplingGoldenTest {

    private static final Goldens UPSAMPLING = Goldens.named("layers-upsampling");
    private static final Goldens POOLING = Goldens.named("layers-pooling");
    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("sampling layers, " + CLOSENESS);
    }

    @Test
    void thereAreAsManyCasesAsTheScriptMakes() {
        assertEquals(110, UPSAMPLING.cases().size());
        assertEquals(113, POOLING.cases().size());
    }

    @TestFactory
    Stream<DynamicTest> upsamplesAndShufflesAsThePeersDo() {
        return GoldenLayer.tests(UPSAMPLING, CLOSENESS);
    }

    @TestFactory
    Stream<DynamicTest> padsCropsAndPoolsAsKerasDoes() {
        return GoldenLayer.tests(POOLING, CLOSENESS);
    }
}
