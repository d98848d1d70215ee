package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static transconv.layers.Layers.batchNormalization;
import static transconv.layers.Layers.groupNormalization;
import static transconv.layers.Layers.layerNormalization;
import static transconv.layers.Layers.rmsNormalization;
import static transconv.layers.Layers.unitNormalization;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import transconv.config.Config;
import transconv.shape.Shape;

/** The words in which layers that normalize refuse wrong arguments, and their defaults. */
class NormalizationArgumentsTest {

    private static final String NOT_THERE =
            "an input of 2 axes, with the batch axis, has axes 1 to 1, or -1 to -1; choose ";
    private static final String SAMPLES = ": axis 0 is the samples'; choose 1 or more, or -1 for the last";
    private static final String FINITE = " must be a finite number at least 0; change it or leave it at its default";

    static Stream<Arguments> refused() {
        Shape four = Shape.of(4);
        return Stream.of(
                refused(
                        "batch_normalization: axis=2: " + NOT_THERE + "one",
                        () -> batchNormalization().axis(2).build(four)),
                refused(
                        "batch_normalization: axis=-3: " + NOT_THERE + "one",
                        () -> batchNormalization().axis(-3).build(four)),
                refused(
                        "norm: axis=0" + SAMPLES,
                        () -> batchNormalization().name("norm").axis(0)),
                refused(
                        "batch_normalization: momentum=1.5 must be from 0, only the last batch, to 1, no batch at all",
                        () -> batchNormalization().momentum(1.5)),
                refused(
                        "batch_normalization: momentum=NaN must be from 0, only the last batch, to 1, no batch at all",
                        () -> batchNormalization().momentum(Double.NaN)),
                refused("batch_normalization: epsilon=-1.0" + FINITE, () -> batchNormalization()
                        .epsilon(-1)),
                refused(
                        "batch_normalization: renorm=true is not offered; leave it out or set it to false",
                        () -> LayerTypes.fromConfig(
                                "BatchNormalization",
                                Config.of("BatchNormalization").with("renorm", true))),
                refused(
                        "layer_normalization: axis=2: " + NOT_THERE + "one",
                        () -> layerNormalization().axis(2).build(four)),
                refused(
                        "layer_normalization: axis=[-3, 1]: " + NOT_THERE + "different ones",
                        () -> layerNormalization().axis(1, -3).build(four)),
                refused(
                        "layer_normalization: axis=[-1, 1]: " + NOT_THERE + "different ones",
                        () -> layerNormalization().axis(1, -1).build(four)),
                refused("layer_normalization: axis=[1, 0]" + SAMPLES, () -> layerNormalization()
                        .axis(1, 0)),
                refused(
                        "layer_normalization: axis=[] names no axis; give one or several, or -1 for the last",
                        () -> layerNormalization().axis()),
                refused("layer_normalization: epsilon=Infinity" + FINITE, () -> layerNormalization()
                        .epsilon(Double.POSITIVE_INFINITY)),
                refused(
                        "group_normalization: groups=0 must be at least 1, or -1 for as many as channels",
                        () -> groupNormalization(0)),
                refused(
                        "group_normalization: groups=-2 must be at least 1, or -1 for as many as channels",
                        () -> groupNormalization(-2)),
                refused(
                        "group_normalization: groups=3 for 4 channels on axis -1; it must divide them, choose a"
                                + " divisor or -1 for 4 groups",
                        () -> groupNormalization(3).build(four)),
                refused(
                        "group_normalization: groups=32 for 4 channels on axis 1; it must divide them, choose a"
                                + " divisor or -1 for 4 groups",
                        () -> groupNormalization().axis(1).build(four)),
                refused(
                        "group_normalization: axis=-3: " + NOT_THERE + "one",
                        () -> groupNormalization(1).axis(-3).build(four)),
                refused("group_normalization: axis=0" + SAMPLES, () -> groupNormalization(1)
                        .axis(0)),
                refused(
                        "rms_normalization: axis=2: " + NOT_THERE + "one",
                        () -> rmsNormalization().axis(2).build(four)),
                refused(
                        "rms_normalization: axis=1 for input shape (4, 5): they must be the last axes, counted from"
                                + " one end, such as -1 or [-2, -1]; bring the axes to the end first",
                        () -> rmsNormalization().axis(1).build(Shape.of(4, 5))),
                refused(
                        "rms_normalization: axis=[-1, 1] for input shape (4, 5): they must be the last axes, counted"
                                + " from one end, such as -1 or [-2, -1]; bring the axes to the end first",
                        () -> rmsNormalization().axis(1, -1).build(Shape.of(4, 5))),
                refused("rms_normalization: epsilon=NaN" + FINITE, () -> rmsNormalization()
                        .epsilon(Double.NaN)),
                refused(
                        "unit_normalization: axis=-3: " + NOT_THERE + "one",
                        () -> unitNormalization().axis(-3).build(four)),
                refused("unit_normalization: axis=0" + SAMPLES, () -> unitNormalization()
                        .axis(0)));
    }

