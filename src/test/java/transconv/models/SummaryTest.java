package transconv.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static transconv.layers.Layers.conv2DTranspose;
import static transconv.layers.Layers.dense;
import static transconv.layers.Layers.flatten;
import static transconv.layers.Layers.input;
import static transconv.layers.Layers.reshape;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.optimizer;
import static transconv.models.FitOption.verbose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Goldens;
import transconv.ops.Activation;
import transconv.shape.Padding;

/** The text of the layer table, character by character, and the figures in it, against Keras. */
class SummaryTest {

    private static final Map<String, Supplier<Sequential>> MODELS = Map.of(
            "autoencoder", Autoencoder::create,
            "autoencoder-trained", SummaryTest::trained,
            "dense-reshape-flatten", SummaryTest::decoder,
            "large", () -> new Sequential(input(784), dense(2048), dense(1024)));

    private static Sequential trained() {
        Sequential model = Autoencoder.create();
        model.compile(optimizer("adam"), loss("binary_crossentropy"));
        INDArray image = Nd4j.zeros(1, 28, 28, 1);
        model.fit(image, image, verbose(0));
        return model;
    }

    private static Sequential decoder() {
        return new Sequential(
                        input(16),
                        dense(4 * 3 * 8).activation(Activation.RELU),
                        reshape(4, 3, 8),
                        conv2DTranspose(5, 4, 3).strides(2, 3).padding(Padding.SAME),
                        flatten().name("pixels_in_one_row_of_a_very_long_name"),
                        dense(10).activation(Activation.SOFTMAX).useBias(false))
                .name("decoder");
    }

    @TestFactory
    Stream<DynamicTest> printsWhatKerasPrints() {
        JsonNode goldens = Goldens.named("summaries").document().get("models");
        List<String> names = new ArrayList<>();
        goldens.fieldNames().forEachRemaining(names::add);
        return names.stream()
                .map(name -> DynamicTest.dynamicTest(
                        name,
                        () -> check(goldens.get(name), MODELS.get(name).get().summary())));
    }

    private static void check(JsonNode golden, Summary summary) {
        assertEquals(
                Goldens.text(golden.get("file").asText()).stripTrailing(),
                summary.toString().stripTrailing());
        assertEquals(golden.get("model").asText(), summary.model());
        assertEquals(golden.get("trainable").asLong(), summary.trainable());
        assertEquals(golden.get("rows").size(), summary.rows().size());
        for (int i = 0; i < summary.rows().size(); i++) {
            JsonNode row = golden.get("rows").get(i);
            assertEquals(row.get("name").asText(), summary.rows().get(i).name());
            assertEquals(row.get("class").asText(), summary.rows().get(i).type());
            assertEquals(row.get("parameters").asLong(), summary.rows().get(i).parameters());
        }
    }
}
