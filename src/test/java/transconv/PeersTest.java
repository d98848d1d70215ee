package transconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.interop.keras.KerasFile;
import transconv.interop.pytorch.FlattenOrder;
import transconv.interop.pytorch.PyTorchWeights;
import transconv.interop.safetensors.Safetensors;
import transconv.layers.Layer;
import transconv.layers.LayerTypes;
import transconv.models.Model;

/**
 * Our side of the round trips of {@code ./lab test --peers}: opens what Keras made, compares, and leaves for Keras and
 * PyTorch what it makes of it. {@code src/test/peers} has the other side.
 */
@EnabledIfSystemProperty(named = "transconv.peers", matches = ".+", disabledReason = "./lab test --peers runs it")
class PeersTest {

    private static final int STEPS = 3;

    /** PyTorch has no Lanczos interpolation. */
    private static final Set<String> NOT_OF_PYTORCH = Set.of("up-sampling-2d-lanczos");

    private static final Closeness CLOSENESS = new Closeness();

    private static PeerFolder theirs;
    private static PeerFolder ours;

    @BeforeAll
    static void makeFolder() throws IOException {
        Path folder = Path.of(System.getProperty("transconv.peers"));
        theirs = new PeerFolder(folder.resolve("from-keras"));
        ours = new PeerFolder(Files.createDirectories(folder.resolve("from-transconv")));
    }

    @AfterAll
    static void report() {
        System.out.println("Models of Keras, " + CLOSENESS);
    }

    @Test
    void thereAreModelsWithEveryLayer() throws IOException {
        Set<String> types = new TreeSet<>(Set.of("InputLayer"));
        List<String> names = theirs.names();
        assertTrue(names.size() >= 60, () -> "only %d models".formatted(names.size()));
        for (String name : names) {
            collect(KerasFile.loadUncompiled(theirs.file(name, ".keras")), types);
        }
        PeerModels.OF_CODE.values().forEach(maker -> collect(maker.get(), types));
        Set<String> missing = new TreeSet<>(LayerTypes.names());
        missing.removeAll(types);
        assertEquals(Set.of(), missing);
    }

