package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import transconv.config.Config;
import transconv.shape.Padding;
import transconv.shape.Shape;

/** Defaults, and the words in which wrong arguments of upsampling, margins, pooling and pixel shuffle are refused. */
class SamplingArgumentsTest {

    static Stream<Arguments> refused() {
        return Stream.of(
                refused("up_sampling1d: size=0 must be at least 1", () -> Layers.upSampling1D(0)),
                refused("up_sampling2d: size=-1 must be at least 1", () -> Layers.upSampling2D(2, -1)),
                refused(
                        "up_sampling3d: size=[2, 2] has 2 numbers; give one for all axes or 3",
                        () -> Layers.upSampling3D(2, 2)),
                refused(
                        "up_sampling2d: setting 'interpolation' is area; it must be one of [nearest, bilinear, bicubic,"
                                + " lanczos3, lanczos5]",
                        () -> Layers.upSampling2D(2).interpolation("area")),
                refused(
                        "interpolation=BICUBIC: inputSize=4 must be at least 1, and outputSize=2 at least that; it only"
                                + " enlarges",
                        () -> Interpolation.BICUBIC.matrix(4, 2, CoordinateTransformation.HALF_PIXEL)),
                refused(
                        "up: interpolation=LANCZOS3 is defined for HALF_PIXEL alone, not for"
                                + " coordinateTransformation=ASYMMETRIC; change one of them",
                        () -> Layers.upSampling2D(2)
                                .interpolation(Interpolation.LANCZOS3)
                                .coordinateTransformation(CoordinateTransformation.ASYMMETRIC)
                                .name("up")
                                .build(Shape.of(4, 4, 1))),
                refused(
                        "up_sampling2d: input shape (4, 4) has 2 axes; it needs 3: (height, width, channels)",
                        () -> Layers.upSampling2D().build(Shape.of(4, 4))),
                refused(
                        "up_sampling1d: input shape (4, 4, 1) has 3 axes; it needs 2: (channels, steps)",
                        () -> Layers.upSampling1D()
                                .dataFormat(DataFormat.CHANNELS_FIRST)
                                .build(Shape.of(4, 4, 1))),
                refused("zero_padding1d: padding=-1 must be at least 0", () -> Layers.zeroPadding1D(1, -1)),
                refused(
                        "zero_padding1d: padding=[1, 2, 3] has 3 numbers; give one for both ends or 2, begin and end",
                        () -> Layers.zeroPadding1D(1, 2, 3)),
                refused(
                        "zero_padding2d: padding=[[1], [2], [3]] has 3 numbers; give one for all axes or 2",
                        () -> Layers.zeroPadding2D(1, 2, 3)),
                refused("zero_padding2d: padding=-2 must be at least 0", () -> Layers.zeroPadding2D(-2)),
                refused(
                        "zero_padding3d: padding=[] has 0 numbers; give one for both ends or 2, begin and end",
                        () -> Layers.zeroPadding3D(new int[] {1}, new int[0], new int[] {1})),
                refused("cropping2d: cropping=-1 must be at least 0", () -> Layers.cropping2D(0, -1)),
                refused(
                        "cropping1d: cropping=[2, 3] leaves nothing of input size 5; use less than that in all",
                        () -> Layers.cropping1D(2, 3).build(Shape.of(5, 1))),
                refused(
                        "cropping3d: cropping=[4, 4] leaves nothing of input size 6; use less than that in all",
                        () -> Layers.cropping3D(1, 4, 1).build(Shape.of(6, 6, 6, 1))),
                refused("max_pooling2d: poolSize=0 must be at least 1", () -> Layers.maxPooling2D(2, 0)),
                refused(
                        "max_pooling1d: poolSize=[2, 2] has 2 numbers; give one for all axes or 1",
                        () -> Layers.maxPooling1D(2, 2)),
                refused("average_pooling3d: strides=0 must be at least 1", () -> Layers.averagePooling3D(2)
                        .strides(1, 0, 1)),
                refused(
                        "average_pooling2d: input size 2 is smaller than poolSize=3; use a smaller pool or"
                                + " padding(SAME)",
                        () -> Layers.averagePooling2D(3).build(Shape.of(4, 2, 1))),
                refused(
                        "global_max_pooling3d: input shape (4, 4, 1) has 3 axes; it needs 4: (depth, height, width,"
                                + " channels)",
                        () -> Layers.globalMaxPooling3D().build(Shape.of(4, 4, 1))),
                refused("pixel_shuffle: upscaleFactor=0 must be at least 1", () -> Layers.pixelShuffle(0)),
                refused(
                        "pixel_shuffle: 6 channels are no multiple of upscaleFactor^2=4; change the channels or"
                                + " upscaleFactor=2",
                        () -> Layers.pixelShuffle(2).build(Shape.of(4, 4, 6))),
                refused(
                        "pixel_shuffle: input shape (4,) has 1 axes; it needs 2 to 4: one to three of positions, and"
                                + " the channels",
                        () -> Layers.pixelShuffle(2).build(Shape.of(4))),
                refused(
                        "pixel_unshuffle: input size 5 is no multiple of downscaleFactor=2; pad or crop before, or"
                                + " change the factor",
                        () -> Layers.pixelUnshuffle(2).build(Shape.of(4, 5, 1))),
                refused(
                        "MaxPooling2D: setting 'padding' is full; it must be one of [valid, same]",
                        () -> LayerTypes.fromConfig("MaxPooling2D", config("MaxPooling2D", Map.of("padding", "full")))),
                refused(
                        "ZeroPadding2D: setting 'padding' is [1, x]; it must be a list of whole numbers",
                        () -> LayerTypes.fromConfig(
                                "ZeroPadding2D", config("ZeroPadding2D", Map.of("padding", List.of(1, "x"))))),
                refused(
                        "PixelShuffle: setting 'upscale_factor' is missing; it must be a whole number",
                        () -> LayerTypes.fromConfig("PixelShuffle", config("PixelShuffle", Map.of()))));
    }

