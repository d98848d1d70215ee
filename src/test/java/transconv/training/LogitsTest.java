package transconv.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import transconv.layers.Layer;
import transconv.layers.Layers;
import transconv.ops.Activation;
import transconv.ops.FusedLoss;
import transconv.ops.Graph;
import transconv.ops.LossFunction;
import transconv.ops.Value;
import transconv.shape.Padding;
import transconv.shape.Shape;

/** Binary crossentropy goes back behind a sigmoid that closes a layer of any kind, as Keras' does. */
class LogitsTest {

    @ParameterizedTest
    @CsvSource({
        "dense, 5",
        "dense on rank 3, 3 5",
        "dense on rank 4, 2 3 5",
        "convolution, 4 4 2",
        "transposed convolution, 4 4 2"
    })
    void takesTheLogits(String name, String inputShape) {
        int[] sizes = java.util.Arrays.stream(inputShape.split(" "))
                .mapToInt(Integer::parseInt)
                .toArray();
        Layer layer =
                switch (name) {
                    case "convolution" -> Layers.conv2D(1, 3)
                            .padding(Padding.SAME)
                            .activation(Activation.SIGMOID);
                    case "transposed convolution" -> Layers.conv2DTranspose(1, 3)
                            .strides(2)
                            .activation(Activation.SIGMOID);
                    default -> Layers.dense(4).activation(Activation.SIGMOID);
                };
        layer.build(Shape.of(sizes));
        Graph graph = new Graph();
        Value prediction = layer.call(graph.input(Shape.of(sizes).prepend(2)));
        Value loss = Loss.BINARY_CROSSENTROPY.lower(prediction, graph.input(prediction.shape()));
        assertEquals(new FusedLoss(LossFunction.BINARY_CROSSENTROPY_FROM_LOGITS), loss.op());
    }
}
