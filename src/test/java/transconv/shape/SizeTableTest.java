package transconv.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeTableTest {

    /**
     * The four cases of a reader of J. Brownlee's article (2019), input 2, no padding. What the reader took from three
     * formulas was right but for two entries of relationship 14 ("4" and "6"), where i' stood for the convolution's i:
     * a depends on the size to be restored.
     */
    @ParameterizedTest
    @CsvSource({"1, 1, 2, 2, 2", "1, 3, 4, 4, 4", "2, 1, 3, 3, 4", "2, 3, 5, 5, 5"})
    void readersCases(int stride, int kernel, int guide, int pyTorch, int keras) {
        assertEquals(guide, GuideRule.transposed(2, kernel, stride, 0));
        assertEquals(
                List.of(OptionalInt.of(guide), OptionalInt.of(keras), OptionalInt.of(pyTorch), OptionalInt.of(pyTorch)),
                SizeTable.kernel(kernel).stride(stride).rows(2).stream()
                        .map(SizeTable.Row::size)
                        .toList());
    }

    /**
     * That reader's table itself, input 2: s(i - 1) + k - 2p, with a = (i - k) % s added, what the documents of
     * TensorFlow and PyTorch say, and what TensorFlow's code says, i s + max(k - s, 0). The entries 4 and 6 of the
     * second column have the wrong i in a.
     */
    @ParameterizedTest
    @CsvSource({"1, 1, 2, 2, 2, 2", "1, 3, 4, 4, 4, 4", "2, 1, 3, 4, 3, 4", "2, 3, 5, 6, 5, 5"})
    void readersTable(int stride, int kernel, int formulaOne, int formulaTwo, int documents, int code) {
        assertEquals(formulaOne, GuideRule.transposed(2, kernel, stride, 0));
        assertEquals(formulaTwo, GuideRule.transposed(2, kernel, stride, 0, GuideRule.lost(2, kernel, stride, 0)));
        assertEquals(
                documents,
                PyTorchRule.kernelSize(kernel)
                        .stride(stride)
                        .transposedConvolution(2)
                        .large());
        assertEquals(
                code,
                KerasRule.transposedConvolution(2, kernel, stride, 1, Padding.VALID, KerasRule.AUTOMATIC)
                        .large());
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 0, 3", "1, 4, 1, 4", "3, 5, 0, 5", "3, 6, 1, 6"})
    void relationshipFourteenNeedsTheConvolutionsInput(int kernel, int convolved, int lost, int restored) {
        assertEquals(2, GuideRule.convolution(convolved, kernel, 2, 0));
        assertEquals(lost, GuideRule.lost(convolved, kernel, 2, 0));
        assertEquals(restored, GuideRule.transposed(2, kernel, 2, 0, lost));
        assertEquals(1, GuideRule.lost(2, kernel, 2, 0), "the reader's a, from i' = 2");
    }

    /** Another reader's settings A and B on 4x4 do not give 16x16: both give 8x8. */
    @Test
    void readersSettingsGiveEight() {
        assertEquals(
                8,
                PyTorchRule.kernelSize(4)
                        .stride(2)
                        .padding(1)
                        .transposedConvolution(4)
                        .large());
        assertEquals(8, PyTorchRule.kernelSize(5).transposedConvolution(4).large());
        assertEquals(
                """
                GUIDE    8
                KERAS    none: Keras takes padding='valid' or 'same', not the number 1; the same layer is \
                kernel_size=4, strides=2, dilation_rate=1, padding='same', output_padding=None
                PYTORCH  8
                ONNX     8
                """,
                SizeTable.kernel(4).stride(2).padding(1).text(4));
    }

    @Test
    void sameAsFourFrameworksReadIt() {
        assertEquals(
                """
                GUIDE    none: Guide: half (same) padding, relationship 10, is for stride 1 and an odd kernel, not for stride 2 and extent 3; \
                give padding as a number
                KERAS    8
                PYTORCH  none: PyTorch's transposed convolution has no padding='same'; PyTorch crops both ends by the same padding, \
                but here it is 0 at the beginning and 1 at the end; use padding=0 and cut 1 off the end
                ONNX     8
                """,
                SizeTable.kernel(3).stride(2).padding(Padding.SAME).text(4));
        assertEquals(
                """
                GUIDE    4
                KERAS    4
                PYTORCH  none: PyTorch's transposed convolution has no padding='same'; Keras' layer is \
                kernel_size=3, stride=1, padding=1, output_padding=0, dilation=1
                ONNX     4
                """,
                SizeTable.kernel(3).padding(Padding.SAME).text(4));
    }

    @Test
    void refusalsNameRuleAndWayOut() {
        assertEquals(
                """
                GUIDE    none: Guide, relationship 14: a=2 is (i + 2p - k) mod s and must lie between 0 and s - 1 = 1; lower it
                KERAS    none: Keras: output_padding=2 must lie between 0 and strides - 1 = 1; lower it or leave it unset
                PYTORCH  none: PyTorch: output_padding=2 must be smaller than stride=2 or dilation=1; lower it
                ONNX     none: ONNX: output_padding=2 must be smaller than strides=2 or dilations=1; lower it
                """,
                SizeTable.kernel(3).stride(2).outputPadding(2).text(4));
        SizeTable.Row keras = SizeTable.kernel(3).stride(2).dilation(2).rows(4).get(1);
        assertEquals(Convention.KERAS, keras.convention());
        assertEquals("Keras: strides=2 with dilation_rate=2; only one of them may exceed 1", keras.reason());
        assertTrue(SizeTable.kernel(1).padding(2).rows(1).stream()
                .allMatch(row -> row.size().isEmpty() && !row.reason().isEmpty()));
    }
}
