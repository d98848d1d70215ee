package transconv.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.optimizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.layers.Layer;
import transconv.layers.Layers;
import transconv.layers.RandomLayers;
import transconv.layers.RandomLayers.Drawn;
import transconv.shape.Shape;

/** Layers of every type with random arguments come back from a file, and learn on as before. */
class RandomModelsSavedTest {

    private record Stack(Shape input, List<Drawn> layers) {

        /** Without the layers that do not take what comes from those before. */
        Sequential model() {
            Sequential model = new Sequential(Layers.input(input.toArray()));
            for (Drawn drawn : layers) {
                Layer layer = drawn.layer();
                try {
                    if (layer.outputShape(model.outputShape()).elements() <= 500) {
                        model.add(layer);
                    }
                } catch (IllegalArgumentException refused) {
                    // made for other shapes
                }
            }
            return model;
        }
    }

    @Provide
    Arbitrary<Stack> stacks() {
        Arbitrary<Shape> inputs =
                Arbitraries.of(Shape.of(7), Shape.of(9, 4), Shape.of(6, 5, 4), Shape.of(5, 8, 2), Shape.of(4, 3, 5, 2));
        return Combinators.combine(
                        inputs, RandomLayers.withOneInput().list().ofMinSize(8).ofMaxSize(20))
                .as(Stack::new);
    }

    @Property(tries = 200)
    void theyComeBackAndLearnOn(@ForAll("stacks") Stack drawn) throws IOException {
        Sequential model = drawn.model();
        model.compile(optimizer("adam"), loss("mse"));
        List<INDArray> x = SavedModels.samples(model.inputShapes(), 3, 1);
        List<INDArray> y = SavedModels.samples(model.outputShapes(), 3, 2);
        model.trainOnBatch(x, y);
        Path file = Files.createTempFile("random", ".tcm");
        try {
            model.save(file);
            Model again = Model.load(file);
            assertEquals(model.config().values(), again.config().values());
            assertEquals(bits(model.getWeights()), bits(again.getWeights()));
            assertEquals(bits(model.predict(x)), bits(again.predict(x)));
            assertEquals(model.trainOnBatch(x, y), again.trainOnBatch(x, y));
            assertEquals(bits(model.getWeights()), bits(again.getWeights()));
            again.close();
        } finally {
            Files.delete(file);
            model.close();
        }
    }

    private static List<List<Integer>> bits(List<INDArray> arrays) {
        return arrays.stream()
                .map(array -> {
                    float[] values = array.dup('c').data().asFloat();
                    return IntStream.range(0, values.length)
                            .mapToObj(i -> Float.floatToRawIntBits(values[i]))
                            .toList();
                })
                .toList();
    }
}
