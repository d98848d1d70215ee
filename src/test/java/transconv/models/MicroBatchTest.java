package transconv.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static transconv.layers.Layers.conv2D;
import static transconv.layers.Layers.conv2DTranspose;
import static transconv.layers.Layers.dense;
import static transconv.layers.Layers.flatten;
import static transconv.layers.Layers.input;
import static transconv.models.CompileOption.engine;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.optimizer;
import static transconv.models.FitOption.batchSize;
import static transconv.models.FitOption.shuffle;
import static transconv.models.FitOption.verbose;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.Closeness;
import transconv.EnginesUnderTest;
import transconv.engines.Engines;
import transconv.engines.Program;
import transconv.layers.Initializers;
import transconv.layers.Pass;
import transconv.ops.Activation;
import transconv.ops.Gradients;
import transconv.ops.Graph;
import transconv.ops.RandomGeometry;
import transconv.ops.Value;
import transconv.shape.Padding;
import transconv.shape.Shape;
import transconv.training.Loss;
import transconv.training.SGD;

/** A batch cut into micro-batches gives the loss and the gradients of the batch in one piece. */
class MicroBatchTest {

    private static final int SAMPLES = 37;
    private static final Closeness CLOSENESS = new Closeness();

    private final INDArray x = RandomGeometry.values(Shape.of(SAMPLES, 5, 4, 2), 1);
    private final INDArray y =
            RandomGeometry.values(Shape.of(SAMPLES, 3), 2).muli(0.5).addi(0.5);

    @AfterAll
    static void printWorst() {
        System.out.println("micro-batches, " + CLOSENESS);
    }

    /** Softmax in the middle: its gradient may be written over the one that comes from above. */
    private static Sequential model() {
        return new Sequential(
                input(5, 4, 2),
                conv2D(3, 2, 3)
                        .activation(Activation.TANH)
                        .padding(Padding.SAME)
                        .kernelInitializer(Initializers.glorotUniform(1)),
                conv2DTranspose(4, 3, 2)
                        .strides(2)
                        .activation(Activation.SOFTMAX)
                        .kernelInitializer(Initializers.glorotUniform(2)),
                conv2D(2, 2).strides(1, 2).activation(Activation.RELU).kernelInitializer(Initializers.glorotUniform(3)),
                flatten(),
                dense(3).activation(Activation.SIGMOID).kernelInitializer(Initializers.glorotUniform(4)));
    }

    static Stream<Arguments> lossesOnEngines() {
        return Stream.of(Loss.BINARY_CROSSENTROPY, Loss.MEAN_SQUARED_ERROR)
                .flatMap(loss -> EnginesUnderTest.names().map(engine -> Arguments.of(loss, engine)));
    }

    @ParameterizedTest
    @MethodSource("lossesOnEngines")
    void stepOfOneBatch(Loss loss, String engineName) {
        Sequential model = model();
        List<INDArray> before = model.getWeights();
        Network network = model.network();
        assertEquals(10, MicroBatch.size(network, SAMPLES), "37 samples go in parts of 10, 10, 10 and 7");

        Graph graph = new Graph();
        Value input = graph.input(Shape.of(SAMPLES, 5, 4, 2));
        Value target = graph.input(Shape.of(SAMPLES, 3));
        Value seed = graph.input(Shape.of(SAMPLES));
        Value losses =
                loss.lower(network.lower(List.of(input), Pass.inference(graph)).get(0), target);
        graph.output(losses);
        List<Value> gradients = Gradients.of(
                losses, seed, model.parameters().stream().map(graph::parameter).toList());
        gradients.forEach(graph::output);
        try (Program whole = Engines.named("reference").compile(graph)) {
            int[] rows = IntStream.range(0, SAMPLES).toArray();
            whole.feed(input, x, rows);
            whole.feed(target, y, rows);
            whole.feed(seed, Nd4j.valueArrayOf(SAMPLES, 1.0 / SAMPLES), rows);
            whole.run();

            model.compile(optimizer(new SGD().learningRate(1)), loss(loss), engine(engineName));
            double fitted = model.fit(x, y, batchSize(SAMPLES), shuffle(true), verbose(0))
                    .last("loss");
            CLOSENESS.require(
                    "loss on " + engineName, whole.read(losses).meanNumber().doubleValue(), fitted, 1e-6);
            for (int i = 0; i < before.size(); i++) {
                INDArray step = before.get(i).sub(model.getWeights().get(i));
                CLOSENESS.require("step on " + engineName, whole.read(gradients.get(i)), step, 2e-5);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transconv.EnginesUnderTest#names")
    void predictionsAndLossesDoNotDependOnTheBatchSize(String engineName) {
        Sequential model = model();
        model.compile(optimizer("sgd"), loss("binary_crossentropy"), engine(engineName));
        INDArray once = model.predict(x, batchSize(SAMPLES));
        double loss = model.evaluate(x, y, batchSize(SAMPLES), verbose(0));
        for (int size : new int[] {1, 2, 5, 36, 1000}) {
            CLOSENESS.require("prediction on " + engineName, once, model.predict(x, batchSize(size)), 1e-6);
            CLOSENESS.require(
                    "evaluation on " + engineName, loss, model.evaluate(x, y, batchSize(size), verbose(0)), 1e-6);
        }
    }
}
