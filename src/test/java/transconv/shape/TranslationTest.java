package transconv.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import transconv.layers.Layers;

class TranslationTest {

    /** Kernels 1-7, strides 1-5, inputs 1-6, both paddings, output_padding unset. */
    private static List<Axis> kerasAxes() {
        List<Axis> axes = new ArrayList<>();
        for (int kernel = 1; kernel <= 7; kernel++) {
            for (int strides = 1; strides <= 5; strides++) {
                for (int size = 1; size <= 6; size++) {
                    for (Padding padding : Padding.values()) {
                        axes.add(KerasRule.transposedConvolution(
                                size, kernel, strides, 1, padding, KerasRule.AUTOMATIC));
                    }
                }
            }
        }
        return axes;
    }

    @Test
    void sixtySixOfFourHundredAndTwentyKerasSettingsHaveNoPyTorchEqual() {
        int none = 0;
        for (Axis axis : kerasAxes()) {
            Translation<PyTorchRule> written = PyTorchRule.of(axis);
            if (written.exists()) {
                assertEquals(axis, written.get().transposedConvolution(axis.small()));
            } else {
                none++;
                // Nothing was overlooked: no padding and output_padding whatever give this axis.
                for (int padding = 0; padding <= 8; padding++) {
                    for (int added = 0; added < axis.stride(); added++) {
                        PyTorchRule rule = new PyTorchRule(axis.kernel(), axis.stride(), padding, added, 1);
                        int output = (axis.small() - 1) * axis.stride() + axis.kernel() - 2 * padding + added;
                        assertTrue(output != axis.large() || padding != axis.crop(), axis + " is " + rule);
                    }
                }
            }
        }
        assertEquals(420, kerasAxes().size());
        assertEquals(66, none);
    }

    @Test
    void everyKerasSettingComesBackFromKerasAndOnnx() {
        for (Axis axis : kerasAxes()) {
            KerasArguments keras = KerasArguments.of(axis).get();
            assertEquals(
                    axis,
                    KerasRule.transposedConvolution(
                            axis.small(),
                            keras.kernelSize(),
                            keras.strides(),
                            keras.dilationRate(),
                            keras.padding(),
                            keras.outputPadding()));
            assertEquals(axis, OnnxRule.of(axis).get().transposedConvolution(axis.small()));
        }
    }

    @Test
    void reasons() {
        assertEquals(
                "PyTorch crops both ends by the same padding, but here it is 0 at the beginning and 1 at the end; use"
                        + " padding=0 and cut 1 off the end",
                PyTorchRule.of(new Axis(8, 4, 3, 2, 1, 0)).reason());
        assertEquals(
                "PyTorch adds positions at the end only, but 1 must be added at the beginning",
                PyTorchRule.of(new Axis(10, 4, 3, 2, 1, -1)).reason());
        assertEquals(
                "PyTorch: output_padding would be 2, but must be smaller than stride=2 or dilation=1; use padding=1"
                        + " and append zeros",
                PyTorchRule.of(new Axis(9, 4, 3, 2, 1, 1)).reason());
        assertEquals(
                "ONNX: output_padding would be 2, but must be smaller than strides=2 or dilations=1; append zeros",
                OnnxRule.of(new Axis(11, 4, 3, 2, 1, 0)).reason());
        assertEquals(
                "Keras has padding 'valid', which crops nothing, and 'same', but here 2 is cropped at the beginning"
                        + " and 2 at the end; crop or pad the output by a layer of its own",
                KerasArguments.of(new Axis(5, 4, 3, 2, 1, 2)).reason());
        NoSuchElementException none =
                assertThrows(NoSuchElementException.class, () -> OnnxRule.of(new Axis(10, 4, 3, 2, 1, -1))
                        .get());
        assertEquals("ONNX adds positions at the end only, but 1 must be added at the beginning", none.getMessage());
    }

    /** Twice the padding wraps around to -2, and the kernel's extent to a negative number. */
    @Test
    void argumentsBeyondCountingAreRefused() {
        int most = Integer.MAX_VALUE;
        assertThrows(IllegalArgumentException.class, () -> GuideRule.convolution(10, 3, 1, most));
        assertThrows(IllegalArgumentException.class, () -> GuideRule.unitStride(10, 3, most));
        assertEquals(1, GuideRule.convolution(1, 3, most, 1 << 30));
        assertThrows(
                IllegalArgumentException.class,
                () -> PyTorchRule.kernelSize(3).dilation(1 << 30).convolution(1));
        assertThrows(IllegalArgumentException.class, () -> Axis.extent(3, 1 << 30));
        assertEquals(1 << 30, KerasRule.convolution(most, 1, 2, 1, Padding.SAME).small());
        assertEquals(
                1 << 30,
                OnnxRule.kernelShape(1)
                        .strides(2)
                        .autoPad(AutoPad.SAME_UPPER)
                        .convolution(most)
                        .small());
        assertThrows(
                IllegalArgumentException.class,
                () -> Layers.conv1D(1, 1).padding(most, most).outputShape(Shape.of(10, 1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> Layers.conv1DTranspose(1, 1).padding(most, most).outputShape(Shape.of(10, 1)));
    }

    @Test
    void aSizeBeyondCountingIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> PyTorchRule.kernelSize(3).stride(2).transposedConvolution(2_000_000_000));
        assertThrows(
                IllegalArgumentException.class,
                () -> KerasRule.transposedConvolution(2_000_000_000, 3, 2, 1, Padding.VALID, KerasRule.AUTOMATIC));
        assertThrows(IllegalArgumentException.class, () -> OnnxRule.kernelShape(3)
                .strides(2)
                .autoPad(AutoPad.SAME_UPPER)
                .transposedConvolution(2_000_000_000));
    }
}
