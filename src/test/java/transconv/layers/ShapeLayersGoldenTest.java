package transconv.layers;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import transconv.Closeness;
import transconv.Goldens;

/** Permute, RepeatVector, Embedding and ActivityRegularization against Keras. */
class ShapeLayersGoldenTest {

    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("shapes and embeddings, " + CLOSENESS);
    }

    @TestFactory
    Stream<DynamicTest> computesWhatKerasComputes() {
        return GoldenLayer.tests(Goldens.named("layers-shape"), CLOSENESS);
    }
}
