package transconv.interop.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.interop.StoredArrays;
import transconv.interop.numpy.NumpyFile;
import transconv.interop.safetensors.Safetensors;
import transconv.layers.DataFormat;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.Layers;
import transconv.layers.Tensor;
import transconv.models.Model;
import transconv.models.Sequential;

/** Against models that were written in PyTorch, in {@code goldens/make_pytorch_weights.py}. */
class PyTorchWeightsTest {

    private static final Map<String, INDArray> GOLDENS = NumpyFile.readAll(StoredArrays.file("pytorch.npz"));
    private static final double CLOSE = 2e-5;

    private static Map<String, INDArray> state(String model) {
        String prefix = model + "/state/";
        Map<String, INDArray> state = new LinkedHashMap<>();
        GOLDENS.forEach((name, array) -> {
            if (name.startsWith(prefix)) {
                state.put(name.substring(prefix.length()), array);
            }
        });
        return state;
    }

    private static Layer batchNormalization() {
        return Layers.batchNormalization().epsilon(1e-5);
    }

    private static Model autoencoder() {
        return new Sequential(
                Layers.input(6, 8, 2),
                Layers.conv2D(6, 3).strides(2).activation("relu"),
                Layers.flatten(),
                batchNormalization(),
                Layers.dense(4),
                Layers.dense(24),
                batchNormalization(),
                Layers.prelu(),
                Layers.reshape(2, 3, 4),
                Layers.conv2DTranspose(6, 3, 2).strides(2, 1).groups(2).activation("relu"),
                Layers.conv2DTranspose(2, 2).useBias(false));
    }