    private static Arguments refused(String message, Executable call) {
        return Arguments.of(message, call);
    }

    private static Config config(String type, Map<String, ?> settings) {
        return Config.of(type, settings);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesInTheseWords(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    static Stream<Arguments> tooLate() {
        UpSampling2D up = Layers.upSampling2D();
        MaxPooling2D pool = Layers.maxPooling2D();
        GlobalAveragePooling2D mean = Layers.globalAveragePooling2D();
        PixelUnshuffle pixels = Layers.pixelUnshuffle(2);
        Stream.of(up, pool, mean, pixels).forEach(layer -> layer.build(Shape.of(4, 6, 4)));
        return Stream.of(
                Arguments.of("interpolation", (Executable) () -> up.interpolation(Interpolation.BICUBIC)),
                Arguments.of("coordinateTransformation", (Executable)
                        () -> up.coordinateTransformation(CoordinateTransformation.ASYMMETRIC)),
                Arguments.of("dataFormat", (Executable) () -> up.dataFormat(DataFormat.CHANNELS_FIRST)),
                Arguments.of("strides", (Executable) () -> pool.strides(1)),
                Arguments.of("padding", (Executable) () -> pool.padding(Padding.SAME)),
                Arguments.of("keepdims", (Executable) () -> mean.keepdims(true)),
                Arguments.of("channelOrder", (Executable) () -> pixels.channelOrder(ChannelOrder.PYTORCH)),
                Arguments.of("dataFormat", (Executable) () -> pixels.dataFormat(DataFormat.CHANNELS_FIRST)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tooLate")
    void settersAfterBuildComeTooLate(String setter, Executable call) {
        String message = assertThrows(IllegalStateException.class, call).getMessage();
        assertEquals(
                setter + " comes too late, the layer is built; configure it before it goes into a model",
                message.substring(message.indexOf(": ") + 2));
    }

    /** What Keras' layers without arguments make of (8, 6, 4, 3), or of its last axes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UpSampling1D | (8, 3)", "UpSampling2D | (12, 8, 3)", "UpSampling3D | (16, 12, 8, 3)",
                "ZeroPadding1D | (6, 3)", "ZeroPadding2D | (8, 6, 3)", "ZeroPadding3D | (10, 8, 6, 3)",
                "Cropping1D | (2, 3)", "Cropping2D | (6, 4, 3)", "Cropping3D | (6, 4, 2, 3)",
                "MaxPooling1D | (2, 3)", "AveragePooling2D | (3, 2, 3)", "MaxPooling3D | (4, 3, 2, 3)",
                "GlobalMaxPooling1D | (3,)", "GlobalAveragePooling3D | (3,)"
            })
    void settingsThatAreLeftOutHaveKerasDefaults(String type, String output) {
        int axes = type.charAt(type.length() - 2) - '0';
        Layer layer = LayerTypes.fromConfig(type, Config.of(type));
        assertEquals(
                output, layer.outputShape(Shape.of(8, 6, 4, 3).from(3 - axes)).toString());
    }

    /** Keras' own layers refuse to be made with arguments that only ours have. */
    @Test
    void configurationsHaveWhatIsOursOnlyWhereItIsUsed() {
        assertEquals(List.of("name", "trainable", "size"), keys(Layers.upSampling1D()));
        assertEquals(List.of("name", "trainable", "cropping"), keys(Layers.cropping1D(1)));
        assertEquals(List.of("name", "trainable", "data_format", "size", "interpolation"), keys(Layers.upSampling2D()));
        assertEquals(
                List.of("name", "trainable", "data_format", "size"),
                keys(Layers.upSampling1D().dataFormat(DataFormat.CHANNELS_FIRST)));
    }

    private static List<String> keys(Layer layer) {
        return List.copyOf(layer.config().values().keySet());
    }
}
