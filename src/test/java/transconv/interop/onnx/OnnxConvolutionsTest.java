package transconv.interop.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import transconv.Closeness;
import transconv.config.Config;
import transconv.layers.Layer;
import transconv.layers.LayerTypes;
import transconv.models.Model;

/** Convolutions and transposed ones on one to three axes, every argument with every other. */
class OnnxConvolutionsTest {

    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("ONNX, convolutions, " + CLOSENESS);
    }

    @TestFactory
    Stream<DynamicTest> convolutions() {
        return IntStream.rangeClosed(1, 3).boxed().flatMap(axes -> Stream.of(false, true)
                .map(isTransposed -> DynamicTest.dynamicTest(
                        "%d axes%s".formatted(axes, isTransposed ? ", transposed" : ""),
                        () -> tryAll(axes, isTransposed))));
    }

    private static void tryAll(int axes, boolean isTransposed) {
        int tried = 0;
        for (int[] each : cases(isTransposed)) {
            Model model = model(axes, isTransposed, each);
            if (model != null) {
                RoundTrip.check(axes + (isTransposed ? " axes, transposed" : " axes"), model, CLOSENESS);
                tried++;
            }
        }
        int count = tried;
        assertTrue(count > 60, () -> "only " + count + " cases");
    }

    /** Kernel, stride, dilation, padding, output padding, groups, bias, data format: all for few, all pairs for 3-D. */
    private static List<int[]> cases(boolean isTransposed) {
        List<int[]> cases = new ArrayList<>();
        int[] sizes = {3, 3, 3, 4, isTransposed ? 3 : 1, 2, 2, 2};
        int all = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
        // steps of a number without common divisors meet all pairs
        for (int i = 0; i < all; i += isTransposed ? 13 : 5) {
            int[] drawn = new int[sizes.length];
            for (int j = 0, rest = i; j < sizes.length; rest /= sizes[j++]) {
                drawn[j] = rest % sizes[j];
            }
            cases.add(drawn);
        }
        return cases;
    }

    /** Null where the layer refuses the arguments. */
    private static Model model(int axes, boolean isTransposed, int[] drawn) {
        int[] kernel =
                IntStream.range(0, axes).map(axis -> 1 + (drawn[0] + axis) % 3).toArray();
        int[] strides =
                IntStream.range(0, axes).map(axis -> 1 + (drawn[1] + axis) % 3).toArray();
        int[] dilations = IntStream.range(0, axes).map(axis -> 1 + drawn[2]).toArray();
        String type = "Conv%dD%s".formatted(axes, isTransposed ? "Transpose" : "");
        Config config = Config.of(type)
                .with("filters", 6)
                .with("kernel_size", kernel)
                .with("strides", strides)
                .with("dilation_rate", dilations)
                .with("groups", 1 + drawn[5])
                .with("use_bias", drawn[6] == 0)
                .with("data_format", drawn[7] == 0 ? "channels_last" : "channels_first");
        boolean isBoth = Arrays.stream(strides).max().orElse(1) > 1 && drawn[2] > 0;
        if (isBoth || drawn[3] == 3) {
            config.with("rule", "onnx");
        }
        switch (drawn[3]) {
            case 0 -> config.with("padding", "valid");
            case 1 -> config.with("padding", "same");
            default -> config.with("padding", "explicit")
                    .with(
                            "padding_begin",
                            IntStream.range(0, axes).map(axis -> axis % 2).toArray())
                    .with("padding_end", IntStream.range(0, axes).map(axis -> 1).toArray());
        }
        if (drawn[4] > 0) {
            config.with(
                    "output_padding",
                    IntStream.of(strides)
                            .map(stride -> Math.min(stride - 1, drawn[4]))
                            .toArray());
        }
        int[] shape = drawn[7] == 0 ? new int[] {7, 5, 6} : new int[] {4, 7, 5, 6};
        int[] input = drawn[7] == 0 ? Arrays.copyOf(shape, axes + 1) : Arrays.copyOf(shape, axes + 1);
        if (drawn[7] == 0) {
            input[axes] = 4;
        }
        try {
            Layer layer = LayerTypes.fromConfig(type, config);
            return RoundTrip.of(layer, input);
        } catch (IllegalArgumentException refused) {
            return null;
        }
    }
}
