package transconv.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static transconv.models.CompileOption.engine;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.lossWeights;
import static transconv.models.CompileOption.metrics;
import static transconv.models.CompileOption.optimizer;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.config.Config;
import transconv.layers.Initializers;
import transconv.layers.Layer;
import transconv.layers.Layers;
import transconv.layers.Pass;
import transconv.layers.RandomSeed;
import transconv.models.file.ModelFileException;
import transconv.ops.Ops;
import transconv.ops.Value;
import transconv.shape.Shape;
import transconv.training.Adam;
import transconv.training.Loss;
import transconv.training.Optimizer;
import transconv.training.SGD;
import transconv.training.metrics.BinaryAccuracy;
import transconv.training.metrics.Metric;

/** A model from its file is the model that was saved. */
class SaveAndLoadTest {

    @TempDir
    Path folder;

    @Test
    void largeWeightsPassThroughASmallBuffer() throws IOException {
        Model model = new Sequential(
                Layers.input(3_000),
                Layers.dense(3_000).kernelInitializer(Initializers.zeros()).name("large"));
        model.parameters().get(0).value().putScalar(8_999_999, 7f);
        Path file = folder.resolve("large.tcm");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        model.save(file);
        Model again = Model.load(file);
        long taken = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(Files.size(file) > 36_000_000, "parts are not compressed");
        assertTrue(taken < 8_000_000, "heap " + taken);
        assertEquals(7f, again.parameters().get(0).value().getFloat(8_999_999));
    }

    @Test
    void whatCompileWasToldComesBack() {
        Model model = SavedModels.twoInputsTwoOutputs();
        model.layer("two").trainable(false);
        model.compile(
                optimizer(new SGD().learningRate(0.5).momentum(0.25)),
                loss(Loss.huber(2), Loss.binaryCrossentropy().labelSmoothing(0.1)),
                lossWeights(1, 0.125),
                metrics("accuracy", "mae"));
        // compile settled what is trainable: this is for the next one
        model.layer("one").trainable(false);
        model.save(folder.resolve("m.tcm"));
        Model again = Model.load(folder.resolve("m.tcm"));
        assertEquals(
                model.optimizer().config().values(), again.optimizer().config().values());
        List<INDArray> x = SavedModels.samples(model.inputShapes(), 7, 1);
        List<INDArray> y = SavedModels.samples(model.outputShapes(), 7, 2);
        assertEquals(model.evaluate(x, y), again.evaluate(x, y));
        assertEquals(
                List.of("loss", "one_loss", "two_loss", "one_accuracy", "one_mae", "two_accuracy", "two_mae"),
                List.copyOf(again.evaluate(x, y).keySet()));
        assertEquals(model.trainOnBatch(x, y), again.trainOnBatch(x, y));
        assertSameBits(model.getWeights(), again.getWeights());
        assertFalse(again.layer("one").isTrainable());
        again.compile(optimizer("sgd"), loss("mse"));
        assertEquals(List.of(), again.trainableWeights());
    }

    @Test
    void metricsWithArgumentsComeBack() {
        Model model = SavedModels.sequential();
        model.compile(
                optimizer("sgd"),
                loss("mse"),
                metrics(new BinaryAccuracy().threshold(0.25).name("quarter")));
        model.save(folder.resolve("m.tcm"));
        Model again = Model.load(folder.resolve("m.tcm"));
        List<INDArray> x = SavedModels.samples(model.inputShapes(), 7, 1);
        List<INDArray> y = SavedModels.samples(model.outputShapes(), 7, 2);
        assertTrue(again.evaluate(x, y).containsKey("quarter"));
        assertEquals(model.evaluate(x, y), again.evaluate(x, y));
    }

    @Test
    void codeOfOnesOwnIsGivenAgain() {
        Loss own = Loss.of("gap", (p, t) -> Ops.multiply(Ops.subtract(p, t), Ops.subtract(p, t)));
        Model model = SavedModels.sequential();
        model.compile(optimizer(new SGD().momentum(0.5).learningRate(step -> 0.1 / (1 + step))), loss(own));
        List<INDArray> x = SavedModels.samples(model.inputShapes(), 7, 1);
        List<INDArray> y = SavedModels.samples(model.outputShapes(), 7, 2);
        model.trainOnBatch(x, y);
        Path file = folder.resolve("m.tcm");
        model.save(file);
        assertEquals(
                file + ": it was compiled with code of your own, optimizer 'sgd', loss 'gap', which no file holds; "
                        + "give it to load, as in Model.load(file, loss(mine)), or load without it: "
                        + "Model.loadUncompiled(file)",
                assertThrows(ModelFileException.class, () -> Model.load(file)).getMessage());
        Model again =
                Model.load(file, loss(own), optimizer(new SGD().momentum(0.5).learningRate(step -> 0.1 / (1 + step))));
        assertEquals(model.trainOnBatch(x, y), again.trainOnBatch(x, y));
        assertSameBits(model.getWeights(), again.getWeights());
        Model uncompiled = Model.loadUncompiled(file);
        assertFalse(uncompiled.isCompiled());
        again.loadWeights(file);
        assertEquals(again.predict(x), uncompiled.predict(x));
        assertTrue(assertThrows(ModelFileException.class, () -> Model.load(file, loss(own), optimizer("adam")))
                .getMessage()
                .contains("adam: state"));
    }

    @Test
    void theEngineIsTheReadersChoice() {
        Model model = compiled(SavedModels::skip, new SGD());
        Path file = folder.resolve("m.tcm");
        model.save(file);
        assertEquals(
                "reference",
                Model.load(file, engine("reference")).compilation().engine.name());
        Model uncompiled = SavedModels.skip();
        uncompiled.save(file);
        assertFalse(Model.load(file).isCompiled());
        assertTrue(assertThrows(ModelFileException.class, () -> Model.load(file, loss("mse")))
                .getMessage()
                .endsWith("it was saved before compile; load it without options, and call compile"));
    }