    private static void collect(Model model, Set<String> types) {
        for (Layer layer : model.layers()) {
            types.add(layer.type());
            if (layer instanceof Model inner) {
                collect(inner, types);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> modelsOfKeras() throws IOException {
        return theirs.names().stream()
                .flatMap(name -> Stream.of(
                        test(name + ": predicts", () -> predicts(name)),
                        test(name + ": trains, and is written", () -> trains(name))));
    }

    private static DynamicTest test(String name, Executable body) {
        return DynamicTest.dynamicTest(name, () -> {
            try {
                body.execute();
            } catch (Exception | AssertionError trouble) {
                // reports number the tests of a factory
                throw new AssertionError(name + ": " + trouble.getMessage(), trouble);
            }
        });
    }

    private static void predicts(String name) throws IOException {
        try (Model model = KerasFile.load(theirs.file(name, ".keras"))) {
            requireClose("predictions", theirs.arrays(name, "y"), model.predict(theirs.arrays(name, "x")), 1e-5);
        }
    }

    private static void trains(String name) throws IOException {
        List<INDArray> x = theirs.arrays(name, "x");
        List<INDArray> t = theirs.arrays(name, "t");
        try (Model model = KerasFile.load(theirs.file(name, ".keras"))) {
            if (!t.isEmpty()) {
                CLOSENESS.require("losses", theirs.losses(name), train(model, x, t), 1e-4);
                requireClose("predictions after training", theirs.arrays(name, "after"), model.predict(x), 1e-4);
            }
            KerasFile.save(model, ours.file(name, ".keras"));
            write(name, model, x, true, !NOT_OF_PYTORCH.contains(name));
            if (!t.isEmpty()) {
                ours.write(name, "t", t);
                ours.writeLosses(name, train(model, x, t));
                ours.write(name, "after", model.predict(x));
            }
        }
    }

    private static double[] train(Model model, List<INDArray> x, List<INDArray> t) {
        return IntStream.range(0, STEPS)
                .mapToDouble(step -> model.trainOnBatch(x, t).get("loss"))
                .toArray();
    }

    private static void requireClose(String what, List<INDArray> wanted, List<INDArray> received, double tolerance) {
        assertEquals(wanted.size(), received.size(), what + ": number of outputs");
        for (int i = 0; i < wanted.size(); i++) {
            CLOSENESS.require(what, wanted.get(i), received.get(i), tolerance);
        }
    }

    private static void write(String name, Model model, List<INDArray> x, boolean ofKeras, boolean ofPyTorch)
            throws IOException {
        ours.write(name, "x", x);
        ours.write(name, "y", model.predict(x));
        if (ofKeras) {
            KerasFile.saveWeights(model, ours.file(name, ".weights.h5"));
            Files.writeString(ours.file(name, ".keras.py"), model.toKerasCode());
        }
        if (ofPyTorch) {
            writePyTorch(name, model);
        }
    }

    private static void writePyTorch(String name, Model model) throws IOException {
        Files.writeString(ours.file(name, ".torch.py"), model.toPyTorchCode());
        PyTorchWeights weights = PyTorchWeights.of(model).flattenOrder(FlattenOrder.CHANNELS_LAST);
        Safetensors.write(weights.stateDict(), ours.file(name, ".safetensors"));
    }

    @TestFactory
    Stream<DynamicTest> modelsOfPyTorch() {
        return PeerModels.OF_PYTORCH.entrySet().stream()
                .map(entry -> test(entry.getKey(), () -> writeNew(entry.getKey(), entry.getValue(), false)));
    }

    @TestFactory
    Stream<DynamicTest> modelsInOtherWords() {
        return PeerModels.OF_CODE.entrySet().stream()
                .map(entry -> test(entry.getKey(), () -> writeNew(entry.getKey(), entry.getValue(), true)));
    }

    private static void writeNew(String name, Supplier<Model> maker, boolean ofKeras) throws IOException {
        try (Model model = maker.get()) {
            write(name, model, inputs(model, name.hashCode()), ofKeras, true);
        }
    }

    private static List<INDArray> inputs(Model model, long seed) {
        boolean words = model.layers().stream().anyMatch(layer -> layer.type().equals("Embedding"));
        return model.inputShapes().stream()
                .map(shape -> Nd4j.rand(shape.prepend(3).toArray()).addi(seed % 7 * 0.01))
                .map(values -> words ? Nd4j.zerosLike(values) : values.muli(2).subi(1))
                .toList();
    }

    /** Layers that Keras and PyTorch may refuse by their reasons, but not misunderstand. */
    @Test
    void layersByChance() throws IOException {
        List<String> refused = new ArrayList<>();
        int made = 0;
        for (int seed = 0; made < 60; seed++) {
            String name = "chance-%03d".formatted(seed);
            try (Model model = PeerModels.byChance(seed)) {
                if (model == null) {
                    continue;
                }
                made++;
                List<INDArray> x = inputs(model, seed);
                ours.write(name, "x", x);
                ours.write(name, "y", model.predict(x));
                unlessRefused(name, refused, () -> KerasFile.save(model, ours.file(name, ".keras")));
                unlessRefused(name, refused, () -> {
                    Files.writeString(ours.file(name, ".keras.py"), model.toKerasCode());
                    KerasFile.saveWeights(model, ours.file(name, ".weights.h5"));
                });
                unlessRefused(name, refused, () -> writePyTorch(name, model));
            }
        }
        assertTrue(refused.size() < 90, () -> "refused: " + refused);
    }

    private static void unlessRefused(String name, List<String> refused, Executable writing) {
        try {
            writing.execute();
        } catch (UnsupportedOperationException | IllegalArgumentException reason) {
            assertFalse(reason.getMessage().isBlank());
            refused.add(name + ": " + reason.getMessage());
        } catch (Throwable broken) {
            throw new AssertionError(name + ": " + broken, broken);
        }
    }
}
