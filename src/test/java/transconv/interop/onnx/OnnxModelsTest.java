package transconv.interop.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.Closeness;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.Layers;
import transconv.layers.Tensor;
import transconv.models.Model;
import transconv.models.Sequential;
import transconv.ops.Activation;
import transconv.shape.Padding;

/** Models of several layers: branches, nested and shared ones. */
class OnnxModelsTest {

    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("ONNX, models, " + CLOSENESS);
    }

    static Model uNet() {
        Input x = Layers.input(12, 8, 2);
        Tensor fine = Layers.conv2D(4, 3)
                .padding(Padding.SAME)
                .activation(Activation.RELU)
                .apply(x);
        Tensor coarse = Layers.maxPooling2D(2).apply(fine);
        coarse = Layers.batchNormalization()
                .apply(Layers.conv2D(8, 3).padding(Padding.SAME).apply(coarse));
        coarse = Layers.dropout(0.5).apply(coarse);
        Tensor up = Layers.conv2DTranspose(4, 3)
                .strides(2)
                .padding(Padding.SAME)
                .activation(Activation.ELU)
                .apply(coarse);
        Tensor joined = Layers.concatenate().apply(up, fine);
        return new Model(x, Layers.conv2D(1, 1).activation(Activation.SIGMOID).apply(joined));
    }

    @Test
    void uNetNeedsTwoTranspositions() {
        List<String> operators = RoundTrip.check("u-net", uNet(), CLOSENESS);
        assertEquals(2, operators.stream().filter("Transpose"::equals).count(), operators.toString());
    }

    @Test
    void variationalHeadAndTwoOutputs() {
        Input x = Layers.input(8, 6, 1);
        Input noise = Layers.input(3);
        Tensor code = Layers.flatten().apply(Layers.conv2D(2, 3).strides(2).apply(x));
        Tensor mean = Layers.dense(3).name("mean").apply(code);
        Tensor both = Layers.add().apply(mean, Layers.multiply().apply(noise, mean));
        Tensor image = Layers.reshape(3, 2, 2).apply(Layers.dense(12).apply(both));
        RoundTrip.check(
                "two outputs",
                new Model(
                        List.of(x, noise), List.of(Layers.conv2DTranspose(1, 3).apply(image), mean)),
                CLOSENESS);
    }

    @Test
    void sharedLayersKeepOneWeight(@TempDir Path folder) {
        Input x = Layers.input(5, 4, 3);
        Layer shared = Layers.conv2D(3, 3).padding(Padding.SAME);
        Model model = new Model(x, shared.apply(shared.apply(x)));
        Path file = folder.resolve("shared.onnx");
        OnnxFile.save(model, file);
        try (Model again = OnnxFile.load(file)) {
            assertEquals(model.parameterCount(), again.parameterCount());
            assertEquals(1, again.layers().size());
        }
        RoundTrip.check("shared", model, CLOSENESS);
    }

    @Test
    void nestedModelsAreWrittenFlat() {
        Sequential encoder = new Sequential(Layers.input(6, 4, 1), Layers.conv2D(2, 3), Layers.flatten());
        Sequential decoder = new Sequential(
                Layers.input(16), Layers.reshape(4, 2, 2), Layers.conv2DTranspose(1, 3), Layers.activation("tanh"));
        Sequential model = new Sequential(Layers.input(6, 4, 1), encoder, decoder);
        assertTrue(RoundTrip.check("nested", model, CLOSENESS).contains("ConvTranspose"));
    }

    @Test
    void anInputThatIsAnOutput() {
        Input x = Layers.input(4);
        RoundTrip.check(
                "identity", new Model(List.of(x), List.of(Layers.dense(3).apply(x), x)), CLOSENESS);
    }

    @Test
    void embeddings() {
        Input x = Layers.input(5);
        Model model =
                new Model(x, Layers.conv1D(2, 3).apply(Layers.embedding(7, 4).apply(x)));
        INDArray indices = Nd4j.createFromArray(new float[][] {{0, 6, 3, 2, 1}, {5, 5, 4, 0, 6}});
        RoundTrip.check("embedding", model, List.of(indices), CLOSENESS);
    }

    @Test
    void theHeaderSaysWhatItIs(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("m.onnx");
        OnnxFile.save(uNet(), file);
        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
        assertEquals(10, model.getIrVersion());
        assertEquals(21, model.getOpsetImport(0).getVersion());
        assertEquals("transconv", model.getProducerName());
        assertEquals(
                "batch",
                model.getGraph()
                        .getInput(0)
                        .getType()
                        .getTensorType()
                        .getShape()
                        .getDim(0)
                        .getDimParam());
    }

    @Test
    void namesComeBack(@TempDir Path folder) {
        Path file = folder.resolve("m.onnx");
        Sequential model = new Sequential(
                Layers.input(4, 3, 1).name("picture"),
                Layers.conv2DTranspose(2, 3).name("grow"),
                Layers.flatten().name("flat"),
                Layers.dense(2).name("last"));
        OnnxFile.save(model, file);
        try (Model again = OnnxFile.load(file)) {
            assertEquals("picture", again.inputs().get(0).label());
            assertEquals(
                    List.of("grow", "flat", "last"),
                    again.layers().stream().map(Layer::label).toList());
        }
    }
}
