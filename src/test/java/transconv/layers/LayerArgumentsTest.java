package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import transconv.ops.Activation;
import transconv.shape.Padding;
import transconv.shape.Shape;

/** The words in which wrong arguments are refused: place, value, rule and way out. */
class LayerArgumentsTest {

    static Stream<Arguments> refused() {
        return Stream.of(
                refused("conv2d: filters=0 must be at least 1", () -> Layers.conv2D(0, 3)),
                refused("conv2d_transpose: kernelSize=0 must be at least 1", () -> Layers.conv2DTranspose(1, 3, 0)),
                refused(
                        "conv2d: kernelSize=[1, 2, 3] has 3 numbers; give one for all axes or 2",
                        () -> Layers.conv2D(1, 1, 2, 3)),
                refused("conv2d: kernelSize=[] has 0 numbers; give one for all axes or 2", () -> Layers.conv2D(1)),
                refused("conv2d_transpose: strides=0 must be at least 1", () -> Layers.conv2DTranspose(1, 3)
                        .strides(2, 0)),
                refused(
                        "up: strides=-2 must be at least 1",
                        () -> Layers.conv2DTranspose(1, 3).name("up").strides(-2)),
                refused("conv2d_transpose: dilationRate=0 must be at least 1", () -> Layers.conv2DTranspose(1, 3)
                        .dilationRate(0)),
                refused("conv2d_transpose: outputPadding=-1 must be at least 0", () -> Layers.conv2DTranspose(1, 3)
                        .outputPadding(-1)),
                refused(
                        "up: outputPadding=[2, 0] must be below strides=[2, 1] on every axis; lower it or leave it"
                                + " unset",
                        () -> Layers.conv2DTranspose(1, 3)
                                .name("up")
                                .strides(2, 1)
                                .outputPadding(2, 0)
                                .build(Shape.of(4, 4, 1))),
                refused(
                        "conv2d: strides=[2, 2] and dilationRate=[1, 2] are both above 1; Keras allows only one of"
                                + " them, set the other to 1 or take rule(Rule.PYTORCH) or rule(Rule.ONNX), which allow"
                                + " both",
                        () -> Layers.conv2D(1, 3).strides(2).dilationRate(1, 2).build(Shape.of(9, 9, 1))),
                refused(
                        "conv2d: input shape (28, 28) has 2 axes; it needs 3: (height, width, channels)",
                        () -> Layers.conv2D(1, 3).build(Shape.of(28, 28))),
                refused(
                        "conv2d: input size 4 is smaller than the kernel's extent 5 (kernelSize=3, dilationRate=2); "
                                + "use a smaller kernel or padding(SAME)",
                        () -> Layers.conv2D(1, 3).dilationRate(2).build(Shape.of(9, 4, 1))),
                refused("dense: units=0 must be at least 1", () -> Layers.dense(0)),
                refused("dense: input shape () has no axis; Dense needs (..., features)", () -> Layers.dense(2)
                        .build(Shape.of())),
                refused(
                        "reshape: input shape (3, 4) has 12 elements, which do not fill targetShape=[5, -1]; their products"
                                + " must agree",
                        () -> Layers.reshape(5, -1).build(Shape.of(3, 4))),
                refused(
                        "reshape: targetShape=[0, 2]; every axis needs at least 1, and one of them may be -1 (the rest)",
                        () -> Layers.reshape(0, 2)),
                refused(
                        "Shape [28, 0, 1]: axis 1 has length 0; every axis needs at least 1",
                        () -> Layers.input(28, 0, 1)),
                refused(
                        "Conv2D: the name ' ' is blank or has a slash; give another or leave it out",
                        () -> Layers.conv2D(1, 3).name(" ")),
                refused(
                        "initializer 'glorot' is not known; choose one of [constant, glorot_normal, glorot_uniform,"
                                + " he_normal, he_uniform, identity, lecun_normal, lecun_uniform, ones, orthogonal,"
                                + " random_normal, random_uniform, truncated_normal, variance_scaling, zeros]",
                        () -> Layers.conv2D(1, 3).kernelInitializer("glorot")),
                refused(
                        "initializer 'x' is not known; choose one of [constant, glorot_normal, glorot_uniform,"
                                + " he_normal, he_uniform, identity, lecun_normal, lecun_uniform, ones, orthogonal,"
                                + " random_normal, random_uniform, truncated_normal, variance_scaling, zeros]",
                        () -> Layers.dense(1).kernelInitializer("x")));
    }

    private static Arguments refused(String message, Executable call) {
        return Arguments.of(message, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesInTheseWords(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    static Stream<Arguments> tooLate() {
        Conv2DTranspose layer = Layers.conv2DTranspose(1, 3);
        layer.build(Shape.of(4, 4, 1));
        Dense dense = Layers.dense(1);
        dense.build(Shape.of(4));
        return Stream.of(
                tooLate("strides", () -> layer.strides(2)),
                tooLate("dilationRate", () -> layer.dilationRate(2)),
                tooLate("padding", () -> layer.padding(Padding.SAME)),
                tooLate("outputPadding", () -> layer.outputPadding(0)),
                tooLate("activation", () -> layer.activation(Activation.RELU)),
                tooLate("useBias", () -> layer.useBias(false)),
                tooLate("kernelInitializer", () -> layer.kernelInitializer("zeros")),
                tooLate("biasInitializer", () -> layer.biasInitializer("ones")),
                tooLate("name", () -> layer.name("up")),
                tooLate("build", () -> layer.build(Shape.of(4, 4, 1))),
                tooLate("activation", () -> dense.activation(Activation.RELU)),
                tooLate("useBias", () -> dense.useBias(false)),
                tooLate("kernelInitializer", () -> dense.kernelInitializer("zeros")),
                tooLate("biasInitializer", () -> dense.biasInitializer(Initializers.ones())));
    }

    private static Arguments tooLate(String setter, Executable call) {
        return Arguments.of(setter, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tooLate")
    void settersAfterBuildComeTooLate(String setter, Executable call) {
        String message = assertThrows(IllegalStateException.class, call).getMessage();
        assertEquals(
                setter + " comes too late, the layer is built; configure it before it goes into a model",
                message.substring(message.indexOf(": ") + 2));
    }

    @Test
    void anUnbuiltLayerHasNoShapes() {
        assertEquals(
                "conv2d: not built yet; put it into a model that has an input shape",
                assertThrows(IllegalStateException.class, () -> Layers.conv2D(1, 3)
                                .outputShape())
                        .getMessage());
    }
}