    @Test
    void weightsAloneGoIntoAModelThatIsThere() {
        Path file = folder.resolve("w.tcm");
        Model model = SavedModels.nestedAlike();
        model.saveWeights(file);
        Model other = SavedModels.nestedAlike();
        other.loadWeights(file);
        assertSameBits(model.getWeights(), other.getWeights());
        assertEquals(
                file + ": contents=weights must be model; draw the model and call its loadWeights",
                assertThrows(ModelFileException.class, () -> Model.load(file)).getMessage());
        Model whole = SavedModels.nestedAlike();
        whole.save(file);
        other.loadWeights(file);
        assertSameBits(whole.getWeights(), other.getWeights());
    }

    @Test
    void numbersThatAreNoneStayAsTheyAre() {
        Model model = new Sequential(Layers.input(1), Layers.dense(3).useBias(false));
        float[] odd = {Float.NaN, -0f, Float.NEGATIVE_INFINITY};
        model.setWeights(List.of(Nd4j.createFromArray(odd).reshape('c', 1, 3)));
        model.save(folder.resolve("m.tcm"));
        float[] read =
                Model.load(folder.resolve("m.tcm")).getWeights().get(0).data().asFloat();
        for (int i = 0; i < odd.length; i++) {
            assertEquals(Float.floatToRawIntBits(odd[i]), Float.floatToRawIntBits(read[i]));
        }
    }

    @Test
    void whatNobodyCouldLoadIsNotSaved() {
        Path file = folder.resolve("m.tcm");
        Model model = new Sequential(
                Layers.input(2),
                Layers.dense(2).name("mine").kernelInitializer((shape, weight) -> Nd4j.ones(shape.toLongArray())));
        String message = assertThrows(UnsupportedOperationException.class, () -> model.save(file))
                .getMessage();
        assertTrue(message.contains("layer 'mine' cannot be saved (initializer "), message);
        assertTrue(message.endsWith("; saveWeights, and loadWeights into the model drawn anew"), message);
        assertFalse(Files.exists(file));
        model.saveWeights(file);
        assertTrue(Files.exists(file));
    }

    @Test
    void noLayerIsSavedAsAnotherOfItsName() {
        final class Flatten extends Layer {
            @Override
            public Shape outputShape(Shape inputShape) {
                return inputShape;
            }

            @Override
            protected Value lower(Value input, Pass pass) {
                return input;
            }

            @Override
            protected void describe(Config config) {}
        }
        Model model = new Sequential(Layers.input(2), new Flatten());
        String message = assertThrows(UnsupportedOperationException.class, () -> model.save(folder.resolve("m.tcm")))
                .getMessage();
        assertTrue(message.contains("Flatten is a class of your own"), message);
    }

    @Test
    void aMetricOfOnesOwnIsGivenAgain() {
        Metric own = new Metric() {
            @Override
            public String name() {
                return "own";
            }

            @Override
            public void update(INDArray target, INDArray prediction, INDArray sampleWeights) {}

            @Override
            public double result() {
                return 42;
            }

            @Override
            public void reset() {}

            @Override
            public Config config() {
                return Config.of("own");
            }
        };
        Model model = SavedModels.skip();
        model.compile(optimizer("sgd"), loss("mse"), metrics(own));
        Path file = folder.resolve("m.tcm");
        model.save(file);
        assertTrue(assertThrows(ModelFileException.class, () -> Model.load(file))
                .getMessage()
                .contains("it was compiled with code of your own, metrics 'own', which no file holds"));
        Model again = Model.load(file, metrics(own));
        List<INDArray> x = SavedModels.samples(model.inputShapes(), 2, 1);
        List<INDArray> y = SavedModels.samples(model.outputShapes(), 2, 2);
        assertEquals(42, again.evaluate(x, y).get("own"));
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        Path file = folder.resolve("no").resolve("m.tcm");
        assertTrue(assertThrows(
                        UncheckedIOException.class, () -> SavedModels.skip().save(file))
                .getMessage()
                .startsWith(file + ": cannot be written ("));
        assertThrows(UncheckedIOException.class, () -> SavedModels.skip().save(folder));
    }

    @Test
    void anInterruptedThreadStillSaves() {
        Path file = folder.resolve("m.tcm");
        Model model = SavedModels.skip();
        Thread.currentThread().interrupt();
        try {
            model.save(file);
            assertSameBits(model.getWeights(), Model.load(file).getWeights());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void equalModelsMakeEqualFiles() throws IOException {
        Model model = compiled(SavedModels::sequential, new Adam());
        model.save(folder.resolve("a.tcm"));
        Model.load(folder.resolve("a.tcm")).save(folder.resolve("b.tcm"));
        assertEquals(-1, Files.mismatch(folder.resolve("a.tcm"), folder.resolve("b.tcm")));
    }

    static Model compiled(Supplier<Model> drawn, Optimizer optimizer) {
        RandomSeed.set(7);
        Model model = drawn.get();
        model.compile(optimizer(optimizer), loss("mse"), metrics("mae"));
        return model;
    }

    static void assertSameBits(List<INDArray> wanted, List<INDArray> got) {
        assertEquals(wanted.size(), got.size());
        for (int i = 0; i < wanted.size(); i++) {
            assertArrayEquals(wanted.get(i).shape(), got.get(i).shape());
            assertArrayEquals(wanted.get(i).data().asFloat(), got.get(i).data().asFloat(), 0f, "weight " + i);
        }
    }
}
