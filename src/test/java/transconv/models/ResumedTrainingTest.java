package transconv.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static transconv.models.FitOption.batchSize;
import static transconv.models.FitOption.epochs;
import static transconv.models.FitOption.initialEpoch;
import static transconv.models.FitOption.verbose;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.layers.Layers;
import transconv.layers.RandomSeed;
import transconv.ops.Activation;
import transconv.shape.Padding;
import transconv.training.Adam;
import transconv.training.CosineDecay;
import transconv.training.Optimizer;

/** Training from a file goes on as if it had never stopped. */
class ResumedTrainingTest {

    @TempDir
    Path folder;

    /** To have another layer's training resumed and compared, add it here. */
    private static final Map<String, Supplier<Model>> TRAINED = Map.of(
            "row", SavedModels::sequential,
            "alike", SavedModels::nestedAlike,
            "nested", SavedModels::nestedWithTwoOutputs,
            "across", SavedModels::sharedAcrossModels,
            "noisy", SavedModels::noisy,
            "normalized", SavedModels::normalized,
            "autoencoder",
                    () -> new Sequential(
                            Layers.input(8, 6, 1),
                            Layers.conv2D(4, 3).strides(2).padding(Padding.SAME).activation(Activation.RELU),
                            Layers.conv2DTranspose(1, 3)
                                    .strides(2)
                                    .padding(Padding.SAME)
                                    .activation(Activation.SIGMOID)));

    @TestFactory
    Stream<DynamicTest> trainingGoesOnToTheLastBit() {
        return TRAINED.entrySet().stream()
                .map(drawn -> DynamicTest.dynamicTest(drawn.getKey(), () -> {
                    Model unstopped = SaveAndLoadTest.compiled(drawn.getValue(), scheduled());
                    List<INDArray> x = SavedModels.samples(unstopped.inputShapes(), 23, 1);
                    List<INDArray> y = SavedModels.samples(unstopped.outputShapes(), 23, 2);
                    List<Double> wanted = losses(unstopped, x, y, 0, 4);

                    Model stopped = SaveAndLoadTest.compiled(drawn.getValue(), scheduled());
                    losses(stopped, x, y, 0, 2);
                    Path file = folder.resolve("stopped.tcm");
                    stopped.save(file);
                    RandomSeed.set(99);
                    Model resumed = Model.load(file);
                    assertEquals(wanted.subList(2, 4), losses(resumed, x, y, 2, 4));
                    assertEquals(unstopped.getWeights(), resumed.getWeights());
                    SaveAndLoadTest.assertSameBits(unstopped.getWeights(), resumed.getWeights());
                    assertEquals(
                            unstopped.summary().toString(), resumed.summary().toString());
                }));
    }

    @Test
    void trainingGoesOnInAnotherProcess() throws IOException, InterruptedException {
        List<Long> wanted = ResumedRun.bits(ResumedRun.model(), 0, 4);
        Model stopped = ResumedRun.model();
        ResumedRun.bits(stopped, 0, 2);
        Path file = folder.resolve("stopped.tcm");
        stopped.save(file);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ResumedRun.class.getName(),
                file.toString()));
        if (Runtime.version().feature() >= 24) {
            command.addAll(1, List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertTrue(run.waitFor(60, TimeUnit.SECONDS));
        assertEquals(wanted.toString(), printed);
    }

    /** All of Keras' optimizers keep something else from step to step. */
    @ParameterizedTest
    @ValueSource(strings = {"adadelta", "adagrad", "adam", "adamax", "adamw", "ftrl", "nadam", "rmsprop", "sgd"})
    void everyOptimizerGoesOn(String name) {
        Model unstopped = SaveAndLoadTest.compiled(SavedModels::twoInputsTwoOutputs, Optimizer.named(name));
        List<INDArray> x = SavedModels.samples(unstopped.inputShapes(), 9, 1);
        List<INDArray> y = SavedModels.samples(unstopped.outputShapes(), 9, 2);
        List<Double> wanted = losses(unstopped, x, y, 0, 2);
        Model stopped = SaveAndLoadTest.compiled(SavedModels::twoInputsTwoOutputs, Optimizer.named(name));
        losses(stopped, x, y, 0, 1);
        stopped.save(folder.resolve("m.tcm"));
        Model resumed = Model.load(folder.resolve("m.tcm"));
        assertEquals(wanted.subList(1, 2), losses(resumed, x, y, 1, 2));
        SaveAndLoadTest.assertSameBits(unstopped.getWeights(), resumed.getWeights());
    }

    private static Optimizer scheduled() {
        return new Adam().learningRate(new CosineDecay(0.01, 30)).amsgrad(true).clipnorm(1);
    }

    private static List<Double> losses(Model model, List<INDArray> x, List<INDArray> y, int from, int to) {
        return model.fit(x, y, initialEpoch(from), epochs(to), batchSize(5), verbose(0))
                .get("loss");
    }
}