    private static Arguments refused(String message, Executable call) {
        return Arguments.of(message, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void saysWhatIsWrong(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    /** What a layer was built for holds for all its applications. */
    @Test
    void aSharedLayerTakesOnlyInputsOfItsOwnKind() {
        for (Layer layer : List.of(batchNormalization(), groupNormalization(3))) {
            layer.apply(Layers.input(4, 4, 3));
            layer.apply(Layers.input(2, 5, 3));
            assertEquals(
                    "%s: inputs of shape [(4, 3)] do not fit its weights, which were made for [(4, 4, 3)] (input shape (4, 3) has 2 axes; %s was built for 3); take a layer of its own"
                            .formatted(layer.label(), layer.label()),
                    assertThrows(IllegalArgumentException.class, () -> layer.apply(Layers.input(4, 3)))
                            .getMessage());
            assertThrows(IllegalArgumentException.class, () -> layer.apply(Layers.input(4, 4, 6)));
        }
    }

    static Stream<Arguments> tooLate() {
        BatchNormalization batch = batchNormalization();
        batch.build(Shape.of(4));
        LayerNormalization layer = layerNormalization();
        layer.build(Shape.of(4));
        RMSNormalization rms = rmsNormalization();
        rms.build(Shape.of(4));
        return Stream.of(
                refused("axis", () -> batch.axis(1)),
                refused("momentum", () -> batch.momentum(0.5)),
                refused("epsilon", () -> batch.epsilon(0.5)),
                refused("center", () -> batch.center(false)),
                refused("scale", () -> batch.scale(false)),
                refused("betaInitializer", () -> batch.betaInitializer("ones")),
                refused("gammaInitializer", () -> batch.gammaInitializer("ones")),
                refused("movingMeanInitializer", () -> batch.movingMeanInitializer("ones")),
                refused("movingVarianceInitializer", () -> batch.movingVarianceInitializer("ones")),
                refused("betaRegularizer", () -> batch.betaRegularizer("l2")),
                refused("gammaRegularizer", () -> batch.gammaRegularizer("l2")),
                refused("betaConstraint", () -> batch.betaConstraint("non_neg")),
                refused("gammaConstraint", () -> batch.gammaConstraint("non_neg")),
                refused("axis", () -> layer.axis(1)),
                refused("rmsScaling", () -> layer.rmsScaling(true)),
                refused("axis", () -> rms.axis(1)),
                refused("epsilon", () -> rms.epsilon(1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void tooLate(String setting, Executable call) {
        String message = assertThrows(IllegalStateException.class, call).getMessage();
        assertEquals(
                ": " + setting + " comes too late, the layer is built; configure it before it goes into a model",
                message.substring(message.indexOf(':')));
    }

    @Test
    void theDefaultsAreKerasOwn() {
        assertEquals(
                "0.99 0.001 true true -1 zeros ones",
                "%s %s %s %s %s %s %s"
                        .formatted(
                                fromNothing("BatchNormalization").number("momentum"),
                                fromNothing("BatchNormalization").number("epsilon"),
                                fromNothing("BatchNormalization").truth("center"),
                                fromNothing("BatchNormalization").truth("scale"),
                                fromNothing("BatchNormalization").integer("axis"),
                                initializer("moving_mean_initializer"),
                                initializer("moving_variance_initializer")));
        assertEquals(32, fromNothing("GroupNormalization").integer("groups"));
        assertEquals(0.001, fromNothing("GroupNormalization").number("epsilon"));
        assertEquals(0.001, fromNothing("LayerNormalization").number("epsilon"));
        assertEquals(1e-6, fromNothing("RMSNormalization").number("epsilon"));
        for (String type :
                List.of("GroupNormalization", "LayerNormalization", "RMSNormalization", "UnitNormalization")) {
            assertEquals(-1, fromNothing(type).integer("axis"));
        }
    }

    private static String initializer(String setting) {
        String name = fromNothing("BatchNormalization").object(setting).owner();
        return name.toLowerCase(Locale.ROOT);
    }

    private static Config fromNothing(String type) {
        return LayerTypes.fromConfig(type, Config.of(type)).config();
    }
}
