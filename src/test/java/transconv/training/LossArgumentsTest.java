package transconv.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;
import transconv.EnginesUnderTest;
import transconv.config.Config;
import transconv.engines.Engines;
import transconv.engines.Program;
import transconv.ops.FusedActivation;
import transconv.ops.Graph;
import transconv.ops.Ops;
import transconv.ops.UnaryFunction;
import transconv.ops.Value;
import transconv.shape.Shape;

/** The words in which losses refuse wrong arguments, the shapes that they take, and losses of one's own. */
class LossArgumentsTest {

    private static final String AT_LEAST = " must be a finite number at least 0; change it or leave it at its default";
    private static final String SHARE = " must be at least 0 and at most 1; change it or leave it at its default";

    static Stream<Arguments> refused() {
        return Stream.of(
                refused(
                        "huber: delta=0.0 must be a finite number above 0; change it or leave it at its default",
                        () -> Loss.huber(0)),
                refused("binary_crossentropy: labelSmoothing=1.5" + SHARE, () -> Loss.binaryCrossentropy()
                        .labelSmoothing(1.5)),
                refused("categorical_crossentropy: labelSmoothing=-0.1" + SHARE, () -> Loss.categoricalCrossentropy()
                        .labelSmoothing(-0.1)),
                refused("binary_focal_crossentropy: alpha=2.0" + SHARE, () -> Loss.binaryFocalCrossentropy()
                        .alpha(2)),
                refused("binary_focal_crossentropy: gamma=-1.0" + AT_LEAST, () -> Loss.binaryFocalCrossentropy()
                        .gamma(-1)),
                refused("binary_focal_crossentropy: labelSmoothing=NaN" + SHARE, () -> Loss.binaryFocalCrossentropy()
                        .labelSmoothing(Double.NaN)),
                refused(
                        "categorical_focal_crossentropy: alpha=-1.0" + AT_LEAST,
                        () -> Loss.categoricalFocalCrossentropy().alpha(-1)),
                refused(
                        "categorical_focal_crossentropy: gamma=NaN" + AT_LEAST,
                        () -> Loss.categoricalFocalCrossentropy().gamma(Double.NaN)),
                refused(
                        "categorical_focal_crossentropy: labelSmoothing=2.0" + SHARE,
                        () -> Loss.categoricalFocalCrossentropy().labelSmoothing(2)),
                refused(
                        "categorical_generalized_cross_entropy: q=1.0 must be above 0 and below 1; for 0 take"
                                + " crossentropy",
                        () -> Loss.categoricalGeneralizedCrossEntropy().q(1)),
                refused("tversky: alpha=-0.5" + AT_LEAST, () -> Loss.tversky().alpha(-0.5)),
                refused("tversky: beta=Infinity" + AT_LEAST, () -> Loss.tversky()
                        .beta(Double.POSITIVE_INFINITY)),
                refused(
                        "huber: target (2, 3) for prediction (2, 4); both must have one shape",
                        lowered(Loss.huber(), Shape.of(2, 4), Shape.of(2, 3))),
                refused(
                        "mean_squared_error: target (3, 4) for prediction (3, 4, 2); both must have one shape",
                        lowered(Loss.MEAN_SQUARED_ERROR, Shape.of(3, 4, 2), Shape.of(3, 4))),
                refused(
                        "sparse_categorical_crossentropy: target (2, 3) for prediction (2, 3); it must have whole"
                                + " numbers in shape (2,) or (2, 1), one for each row",
                        lowered(Loss.SPARSE_CATEGORICAL_CROSSENTROPY, Shape.of(2, 3), Shape.of(2, 3))),
                refused(
                        "categorical_generalized_cross_entropy: target (3,) for prediction (2, 3); it must have whole"
                                + " numbers in shape (2,) or (2, 1), one for each row",
                        lowered(Loss.categoricalGeneralizedCrossEntropy(), Shape.of(2, 3), Shape.of(3))),
                refused(
                        "cosine_similarity: axis=0 for prediction (2, 3, 4) must be from 1 to 2, or from -1 to -2;"
                                + " axis 0 is the batch",
                        lowered(new CosineSimilarityLoss(0), Shape.of(2, 3, 4), Shape.of(2, 3, 4))),
                refused(
                        "categorical_crossentropy: axis=-2 for prediction (2, 3) must be from 1 to 1, or from -1 to -1;"
                                + " axis 0 is the batch",
                        lowered(Loss.categoricalCrossentropy().axis(-2), Shape.of(2, 3), Shape.of(2, 3))),
                refused(
                        "dice: axis=[1, -1] for prediction (2, 3) must name different axes from 0 to 1, or from -1 to"
                                + " -1",
                        lowered(Loss.dice().axis(1, -1), Shape.of(2, 3), Shape.of(2, 3))),
                refused(
                        "tversky: axis=[-2] for prediction (2, 3) must name different axes from 0 to 1, or from -1 to"
                                + " -1",
                        lowered(Loss.tversky().axis(-2), Shape.of(2, 3), Shape.of(2, 3))),
                refused(
                        "total: the formula gives (1, 1) for prediction (2, 3); it must keep the batch axis, (2, ...)",
                        lowered(Loss.of("total", (p, t) -> Ops.sum(p, 0, 1)), Shape.of(2, 3), Shape.of(2, 3))),
                refused("loss: the name ' ' is blank; give one", () -> Loss.of(" ", (p, t) -> p)),
                refused(
                        "Huber: reduction=sum must be sum_over_batch_size; leave it out and scale the learning rate",
                        () -> Loss.fromConfig("Huber", Config.of("Huber").with("reduction", "sum"))),
                refused(
                        "Huber: setting 'epsilon' is not known; there are [delta, dtype, name, reduction]",
                        () -> Loss.fromConfig("Huber", Config.of("Huber").with("epsilon", 1))),
                refused(
                        "Huber: setting 'delta' is wide; it must be a number",
                        () -> Loss.fromConfig("Huber", Config.of("Huber").with("delta", "wide"))));
    }