    private static Model model(String name) {
        return switch (name) {
            case "classifier" -> new Sequential(
                    Layers.input(6, 7, 2),
                    Layers.conv2D(4, 3, 2),
                    batchNormalization(),
                    Layers.prelu().sharedAxes(1, 2),
                    Layers.averagePooling2D(2),
                    Layers.flatten(),
                    Layers.dense(5).activation("relu"),
                    Layers.dense(3));
            case "autoencoder" -> autoencoder();
            case "axes" -> new Sequential(
                    Layers.input(4, 3, 5, 2),
                    Layers.conv3D(4, 2, 1, 3).groups(2),
                    Layers.groupNormalization(2).epsilon(1e-5),
                    Layers.conv3DTranspose(3, 1, 2, 2));
            case "sequence" -> new Sequential(
                    Layers.input(6, 3),
                    Layers.conv1D(4, 2),
                    Layers.conv1DTranspose(2, 3).strides(2),
                    Layers.flatten(),
                    Layers.dense(4),
                    Layers.layerNormalization().epsilon(1e-5));
            case "separable" -> new Sequential(
                    Layers.input(6, 5, 3),
                    Layers.depthwiseConv2D(3, 2).depthMultiplier(2),
                    Layers.separableConv2D(4, 2));
            case "plain batch normalization" -> new Sequential(
                    Layers.input(5),
                    Layers.dense(3).useBias(false),
                    Layers.batchNormalization().epsilon(1e-5).center(false).scale(false),
                    Layers.dense(2));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static PyTorchWeights weights(String name, Model model) {
        PyTorchWeights weights = PyTorchWeights.of(model);
        if (name.equals("separable")) {
            return weights.module("depthwise_conv2d", "0").module("separable_conv2d", "pair");
        }
        return weights.modulesOf(state(name));
    }

    /** PyTorch has two modules for one layer of ours. */
    private static Map<String, INDArray> renamed(String name, Map<String, INDArray> state) {
        Map<String, INDArray> renamed = new LinkedHashMap<>();
        state.forEach((key, array) -> renamed.put(
                name.equals("separable")
                        ? key.replaceFirst("^1[.]", "pair.depthwise.").replaceFirst("^2[.]", "pair.pointwise.")
                        : key,
                array));
        return renamed;
    }

    private static INDArray channelsLast(INDArray array) {
        int rank = array.rank();
        int[] axes = IntStream.range(0, rank)
                .map(axis -> axis == 0 ? 0 : axis == rank - 1 ? 1 : axis + 1)
                .toArray();
        return array.permute(axes).dup('c');
    }

    private static void assertClose(INDArray wanted, INDArray got, String what) {
        assertArrayEquals(wanted.shape(), got.shape(), what);
        float[] first = wanted.dup('c').data().asFloat();
        assertArrayEquals(first, got.dup('c').data().asFloat(), (float) CLOSE, what);
        assertTrue(IntStream.range(0, first.length).anyMatch(i -> Math.abs(first[i]) > 0.01), what);
    }

    @ParameterizedTest
    @ValueSource(strings = {"classifier", "autoencoder", "axes", "sequence", "separable", "plain batch normalization"})
    void aStateOfPyTorchPredictsTheSameAndComesBackTheSame(String name) {
        Model model = model(name);
        Map<String, INDArray> state = renamed(name, state(name));
        PyTorchWeights weights = weights(name, model);
        weights.load(state);
        INDArray output = model.predict(channelsLast(GOLDENS.get(name + "/input")));
        assertClose(channelsLast(GOLDENS.get(name + "/output")), output, name);
        Map<String, INDArray> back = weights.stateDict();
        assertEquals(
                new ArrayList<>(state.keySet()).stream().sorted().toList(),
                back.keySet().stream().sorted().toList());
        back.forEach((key, array) -> {
            assertArrayEquals(state.get(key).shape(), array.shape(), key);
            assertEquals(StoredArrays.hex(state.get(key)), StoredArrays.hex(array), key);
        });
    }

    @Test
    void modulesHaveTheNamesThatAreGiven() {
        Model model = new Sequential(Layers.input(4), Layers.embedding(7, 3), Layers.flatten(), Layers.dense(2));
        PyTorchWeights weights =
                PyTorchWeights.of(model).module("embedding", "words").module("dense", "head.out");
        weights.load(state("words"));
        INDArray input = GOLDENS.get("words/input").castTo(DataType.FLOAT);
        assertClose(GOLDENS.get("words/output"), model.predict(input), "words");
    }

    @Test
    void featuresKeepTheirOrderThroughModelsInModels() {
        Input picture = Layers.input(6, 8, 2);
        Tensor x = Layers.flatten()
                .apply(Layers.conv2D(6, 3).strides(2).activation("relu").apply(picture));
        Model pictures = new Model(picture, x);
        Input features = Layers.input(36);
        Tensor y = Layers.dense(24)
                .apply(Layers.dense(4).apply(batchNormalization().apply(features)));
        Model middle = new Model(features, y);
        Input code = Layers.input(24);
        Tensor z = Layers.reshape(2, 3, 4)
                .apply(Layers.prelu().apply(batchNormalization().apply(code)));
        z = Layers.conv2DTranspose(6, 3, 2)
                .strides(2, 1)
                .groups(2)
                .activation("relu")
                .apply(z);
        Model decoder =
                new Model(code, Layers.conv2DTranspose(2, 2).useBias(false).apply(z));
        Input in = Layers.input(6, 8, 2);
        Model whole = new Model(in, decoder.apply(middle.apply(pictures.apply(in))));
        PyTorchWeights.of(whole).modulesOf(state("autoencoder")).load(state("autoencoder"));
        assertClose(
                channelsLast(GOLDENS.get("autoencoder/output")),
                whole.predict(channelsLast(GOLDENS.get("autoencoder/input"))),
                "nested");
    }

    @Test
    void channelsFirstModelsFlattenAsPyTorchDoes() {
        Model model = new Sequential(
                Layers.input(2, 6, 7),
                Layers.conv2D(4, 3, 2).dataFormat(DataFormat.CHANNELS_FIRST),
                Layers.batchNormalization().epsilon(1e-5).axis(1),
                Layers.prelu().sharedAxes(2, 3),
                Layers.averagePooling2D(2).dataFormat(DataFormat.CHANNELS_FIRST),
                Layers.flatten(),
                Layers.dense(5).activation("relu"),
                Layers.dense(3));
        Map<String, INDArray> state = state("classifier");
        // alpha is (channels, 1, 1) here
        state.put("2.weight", state.get("2.weight").reshape(4, 1, 1));
        PyTorchWeights.of(model).modulesOf(state).load(state);
        assertClose(GOLDENS.get("classifier/output"), model.predict(GOLDENS.get("classifier/input")), "channels first");
        Model moved = new Sequential(
                Layers.input(2, 3, 4),
                Layers.conv2D(2, 1).dataFormat(DataFormat.CHANNELS_FIRST),
                Layers.flatten().dataFormat(DataFormat.CHANNELS_FIRST),
                Layers.dense(1).useBias(false));
        INDArray kernel = Nd4j.arange(24).reshape(24, 1).castTo(DataType.FLOAT);
        moved.layer("dense").parameters().get(0).value().assign(kernel);
        // feature (c 3 + h) 4 + w of PyTorch's is (h 4 + w) 2 + c of ours
        INDArray theirs = PyTorchWeights.of(moved).stateDict().get("dense.weight");
        assertEquals(2 * 5 + 1, theirs.getInt(0, 12 + 5));
    }

    @Test
    void normalizationsOverPicturesHaveChannelsFirst() {
        Model model = new Sequential(
                Layers.input(2, 3, 4), Layers.layerNormalization().axis(1, 2, 3).name("norm"));
        INDArray gamma = Nd4j.arange(24).reshape(2, 3, 4).castTo(DataType.FLOAT);
        model.layer("norm").parameters().get(0).value().assign(gamma);
        Map<String, INDArray> state = PyTorchWeights.of(model).stateDict();
        assertArrayEquals(new long[] {4, 2, 3}, state.get("norm.weight").shape());
        assertEquals((1 * 3 + 2) * 4 + 3, state.get("norm.weight").getInt(3, 1, 2));
        model.layer("norm").parameters().get(0).value().assign(0);
        PyTorchWeights.of(model).load(state);
        assertEquals(gamma, model.layer("norm").parameters().get(0).value());
        Map<String, INDArray> asInKeras = PyTorchWeights.of(model)
                .flattenOrder(FlattenOrder.CHANNELS_LAST)
                .stateDict();
        assertEquals(gamma, asInKeras.get("norm.weight"));
    }

    @Test
    void aModelWithoutWeightsIsRefused() {
        Model model = new Sequential();
        assertThrows(IllegalStateException.class, () -> PyTorchWeights.of(model));
    }

    @Test
    void programsThatFlattenAsKerasDoesHaveKerasOrder() {
        Model model = model("classifier");
        INDArray kernel = model.layer("dense").parameters().get(0).value();
        INDArray theirs = PyTorchWeights.of(model)
                .flattenOrder(FlattenOrder.CHANNELS_LAST)
                .stateDict()
                .get("dense.weight");
        assertEquals(kernel.transpose(), theirs);
        assertTrue(!theirs.equals(PyTorchWeights.of(model).stateDict().get("dense.weight")));
    }

    @Test
    void statesGoThroughSafetensors(@TempDir Path folder) {
        Model model = autoencoder();
        PyTorchWeights weights = PyTorchWeights.of(model).modulesOf(state("autoencoder"));
        weights.load(state("autoencoder"));
        Path file = folder.resolve("model.safetensors");
        Safetensors.write(weights.stateDict(), Map.of("format", "pt"), file);
        Model again = autoencoder();
        PyTorchWeights.of(again).modulesOf(Safetensors.read(file)).load(Safetensors.read(file));
        for (int i = 0; i < model.getWeights().size(); i++) {
            assertEquals(model.getWeights().get(i), again.getWeights().get(i));
        }
    }

    @Test
    void statesOfHalfPrecisionAreRead() {
        Model model = model("classifier");
        Map<String, INDArray> state = state("classifier");
        state.replaceAll((key, array) -> array.dataType() == DataType.FLOAT ? array.castTo(DataType.BFLOAT16) : array);
        PyTorchWeights.of(model).modulesOf(state).load(state);
        // multiples of 1/16 within one fit into bfloat16
        assertEquals(DataType.FLOAT, model.getWeights().get(0).dataType());
        assertEquals(
                state("classifier").get("7.bias"),
                model.getWeights().get(model.getWeights().size() - 1));
    }

    private static String refusal(Map<String, INDArray> state) {
        Model model = model("classifier");
        INDArray before = model.getWeights().get(0).dup();
        Map<String, INDArray> whole = state("classifier");
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> PyTorchWeights.of(model).modulesOf(whole).load(state))
                .getMessage();
        assertEquals(before, model.getWeights().get(0), "nothing is changed");
        return message;
    }

    @Test
    void whatDoesNotFitIsRefusedByKeyShapeAndRule() {
        Map<String, INDArray> state = state("classifier");
        state.put("7.weight", state.get("7.weight").transpose());
        assertEquals(
                "sequential: layer 'dense_1': '7.weight' has the shape [5, 3]; it must be [3, 5],"
                        + " since kernel [5, 3] goes (in, out) as (out, in)",
                refusal(state).replaceFirst("sequential_\\d+", "sequential"));
        state.remove("7.weight");
        assertTrue(refusal(state).contains("layer 'dense_1': the state lacks '7.weight'; it has [0.weight, 0.bias,"));
        state = state("classifier");
        state.put("8.weight", Nd4j.ones(2));
        assertTrue(refusal(state).contains("no layer has the keys [8.weight]; the modules are [0, 1, 2, 5, 7]"));
        state = state("classifier");
        state.put("7.bias", Nd4j.zeros(DataType.INT, 3));
        assertTrue(refusal(state).contains("'7.bias' is of type INT; it must be a floating-point type"));
        state = state("classifier");
        state.put("0.weight", state.get("0.weight").permute(2, 3, 1, 0));
        String message = refusal(state);
        assertTrue(message.contains("'0.weight' has the shape [3, 2, 2, 4]; it must be [4, 2, 3, 2]"), message);
        assertTrue(message.endsWith("(kernel axes..., a, b) as (b, a, kernel axes...)"), message);
    }

    @Test
    void factorsThatALayerLacksMustBeOne() {
        Model model = model("plain batch normalization");
        Map<String, INDArray> state = state("plain batch normalization");
        PyTorchWeights weights = PyTorchWeights.of(model).modulesOf(state);
        state.put("1.weight", Nd4j.ones(3));
        state.put("1.bias", Nd4j.zeros(3));
        weights.load(state);
        state.put("1.weight", Nd4j.createFromArray(1f, 2f, 1f));
        String message = assertThrows(IllegalArgumentException.class, () -> weights.load(state))
                .getMessage();
        assertTrue(
                message.endsWith("'1.weight' is not all ones, but the layer has no gamma: make it with scale(true)"),
                message);
        Model centered =
                new Sequential(Layers.input(3), Layers.batchNormalization().scale(false));
        Map<String, INDArray> written = PyTorchWeights.of(centered).stateDict();
        assertEquals(Nd4j.ones(3), written.get("batch_normalization.weight"));
        assertEquals(5, written.size());
    }

    @Test
    void namesThatDoNotFitAreRefused() {
        PyTorchWeights weights = PyTorchWeights.of(model("classifier"));
        for (String layer : List.of("flatten", "none")) {
            String message = assertThrows(IllegalArgumentException.class, () -> weights.module(layer, "0"))
                    .getMessage();
            assertTrue(
                    message.contains("no layer '" + layer + "' has weights; there are [conv2d, batch_norm"), message);
        }
        weights.module("dense", "head").module("dense_1", "head");
        String twice =
                assertThrows(IllegalArgumentException.class, weights::stateDict).getMessage();
        assertTrue(twice.contains("two layers have the module 'head'"), twice);
        String count = assertThrows(IllegalArgumentException.class, () -> weights.modulesOf(state("axes")))
                .getMessage();
        assertTrue(count.contains("the state has the modules [0, 1, 2], the model 5 layers with weights"), count);
    }
}
