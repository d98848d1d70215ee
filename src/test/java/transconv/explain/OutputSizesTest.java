package transconv.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import transconv.shape.Convention;
import transconv.shape.Padding;
import transconv.shape.SizeSolver;
import transconv.shape.SizeTable;

class OutputSizesTest {

    @Test
    void fourConventionsReadOneLayer() {
        Table table = OutputSizes.of(2, SizeTable.kernel(1).stride(2)).conventions();
        assertEquals(List.of("the guide", "Keras", "PyTorch", "ONNX"), table.column("convention"));
        assertEquals(List.of("3", "4", "3", "3"), table.column("output"));
        assertEquals(
                List.of(
                        "2·(2 - 1) + 0 + 1 - 2·0 = 3",
                        "2·2 + max(1 - 2, 0) = 4",
                        "(2 - 1)·2 - 2·0 + 1·(1 - 1) + 0 + 1 = 3",
                        "2·(2 - 1) + 0 + 1 - 0 - 0 = 3"),
                table.column("formula"));
    }

    /** What a reader gets who types the left side of the formula into a calculator. */
    @Test
    void everyFilledInFormulaIsTrue() {
        int checked = 0;
        for (int kernel = 1; kernel <= 5; kernel++) {
            for (int stride = 1; stride <= 4; stride++) {
                for (int dilation = 1; dilation <= 2; dilation++) {
                    for (SizeTable layer : List.of(
                            SizeTable.kernel(kernel),
                            SizeTable.kernel(kernel).padding(1),
                            SizeTable.kernel(kernel).padding(Padding.SAME),
                            SizeTable.kernel(kernel).outputPadding(stride - 1),
                            SizeTable.kernel(kernel).padding(Padding.SAME).outputPadding(stride - 1))) {
                        Table table = OutputSizes.of(5, layer.stride(stride).dilation(dilation))
                                .conventions();
                        for (String formula : table.column("formula")) {
                            if (!formula.isEmpty()) {
                                String[] sides = formula.split(" = ");
                                assertEquals(Integer.parseInt(sides[1]), new Calculator(sides[0]).value(), formula);
                                checked++;
                            }
                        }
                    }
                }
            }
        }
        assertTrue(checked > 400, "only " + checked);
    }

    @Test
    void theCodeOfALayerThatAllCanExpress() {
        Table code = OutputSizes.of(4, SizeTable.kernel(4).stride(2).padding(1)).code(Convention.PYTORCH);
        assertEquals(
                List.of(
                        "Conv2DTranspose(filters, 4, strides=2, padding='same')",
                        "nn.ConvTranspose2d(in_channels, out_channels, 4, stride=2, padding=1)",
                        "ConvTranspose(X, W, kernel_shape=[4, 4], strides=[2, 2], pads=[1, 1, 1, 1])"),
                code.column("code"));
        assertEquals(List.of("", "", ""), code.column("why not"));
    }

    @Test
    void theReasonWhyPyTorchHasNoSuchLayer() {
        OutputSizes sizes = OutputSizes.of(4, SizeTable.kernel(3).stride(2).padding(Padding.SAME));
        Table code = sizes.code(Convention.KERAS);
        assertEquals("none", code.column("code").get(1));
        assertEquals(
                "PyTorch crops both ends by the same padding, but here it is 0 at the beginning and 1 at the end; use"
                        + " padding=0 and cut 1 off the end",
                code.column("why not").get(1));
        assertEquals(
                "ConvTranspose(X, W, kernel_shape=[3, 3], strides=[2, 2], pads=[0, 0, 1, 1])",
                code.column("code").get(2));
        StepByStepTest.refused(
                "OutputSizes: PyTorch's transposed convolution has no padding='same'; PyTorch crops both ends by the"
                        + " same padding, but here it is 0 at the beginning and 1 at the end; use padding=0 and cut 1"
                        + " off the end",
                () -> sizes.code(Convention.PYTORCH));
    }

    @Test
    void optionalArgumentsAreWritten() {
        Table code = OutputSizes.of(4, SizeTable.kernel(2).dilation(3).outputPadding(0))
                .code(Convention.KERAS);
        assertEquals(
                "Conv2DTranspose(filters, 2, dilation_rate=3)",
                code.column("code").get(0));
        assertEquals(
                "nn.ConvTranspose2d(in_channels, out_channels, 2, dilation=3)",
                code.column("code").get(1));
        code = OutputSizes.of(4, SizeTable.kernel(3).stride(2).padding(1).outputPadding(1))
                .code(Convention.ONNX);
        assertEquals("none", code.column("code").get(0));
        assertEquals(
                "nn.ConvTranspose2d(in_channels, out_channels, 3, stride=2, padding=1, output_padding=1)",
                code.column("code").get(1));
        assertEquals(
                "ConvTranspose(X, W, kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 0, 0])",
                code.column("code").get(2));
    }

    @Test
    void theSolversSettingsSayHowTheirStampsOverlap() {
        Table table = OutputSizes.solutions(SizeSolver.upToKernel(4).stride(2).padding(1), 4, 8);
        assertEquals(List.of("1", "2", "3", "4"), table.column("kernel"));
        assertEquals(
                List.of("some get none", "even, 1 each", "uneven, 1 or 2", "even, 2 each"),
                table.column("overlap"));
        assertEquals(
                List.of(
                        "Conv2DTranspose(filters, 1, strides=2)",
                        "Conv2DTranspose(filters, 2, strides=2)",
                        "none",
                        "Conv2DTranspose(filters, 4, strides=2, padding='same')"),
                table.column("Keras"));
        assertTrue(OutputSizes.solutions(4, 99).toString().contains("None within kernel up to 5"));
    }

    @Test
    void htmlIsWellFormedAndEscaped() {
        Table table = new Table("a <b> & $c$").with("x", Table.Kind.CODE).row("\"1\" < 2\n3");
        org.w3c.dom.Document html = SvgDocument.parse(table.html());
        assertEquals("\"1\" < 23", html.getElementsByTagName("td").item(0).getTextContent());
        assertEquals("a <b> & $c$", html.getElementsByTagName("b").item(0).getTextContent());
        assertFalse(table.html().contains("$c"));
        assertEquals("a <b> & $c$\nx\n\"1\" < 2; 3", table.toString());
    }

    /** Whole numbers, + - ·, brackets, min and max. */
    private static final class Calculator {
        private final String text;
        private int at;

        Calculator(String text) {
            this.text = text.replace(" ", "");
        }

        int value() {
            int sum = product();
            while (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                sum += text.charAt(at++) == '+' ? product() : -product();
            }
            return sum;
        }

        private int product() {
            int product = factor();
            while (at < text.length() && text.charAt(at) == '·') {
                at++;
                product *= factor();
            }
            return product;
        }

        private int factor() {
            if (text.startsWith("m", at)) {
                boolean most = text.startsWith("max(", at);
                at += 4;
                int first = value();
                at++;
                int second = value();
                at++;
                return most ? Math.max(first, second) : Math.min(first, second);
            }
            if (text.charAt(at) == '(') {
                at++;
                int inner = value();
                at++;
                return inner;
            }
            int from = at;
            while (at < text.length() && Character.isDigit(text.charAt(at))) {
                at++;
            }
            return Integer.parseInt(text.substring(from, at));
        }
    }
}
