package transconv.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static transconv.layers.Layers.conv2DTranspose;
import static transconv.layers.Layers.dense;
import static transconv.layers.Layers.flatten;
import static transconv.layers.Layers.input;
import static transconv.models.CompileOption.engine;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.optimizer;
import static transconv.models.FitOption.batchSize;
import static transconv.models.FitOption.verbose;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Closeness;
import transconv.EnginesUnderTest;
import transconv.Goldens;
import transconv.ops.Activation;
import transconv.shape.Padding;
import transconv.training.Callback;
import transconv.training.History;
import transconv.training.TrainingProgress;

/** What fit, evaluate and predict report, against Keras, with batches that do not divide the samples. */
class FitGoldenTest {

    private static final Goldens FIT = Goldens.named("fit");
    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("fit, " + CLOSENESS);
    }

    @TestFactory
    Stream<DynamicTest> fitsAsKerasDoes() {
        return EnginesUnderTest.names().flatMap(engine -> FIT.cases().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.get("name").asText() + ", " + engine, () -> check(entry, engine))));
    }

    private static Sequential model(String lastActivation) {
        return new Sequential(
                input(5, 4, 2),
                conv2DTranspose(3, 3, 2).strides(2, 1).padding(Padding.SAME).activation(Activation.TANH),
                flatten(),
                dense(2).activation(Activation.valueOf(lastActivation.toUpperCase(Locale.ROOT))));
    }

    private static List<INDArray> weights(JsonNode entry, String when) {
        List<INDArray> weights = new ArrayList<>();
        entry.get("weights").forEach(name -> weights.add(FIT.array(entry, when + "/" + name.asText())));
        return weights;
    }

    private static void check(JsonNode entry, String engineName) {
        Sequential model = model(entry.get("last_activation").asText());
        model.setWeights(weights(entry, "initial"));
        model.compile(
                optimizer(entry.get("optimizer").asText()),
                loss(entry.get("loss").asText()),
                engine(engineName));
        List<Double> running = new ArrayList<>();
        List<FitOption> options = new ArrayList<>(List.of(
                verbose(0),
                batchSize(entry.get("batch_size").asInt()),
                FitOption.epochs(entry.get("epochs").asInt()),
                FitOption.shuffle(entry.get("shuffle").asBoolean()),
                FitOption.callbacks(new Callback() {
                    @Override
                    public void onTrainBatchEnd(TrainingProgress progress) {
                        running.add(progress.logs().get("loss"));
                    }
                })));
        if (entry.has("validation_split")) {
            options.add(FitOption.validationSplit(entry.get("validation_split").asDouble()));
        }
        History history = model.fit(FIT.array(entry, "x"), FIT.array(entry, "y"), options.toArray(FitOption[]::new));

        List<String> names = new ArrayList<>();
        entry.get("history").fieldNames().forEachRemaining(names::add);
        assertEquals(names, history.names());
        for (String name : names) {
            CLOSENESS.require(name, doubles(entry.get("history").get(name)), doubles(history.get(name)), 1e-5);
        }
        CLOSENESS.require("running loss", doubles(entry.get("running_loss_after_each_batch")), doubles(running), 1e-5);
        List<INDArray> expected = weights(entry, "final");
        for (int i = 0; i < expected.size(); i++) {
            CLOSENESS.require(
                    "final weights", expected.get(i), model.getWeights().get(i), 1e-4);
        }
        INDArray held = FIT.array(entry, "held.x");
        int size = entry.get("evaluate_batch_size").asInt();
        CLOSENESS.require(
                "evaluate",
                entry.get("evaluate").asDouble(),
                model.evaluate(held, FIT.array(entry, "held.y"), batchSize(size), verbose(0)),
                1e-5);
        CLOSENESS.require(
                "predict", FIT.array(entry, "held.prediction"), model.predict(held, batchSize(size), verbose(0)), 1e-5);
        CLOSENESS.require("predict", FIT.array(entry, "held.prediction"), model.predict(held), 1e-5);
    }

    private static double[] doubles(JsonNode list) {
        double[] values = new double[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).asDouble();
        }
        return values;
    }

    private static double[] doubles(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** With batches of one sample, an epoch has as many steps as training samples. */
    @TestFactory
    Stream<DynamicTest> splitsAsKerasDoes() {
        return FIT.list("splits").stream().map(split -> {
            int samples = split.get("samples").asInt();
            double share = split.get("validation_split").asDouble();
            return DynamicTest.dynamicTest("%d samples, %s".formatted(samples, share), () -> {
                Sequential model = new Sequential(input(1), dense(1));
                model.compile(optimizer("sgd"), loss("mse"), engine("reference"));
                int[] steps = new int[1];
                INDArray x = Nd4j.zeros(samples, 1);
                model.fit(
                        x,
                        x,
                        batchSize(1),
                        FitOption.validationSplit(share),
                        verbose(0),
                        FitOption.callbacks(new Callback() {
                            @Override
                            public void onEpochBegin(TrainingProgress progress) {
                                steps[0] = progress.steps();
                                Thread.currentThread().interrupt();
                            }
                        }));
                Thread.interrupted();
                assertEquals(split.get("train").asInt(), steps[0]);
                assertEquals(
                        samples - split.get("train").asInt(),
                        split.get("validate").asInt());
            });
        });
    }
}