    private static Arguments refused(String message, Executable call) {
        return Arguments.of(message, call);
    }

    private static Executable lowered(Loss loss, Shape prediction, Shape target) {
        Graph graph = new Graph();
        return () -> loss.lower(graph.input(prediction), graph.input(target));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void saysWhatIsWrong(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void unknownNamesAreAnsweredByTheKnownOnes() {
        String name = assertThrows(IllegalArgumentException.class, () -> Loss.named("mss"))
                .getMessage();
        assertTrue(name.startsWith("loss 'mss' is not known; choose one of [bce, binary_crossentropy, "), name);
        String className = assertThrows(
                        IllegalArgumentException.class, () -> Loss.fromConfig("huber", Config.of("huber")))
                .getMessage();
        assertTrue(className.startsWith("loss class 'huber' is not known; choose one of [BinaryCross"), className);
    }

    @Test
    void settersMakeAnotherLoss() {
        BinaryCrossentropyLoss plain = Loss.binaryCrossentropy();
        assertEquals(0.1, plain.labelSmoothing(0.1).labelSmoothing());
        assertEquals(0, plain.labelSmoothing());
        assertEquals(Loss.BINARY_CROSSENTROPY, plain);
        assertEquals(
                new BinaryFocalCrossentropyLoss(true, 0.1, 3, true, 0.2),
                Loss.binaryFocalCrossentropy()
                        .labelSmoothing(0.2)
                        .fromLogits(true)
                        .gamma(3)
                        .alpha(0.1)
                        .applyClassBalancing(true));
        assertEquals(
                new CategoricalFocalCrossentropyLoss(0.1, 3, true, 0.2, 1),
                Loss.categoricalFocalCrossentropy()
                        .axis(1)
                        .labelSmoothing(0.2)
                        .fromLogits(true)
                        .gamma(3)
                        .alpha(0.1));
        assertEquals(
                new SparseCategoricalCrossentropyLoss(true, 3),
                Loss.sparseCategoricalCrossentropy().ignoreClass(3).fromLogits(true));
    }

    @Test
    void classesAreTargetsWithoutALastAxis() {
        Shape output = Shape.of(4, 5, 10);
        assertEquals(Shape.of(4, 5), Loss.SPARSE_CATEGORICAL_CROSSENTROPY.targetShape(output));
        assertEquals(Shape.of(4, 5), Loss.categoricalGeneralizedCrossEntropy().targetShape(output));
        assertEquals(Shape.of(), Loss.SPARSE_CATEGORICAL_CROSSENTROPY.targetShape(Shape.of(10)));
        assertEquals(output, Loss.CATEGORICAL_CROSSENTROPY.targetShape(output));
    }

    @Test
    void someLossesMixSamples() {
        assertFalse(Loss.MEAN_SQUARED_ERROR.mixesSamples());
        assertFalse(Loss.SPARSE_CATEGORICAL_CROSSENTROPY.mixesSamples());
        assertTrue(Loss.sparseCategoricalCrossentropy().ignoreClass(0).mixesSamples());
        assertTrue(Loss.HINGE.mixesSamples());
        assertTrue(Loss.dice().mixesSamples());
        assertTrue(Loss.tversky().axis(0, 2).mixesSamples());
        assertFalse(Loss.tversky().axis(1, 2).mixesSamples());
    }

    @Test
    void aLossOfYourOwn() {
        Loss cubic = Loss.of("cubic", (p, t) -> {
            Value distance = Ops.unary(UnaryFunction.ABS, Ops.subtract(p, t));
            return Ops.multiply(distance, Ops.unary(UnaryFunction.SQUARE, distance));
        });
        assertArrayEquals(new double[] {(1 + 8) / 2.0, 27 / 2.0}, run(cubic, Shape.of(2, 2), Shape.of(2, 2)), 1e-5);
        assertEquals("cubic", cubic.name());
        assertEquals(
                "cubic: a loss of your own is code and cannot be written down; give it to compile again after loading",
                assertThrows(UnsupportedOperationException.class, cubic::config).getMessage());
    }

    @Test
    void aLastAxisOfLengthOneMayBeMissing() {
        double[] whole = run(Loss.MEAN_ABSOLUTE_ERROR, Shape.of(4, 1), Shape.of(4, 1));
        assertArrayEquals(new double[] {1, 2, 0, 3}, whole, 1e-6);
        assertArrayEquals(whole, run(Loss.MEAN_ABSOLUTE_ERROR, Shape.of(4, 1), Shape.of(4)));
        assertArrayEquals(whole, run(Loss.MEAN_ABSOLUTE_ERROR, Shape.of(4), Shape.of(4, 1)));
    }

    /** 0 and not NaN, as in Keras. */
    @Test
    void aBatchOfIgnoredClassesCostsNothing() {
        Loss loss = Loss.sparseCategoricalCrossentropy().ignoreClass(-1);
        Graph graph = new Graph();
        Value prediction = FusedActivation.SOFTMAX.of(Ops.fill(graph, Shape.of(2, 3), 1));
        Value losses = loss.lower(prediction, Ops.fill(graph, Shape.of(2), -1));
        graph.output(losses);
        EnginesUnderTest.names().forEach(engine -> {
            try (Program program = Engines.named(engine).compile(graph)) {
                program.run();
                assertArrayEquals(
                        new double[2], program.read(losses).dup('c').data().asDouble(), engine);
            }
        });
    }

    /** Of predictions 1, 2, 3, 4 and targets 0, 4, 3, 1, on every engine. */
    private static double[] run(Loss loss, Shape prediction, Shape target) {
        Graph graph = new Graph();
        Value p = graph.input(prediction);
        Value t = graph.input(target);
        Value losses = loss.lower(p, t);
        graph.output(losses);
        int[] rows = IntStream.range(0, prediction.size(0)).toArray();
        return EnginesUnderTest.names()
                .map(engine -> {
                    try (Program program = Engines.named(engine).compile(graph)) {
                        program.feed(p, Nd4j.createFromArray(1f, 2, 3, 4).reshape(prediction.toArray()), rows);
                        program.feed(t, Nd4j.createFromArray(0f, 4, 3, 1).reshape(target.toArray()), rows);
                        program.run();
                        return program.read(losses).dup('c').data().asDouble();
                    }
                })
                .reduce((one, other) -> {
                    assertArrayEquals(one, other, 1e-6);
                    return one;
                })
                .orElseThrow();
    }
}
