package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import transconv.config.Config;
import transconv.ops.Activation;
import transconv.shape.Shape;

/** The words in which activation functions and their layers refuse wrong arguments. */
class ActivationLayersArgumentsTest {

    private static final String AT_LEAST = " must be a finite number at least 0; change it or leave it at its default";

    static Stream<Arguments> refused() {
        return Stream.of(
                refused(
                        "activation 'glu': it halves an axis, which no layer with an activation can; use"
                                + " Activations.glu in a layer of your own",
                        () -> Layers.activation("glu")),
                refused(
                        "activation 'threshold': it needs two numbers, which a name cannot give; use"
                                + " Activations.threshold in a layer of your own",
                        () -> Layers.activation("threshold")),
                refused("re_lu: maxValue=-1.0" + AT_LEAST, () -> Layers.relu().maxValue(-1)),
                refused("re_lu: negativeSlope=-0.5" + AT_LEAST, () -> Layers.relu()
                        .negativeSlope(-0.5)),
                refused(
                        "gate: threshold=-2.0" + AT_LEAST,
                        () -> Layers.relu().name("gate").threshold(-2)),
                refused("re_lu: threshold=NaN" + AT_LEAST, () -> Layers.relu().threshold(Double.NaN)),
                refused("leaky_re_lu: negativeSlope=-0.1" + AT_LEAST, () -> Layers.leakyRelu(-0.1)),
                refused(
                        "elu: alpha=Infinity must be a finite number; change it or leave it at its default",
                        () -> Layers.elu(Double.POSITIVE_INFINITY)),
                refused("p_re_lu: sharedAxes=0 must be at least 1", () -> Layers.prelu()
                        .sharedAxes(1, 0)),
                refused(
                        "p_re_lu: sharedAxes=[3] for input shape (3, 4); each must be from 1 to 2, 1 being the first"
                                + " behind the batch axis",
                        () -> Layers.prelu().sharedAxes(3).build(Shape.of(3, 4))),
                refused(
                        "softmax: axis=[2] must name different axes from 1 to 1, or from -1 to -1; axis 0 is the batch",
                        () -> Layers.softmax(2).build(Shape.of(3))),
                refused(
                        "softmax: axis=[-3] must name different axes from 1 to 1, or from -1 to -1; axis 0 is the"
                                + " batch",
                        () -> Layers.softmax(-3).build(Shape.of(3))),
                refused(
                        "softmax: axis=[1, -2] must name different axes from 1 to 2, or from -1 to -2; axis 0 is the"
                                + " batch",
                        () -> Layers.softmax(1, -2).build(Shape.of(3, 4))),
                refused(
                        "ReLU: setting 'max_value' is many; it must be a number",
                        () -> LayerTypes.fromConfig("ReLU", Config.of("ReLU").with("max_value", "many"))));
    }

    private static Arguments refused(String message, Executable call) {
        return Arguments.of(message, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void saysWhatIsWrong(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void anUnknownFunctionIsAnsweredByTheKnownOnes() {
        String message = assertThrows(IllegalArgumentException.class, () -> Layers.activation("sigmoidal"))
                .getMessage();
        assertEquals(
                "activation 'sigmoidal' is not known; choose one of [linear, relu, relu6, leaky_relu, elu, selu, celu,"
                        + " gelu, silu, hard_silu, sigmoid, hard_sigmoid, log_sigmoid, tanh, hard_tanh, tanh_shrink,"
                        + " softplus, softsign, soft_shrink, hard_shrink, squareplus, sparse_plus, sparse_sigmoid,"
                        + " softmax, log_softmax, sparsemax, exponential, mish]",
                message);
    }

    @Test
    void aliasesAreKerasOwn() {
        assertEquals(Activation.SILU, Activation.named("swish"));
        assertEquals(Activation.HARD_SILU, Activation.named("hard_swish"));
        assertEquals(Activation.LEAKY_RELU, Activation.named("Leaky_ReLU"));
    }

    @Test
    void theDefaultsAreKerasOwn() {
        assertEquals(0.3, Layers.leakyRelu().config().number("negative_slope"));
        assertEquals(1, Layers.elu().config().number("alpha"));
        assertEquals(List.of(-1), List.of(Layers.softmax().config().integer("axis")));
        assertEquals(
                "0.3 1.0 -1",
                "%s %s %s"
                        .formatted(
                                fromNothing("LeakyReLU").number("negative_slope"),
                                fromNothing("ELU").number("alpha"),
                                fromNothing("Softmax").integer("axis")));
    }

    private static Config fromNothing(String type) {
        return LayerTypes.fromConfig(type, Config.of(type)).config();
    }
}
