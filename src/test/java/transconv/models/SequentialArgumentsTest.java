package transconv.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static transconv.layers.Layers.conv2D;
import static transconv.layers.Layers.conv2DTranspose;
import static transconv.layers.Layers.dense;
import static transconv.layers.Layers.flatten;
import static transconv.layers.Layers.input;
import static transconv.models.CompileOption.engine;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.optimizer;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import transconv.layers.Conv2D;
import transconv.training.Adam;
import transconv.training.SGD;

/** The words in which a model refuses wrong data, arguments and calls: place, value, rule and way out. */
class SequentialArgumentsTest {

    private static Sequential model() {
        return new Sequential(input(4, 3, 1), conv2D(2, 2), flatten(), dense(2));
    }

    private static Sequential compiled() {
        Sequential model = model();
        model.compile(optimizer("adam"), loss("mse"), engine("nd4j"));
        return model;
    }

    private static INDArray x(int samples) {
        return Nd4j.zeros(samples, 4, 3, 1);
    }

    private static INDArray y(int samples) {
        return Nd4j.zeros(samples, 2);
    }

    private static INDArray with(INDArray array, float value, int... index) {
        return array.putScalar(index, value);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                argument(
                        "fit: x has shape [5, 4, 3]; the model needs (None, 4, 3, 1), samples on the first axis; "
                                + "the channel axis may be missing: reshape it to (5, 4, 3, 1)",
                        () -> compiled().fit(Nd4j.zeros(5, 4, 3), y(5))),
                argument(
                        "predict: x has shape [4, 3, 1]; the model needs (None, 4, 3, 1), samples on the first axis; "
                                + "a single sample needs a batch axis: reshape it to (1, 4, 3, 1)",
                        () -> compiled().predict(Nd4j.zeros(4, 3, 1))),
                argument(
                        "fit: x has shape [5, 3, 4, 1]; the model needs (None, 4, 3, 1), samples on the first axis",
                        () -> compiled().fit(Nd4j.zeros(5, 3, 4, 1), y(5))),
                argument(
                        "fit: y has shape [5, 3]; the model needs (None, 2), samples on the first axis",
                        () -> compiled().fit(x(5), Nd4j.zeros(5, 3))),
                argument("fit: x has 5 samples, y has 4; both need the same number", () -> compiled()
                        .fit(x(5), y(4))),
                argument("evaluate: x has 5 samples, y has 6; both need the same number", () -> compiled()
                        .evaluate(x(5), y(6))),
                argument(
                        "fit: x[2, 1, 0, 0] is NaN; every value must be a finite number, clean the data first",
                        () -> compiled().fit(with(x(5), Float.NaN, 2, 1, 0, 0), y(5))),
                argument(
                        "fit: y[4, 1] is Infinity; every value must be a finite number, clean the data first",
                        () -> compiled().fit(x(5), with(y(5), Float.POSITIVE_INFINITY, 4, 1))),
                argument(
                        "predict: x[0, 0, 2, 0] is -Infinity; every value must be a finite number, clean the data"
                                + " first",
                        () -> compiled()
                                .predict(with(with(x(2), Float.NEGATIVE_INFINITY, 0, 0, 2, 0), Float.NaN, 1, 0, 0, 0))),
                argument(
                        "fit: validationSplit=0.9 leaves 0 of 5 samples for training and 5 for validation; both need"
                                + " at least 1",
                        () -> compiled().fit(x(5), y(5), FitOption.validationSplit(0.9))),
                argument("fit: validationSplit=1.0 must be at least 0 and below 1", () -> FitOption.validationSplit(1)),
                argument("fit: batchSize=0 must be at least 1", () -> FitOption.batchSize(0)),
                argument("fit: epochs=0 must be at least 1", () -> FitOption.epochs(0)),
                argument(
                        "fit: verbose=3 must be 0 (silent), 1 (live) or 2 (a line an epoch)",
                        () -> FitOption.verbose(3)),
                argument("evaluate: takes no epochs; it knows [batchSize, sampleWeight, verbose]", () -> compiled()
                        .evaluate(x(5), y(5), FitOption.epochs(2))),
                argument("predict: takes no shuffle; it knows [batchSize, verbose]", () -> compiled()
                        .predict(x(5), FitOption.shuffle(true))),
                argument(
                        "loss 'crossentropy' is not known; choose one of [bce, binary_crossentropy,"
                            + " binary_focal_crossentropy, categorical_crossentropy, categorical_focal_crossentropy,"
                            + " categorical_generalized_cross_entropy, categorical_hinge, cosine_similarity, dice,"
                            + " hinge, huber, kl_divergence, kld, log_cosh, mae, mape, mean_absolute_error,"
                            + " mean_absolute_percentage_error, mean_squared_error, mean_squared_logarithmic_error,"
                            + " mse, msle, poisson, sparse_categorical_crossentropy, squared_hinge, tversky]",
                        () -> loss("crossentropy")),
                argument(
                        "optimizer 'lion' is not known; choose one of [adadelta, adagrad, adam, adamax, adamw, ftrl,"
                                + " nadam, rmsprop, sgd]",
                        () -> optimizer("lion")),
                argument(
                        "TRANSCONV_ENGINE=gpu: no such engine; choose one of [onednn, vector, nd4j, reference], or"
                                + " leave it unset for the fastest",
                        () -> engine("gpu")),
                argument("compile: the optimizer is missing; add optimizer(\"adam\")", () -> model().compile(
                                loss("mse"))),
                argument("compile: the loss is missing; add loss(\"binary_crossentropy\")", () -> model().compile(
                                optimizer("adam"))),
                argument(
                        "adam: learningRate=0.0 must be a finite number above 0; change it or leave it at its default",
                        () -> new Adam().learningRate(0)),
                argument(
                        "adam: beta1=1.0 must be at least 0 and below 1; change it or leave it at its default",
                        () -> new Adam().beta1(1)),
                argument(
                        "sgd: momentum=NaN must be at least 0 and at most 1; change it or leave it at its default",
                        () -> new SGD().momentum(Double.NaN)),
                argument(
                        "sequential: the first layer is Dense; start with input(height, width, channels)",
                        () -> new Sequential(dense(1))),
                argument(
                        "sequential: a second input of shape (2,); a Sequential has one, as its first layer",
                        () -> new Sequential(input(2), input(2))),
                argument(
                        "sequential: there is a layer 'a' already; every layer needs a name of its own",
                        () -> new Sequential(input(2), dense(1).name("a"), dense(1).name("a"))),
                argument(
                        "conv2d_1: input size 1 is smaller than the kernel's extent 2 (kernelSize=2, dilationRate=1); "
                                + "use a smaller kernel or padding(SAME)",
                        () -> new Sequential(input(2, 2, 1), conv2D(1, 2), conv2D(1, 2))),
                state(
                        "sequential: fit before compile; call compile(optimizer(\"adam\"),"
                                + " loss(\"binary_crossentropy\")) first",
                        () -> model().fit(x(5), y(5))),
                state(
                        "sequential: evaluate before compile; call compile(optimizer(\"adam\"),"
                                + " loss(\"binary_crossentropy\")) first",
                        () -> model().evaluate(x(5), y(5))),
                state("sequential: the model is compiled; add all layers before compile", () -> compiled()
                        .add(dense(1))),
                state(
                        "sequential: no input shape yet; start with input(height, width, channels)",
                        () -> new Sequential().summary()),
                state(
                        "decoder: no input shape yet; start with input(height, width, channels)",
                        () -> new Sequential().name("decoder").compile(optimizer("adam"), loss("mse"))));
    }

    private static Arguments argument(String message, Executable call) {
        return Arguments.of(message, IllegalArgumentException.class, call);
    }

    private static Arguments state(String message, Executable call) {
        return Arguments.of(message, IllegalStateException.class, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesInTheseWords(String message, Class<RuntimeException> type, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    @Test
    void onlyTheSamplesOfAViewAreLookedAt() {
        INDArray all = with(with(x(5), Float.NaN, 0, 3, 2, 0), Float.NaN, 3, 1, 0, 0);
        Sequential model = compiled();
        assertEquals(2, model.predict(all.get(NDArrayIndex.interval(1, 3))).size(0));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> model.predict(all.get(NDArrayIndex.interval(2, 5))))
                .getMessage();
        assertEquals(
                "predict: x[1, 1, 0, 0] is NaN; every value must be a finite number, clean the data first", message);
    }

    @Test
    void predictsAndFitsNoEmptyInput() {
        INDArray none = Nd4j.create(DataType.FLOAT, 0, 4, 3, 1);
        String predict = assertThrows(
                        IllegalArgumentException.class, () -> compiled().predict(none))
                .getMessage();
        assertEquals("predict: x has shape [0, 4, 3, 1]; it has no sample, give at least one", predict);
        String scalar = assertThrows(
                        IllegalArgumentException.class, () -> compiled().predict(Nd4j.empty(DataType.FLOAT)))
                .getMessage();
        assertEquals("predict: x has shape []; the model needs (None, 4, 3, 1), samples on the first axis", scalar);
    }

    @Test
    void aLayerStandsInASequentialOnce() {
        Conv2D layer = conv2D(1, 2);
        Sequential first = new Sequential(input(4, 3, 1), layer);
        String message = assertThrows(IllegalStateException.class, () -> first.add(layer))
                .getMessage();
        assertEquals("sequential: the layer 'conv2d' is in it already; add a new one, or draw a Model", message);
    }

    @Test
    void aSecondModelSharesTheWeightsOfABuiltLayer() {
        Conv2D layer = conv2D(2, 2);
        Sequential first = new Sequential(input(4, 3, 1), layer);
        Sequential second = new Sequential(input(9, 9, 1), layer);
        second.setWeights(List.of(Nd4j.ones(2, 2, 1, 2), Nd4j.zeros(2)));
        assertEquals(Nd4j.ones(2, 2, 1, 2), first.getWeights().get(0));
        String message = assertThrows(IllegalArgumentException.class, () -> new Sequential(input(9, 9, 3), layer))
                .getMessage();
        assertTrue(message.startsWith("conv2d: inputs of shape [(9, 9, 3)] do not fit its weights"), message);
    }

    @Test
    void aRefusedLayerLeavesTheModelAsItWas() {
        Sequential model = new Sequential(input(3, 3, 1));
        assertThrows(IllegalArgumentException.class, () -> model.add(conv2D(1, 4)));
        model.add(conv2D(1, 3));
        assertEquals("conv2d", model.layers().get(0).name());
        assertThrows(
                IllegalArgumentException.class,
                () -> model.add(
                        conv2DTranspose(1, 3).strides(2).outputPadding(2).name("up")));
        model.add(conv2DTranspose(1, 3).name("up"));
        assertEquals(2, model.layers().size());
    }

    @Test
    void setWeightsChangesNothingWhenOneDoesNotFit() {
        Sequential model = model();
        List<INDArray> before = model.getWeights();
        List<INDArray> tooFew =
                before.subList(0, 3).stream().map(weight -> weight.add(1)).toList();
        assertEquals(
                "sequential: 3 weights given, the model has 4; give them in the order of getWeights",
                assertThrows(IllegalArgumentException.class, () -> model.setWeights(tooFew))
                        .getMessage());
        List<INDArray> wrong = List.of(
                before.get(0).add(1), before.get(1).add(1), before.get(2).add(1), Nd4j.zeros(3));
        assertEquals(
                "sequential: weight 3 has shape [3], dense/bias needs (2,)",
                assertThrows(IllegalArgumentException.class, () -> model.setWeights(wrong))
                        .getMessage());
        assertEquals(before, model.getWeights());
        List<INDArray> right = before.stream().map(weight -> weight.add(1)).toList();
        model.setWeights(right);
        assertEquals(right, model.getWeights());
    }

    @Test
    void aRefusedFitLeavesTheWeights() {
        Sequential model = compiled();
        List<INDArray> before = model.getWeights();
        assertThrows(IllegalArgumentException.class, () -> model.fit(x(5), with(y(5), Float.NaN, 0, 0)));
        assertEquals(before, model.getWeights());
    }

    @Test
    void valuesThatOnlyOverflowInTheirSumAreFine() {
        assertEquals(
                2,
                compiled()
                        .predict(Nd4j.valueArrayOf(new long[] {2, 4, 3, 1}, 3e38, DataType.FLOAT))
                        .size(0));
    }

    @Test
    void aPartOfAnArrayIsPredictedAsItsCopy() {
        Sequential model = compiled();
        INDArray all = Nd4j.linspace(0, 1, 60, DataType.FLOAT).reshape('c', 5, 4, 3, 1);
        INDArray part = all.get(org.nd4j.linalg.indexing.NDArrayIndex.interval(2, 4));
        assertEquals(model.predict(part.dup('c')), model.predict(part));
        assertEquals(model.predict(part.dup('c')), model.predict(part.dup('f')));
    }
}
