package transconv.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static transconv.models.CompileOption.engine;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.optimizer;
import static transconv.models.FitOption.batchSize;
import static transconv.models.FitOption.epochs;
import static transconv.models.FitOption.shuffle;
import static transconv.models.FitOption.verbose;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Closeness;
import transconv.Goldens;
import transconv.training.Callback;
import transconv.training.Loss;
import transconv.training.TrainingProgress;

/** The autoencoder against Keras: gradients, losses, and weights after one and three steps of Adam. */
class AutoencoderGoldenTest {

    private static final Goldens TRAINING = Goldens.named("training");
    private static final int IMAGES = 8;
    private static final Closeness CLOSENESS = new Closeness();

    private final INDArray images = TRAINING.array("images").divi(255).reshape('c', IMAGES, 28, 28, 1);
    private final Sequential model = Autoencoder.create();

    AutoencoderGoldenTest() {
        model.setWeights(weights("initial"));
    }

    @AfterAll
    static void printWorst() {
        System.out.println("autoencoder, " + CLOSENESS);
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        TRAINING.document().get("weights").forEach((JsonNode name) -> names.add(name.asText()));
        return names;
    }

    private static List<INDArray> weights(String prefix) {
        return names().stream().map(name -> TRAINING.array(prefix + "/" + name)).toList();
    }

    private static void requireWeights(String what, String prefix, List<INDArray> actual, double tolerance) {
        List<String> names = names();
        assertEquals(names.size(), actual.size());
        for (int i = 0; i < names.size(); i++) {
            CLOSENESS.require(what, TRAINING.array(prefix + "/" + names.get(i)), actual.get(i), tolerance);
        }
    }

    @ParameterizedTest
    @MethodSource("transconv.EnginesUnderTest#names")
    void firstLossAndGradients(String engineName) {
        Compilation compilation = Compilation.of(optimizer("adam"), loss(Loss.BINARY_CROSSENTROPY), engine(engineName));
        compilation.fit(model.network());
        try (TrainingProgram program = new TrainingProgram(model.network(), compilation, IMAGES, true)) {
            int[] all = IntStream.range(0, IMAGES).toArray();
            Rows batch = new Rows(List.of(images), List.of(images), null, all);
            double loss = program.run(batch, null)[0];
            CLOSENESS.require(
                    "loss on " + engineName,
                    TRAINING.document().get("initial_loss").asDouble(),
                    loss,
                    1e-5);
            requireWeights("gradient on " + engineName, "gradient", program.gradients(), 1e-4);
        }
    }

    @ParameterizedTest
    @MethodSource("transconv.EnginesUnderTest#names")
    void threeStepsOfAdam(String engineName) {
        model.compile(optimizer("adam"), loss("binary_crossentropy"), engine(engineName));
        CLOSENESS.require(
                "prediction on " + engineName, TRAINING.array("prediction.initial"), model.predict(firstTwo()), 1e-5);
        List<Double> losses = new ArrayList<>();
        // Every epoch is one batch of all images: a step.
        model.fit(
                images,
                images,
                batchSize(IMAGES),
                epochs(3),
                shuffle(false),
                verbose(0),
                FitOption.callbacks(new Callback() {
                    @Override
                    public void onEpochEnd(TrainingProgress progress) {
                        losses.add(progress.logs().get("loss"));
                        if (progress.epoch() == 0) {
                            requireWeights(
                                    "weights after 1 step on " + engineName, "after 1", model.getWeights(), 1e-4);
                        }
                    }
                }));
        requireWeights("weights after 3 steps on " + engineName, "after 3", model.getWeights(), 1e-4);
        JsonNode golden = TRAINING.document().get("losses");
        assertEquals(golden.size(), losses.size());
        for (int step = 0; step < losses.size(); step++) {
            CLOSENESS.require("loss on " + engineName, golden.get(step).asDouble(), losses.get(step), 1e-5);
        }
        double last = model.evaluate(images, images, batchSize(IMAGES), verbose(0));
        CLOSENESS.require(
                "loss on " + engineName, TRAINING.document().get("final_loss").asDouble(), last, 1e-5);
        CLOSENESS.require(
                "prediction on " + engineName, TRAINING.array("prediction.final"), model.predict(firstTwo()), 1e-4);
    }

    private INDArray firstTwo() {
        return images.get(NDArrayIndex.interval(0, 2), NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.all());
    }
}
