package transconv.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.Layers;
import transconv.layers.Tensor;
import transconv.models.Model;
import transconv.models.Sequential;
import transconv.models.Summary;
import transconv.shape.Padding;

class SummaryTableTest {

    private static Summary oneLayer(String name) {
        return new Summary("model", List.of(new Summary.Row(name, "Conv2D", "(None, 26, 26, 16)", 1_160)), 1_160, 0, 0);
    }

    @Test
    void showsKerasColumnsAndTotals() {
        String html = SummaryTable.html(new Summary(
                "sequential",
                List.of(
                        new Summary.Row("conv2d", "Conv2D", "(None, 26, 26, 16)", 160),
                        new Summary.Row("conv2d_transpose", "Conv2DTranspose", "(None, 28, 28, 1)", 12_625)),
                12_700,
                85,
                0));
        assertEquals(List.of("Layer (type)", "Output shape", "Param #"), Markup.texts(html, "th"));
        assertEquals(
                List.of(
                        "conv2d (Conv2D)",
                        "(None, 26, 26, 16)",
                        "160",
                        "conv2d_transpose (Conv2DTranspose)",
                        "(None, 28, 28, 1)",
                        "12,625"),
                Markup.texts(html, "td"));
        assertTrue(
                Markup.parse(html)
                        .getDocumentElement()
                        .getTextContent()
                        .endsWith("Total params: 12,785 · trainable: 12,700 · non-trainable: 85"),
                html);
        assertTrue(html.contains("class=\"transconv-summary\""), html);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "</td></table><img src=x onerror=alert(1)>",
                "a&lt;b",
                "\"'&<>",
                "$x^2$",
                "\\(x\\)",
                "\\[x\\]",
                "größe",
                "层",
                "a b\tc"
            })
    void hostileNamesStayText(String name) {
        String html = SummaryTable.html(oneLayer(name));
        assertEquals(name + " (Conv2D)", Markup.texts(html, "td").get(0));
        assertEquals(0, Markup.parse(html).getElementsByTagName("script").getLength());
        assertEquals(0, Markup.parse(html).getElementsByTagName("img").getLength());
        assertFalse(
                html.contains("$x") || html.contains("\\(") || html.contains("\\["),
                "no mathematics is found: " + html);
        assertEquals(
                "Model: " + name,
                Markup.texts(SummaryTable.html(new Summary(name, List.of(), 0, 0, 0)), "b")
                        .get(0));
    }

    private static Summary skip(String name) {
        return new Summary(
                "functional",
                List.of(
                        new Summary.Row(name, "InputLayer", "(None, 3)", 0),
                        new Summary.Row("dense", "Dense", "(None, 3)", 12, List.of(name + "[0][0]")),
                        new Summary.Row("add", "Add", "(None, 3)", 0, List.of("dense[0][0]", name + "[0][0]"))),
                12,
                0,
                0);
    }

    @Test
    void showsWhatLayersAreConnectedToWhereTheyBranch() {
        String html = SummaryTable.html(skip("x"));
        assertEquals(List.of("Layer (type)", "Output shape", "Param #", "Connected to"), Markup.texts(html, "th"));
        List<String> cells = Markup.texts(html, "td");
        assertEquals(List.of("-", "x[0][0]", "dense[0][0]x[0][0]"), List.of(cells.get(3), cells.get(7), cells.get(11)));
        assertEquals(
                3 + 1,
                Markup.parse(html).getElementsByTagName("br").getLength(),
                "before each type, and between connections");
    }

    @Test
    void connectionsStayTextToo() {
        String name = "<img src=x onerror=alert(1)>\\(x\\) $x$ &lt;";
        String html = SummaryTable.html(skip(name));
        assertEquals(name + "[0][0]", Markup.texts(html, "td").get(7));
        assertEquals(0, Markup.parse(html).getElementsByTagName("img").getLength());
        assertFalse(html.contains("\\(x") || html.contains("$x"), "no mathematics is found: " + html);
    }

    @Test
    void controlCharactersBecomeVisible() {
        assertEquals(
                "a�b (Conv2D)",
                Markup.texts(SummaryTable.html(oneLayer("a\u0007b")), "td").get(0));
    }

    @Test
    void longNamesAreNotCut() {
        String name = "layer_".repeat(100);
        assertEquals(
                name + " (Conv2D)",
                Markup.texts(SummaryTable.html(oneLayer(name)), "td").get(0));
    }

    @Test
    void coloursAreThePages() {
        assertFalse(SummaryTable.html(oneLayer("a")).matches("(?s).*(color|background|#[0-9a-f]{3}).*"));
    }

    @Test
    void numbersDoNotDependOnTheCountry() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertEquals(
                    "1,160",
                    Markup.texts(SummaryTable.html(oneLayer("a")), "td").get(2));
        } finally {
            Locale.setDefault(before);
        }
    }

    /** Of 4 x 3 inputs: each of 12 outputs has 9 taps, of which those at the edges lie outside. */
    private static final List<String> CONVOLUTION = List.of(
            "conv2d (Conv2D)",
            "(None, 4, 3, 2)",
            "20",
            "3 × 3",
            "1",
            "4 + 1 + 1 - 3 + 1 = 43 + 1 + 1 - 3 + 1 = 3",
            "216 140",
            "0.1 KB",
            "3 × 3");

    @Test
    void aModelsTableSaysWhatItsLayersCost() {
        Sequential model = new Sequential(
                Layers.input(4, 3, 1),
                Layers.conv2D(2, 3).padding(Padding.SAME),
                Layers.conv2DTranspose(3, 2).strides(2, 1),
                Layers.flatten(),
                Layers.dense(5));
        String html = SummaryTable.html(model.summary());
        assertEquals(
                List.of(
                        "Layer (type)",
                        "Output shape",
                        "Param #",
                        "Kernel",
                        "Strides",
                        "Output size",
                        "Multiply-adds nominal executed",
                        "Activation memory",
                        "Receptive field"),
                Markup.texts(html, "th"));
        List<String> cells = Markup.texts(html, "td");
        assertEquals(4 * 9, cells.size());
        assertEquals(CONVOLUTION, cells.subList(0, 9));
        assertEquals(
                List.of(
                        "conv2d_transpose (Conv2DTranspose)",
                        "(None, 8, 4, 3)",
                        "27",
                        "2 × 2",
                        "2 × 1",
                        "2·(4 - 1) + 2 = 81·(3 - 1) + 2 = 4",
                        // 8 x 4 outputs or 4 x 3 inputs, each with 2 x 2 taps, 2 channels to 3
                        "768 288",
                        "0.4 KB",
                        "3 × 3"),
                cells.subList(9, 18));
        assertEquals(List.of("flatten (Flatten)", "(None, 96)", "0", "", "", "", "0 0"), cells.subList(18, 25));
        assertEquals(
                List.of("dense (Dense)", "(None, 5)", "485", "", "", "", "480 480", "0.0 KB", "4 × 3"),
                cells.subList(27, 36));
        String all = Markup.parse(html).getDocumentElement().getTextContent();
        assertTrue(
                all.endsWith("Total params: 532 · trainable: 532 · non-trainable: 0\n"
                        + "For one sample: 1,464 multiply-adds nominal · 908 executed · 0.9 KB of activations"),
                all);
    }

    @Test
    void inputsCostNothingAndSharedLayersEachTime() {
        Input x = Layers.input(4, 3, 1);
        Layer shared = Layers.conv2D(1, 1).useBias(false);
        Tensor once = shared.apply(x);
        Model model = new Model(x, Layers.add().apply(once, shared.apply(once)));
        shared.apply(Layers.input(4, 3, 1));
        String html = SummaryTable.html(model.summary());
        assertTrue(Markup.texts(html, "th").contains("Connected to"), html);
        List<String> cells = Markup.texts(html, "td");
        assertEquals(List.of("(None, 4, 3, 1)", "0", "-", "", "", "", "", "", ""), cells.subList(1, 10));
        assertEquals(
                List.of("1 × 1", "1", "4 - 1 + 1 = 43 - 1 + 1 = 3", "24 24", "0.1 KB", "1 × 1"), cells.subList(14, 20));
    }

    @Test
    void aModelTooLargeToFollowHasAllButItsReceptiveFields() {
        Sequential model = new Sequential(Layers.input(3000, 2000, 1), Layers.conv2D(1, 3));
        List<String> cells = Markup.texts(SummaryTable.html(model.summary()), "td");
        assertEquals(List.of("53,910,036 53,910,036", "23,398.5 KB", "-"), cells.subList(6, 9));
    }

    @Test
    void aModelThatHasGrownSinceIsShownAsItWas() {
        Sequential model =
                new Sequential(Layers.input(4, 3, 1), Layers.conv2D(2, 3).padding(Padding.SAME));
        Summary before = model.summary();
        model.add(Layers.flatten());
        assertEquals(CONVOLUTION.subList(0, 3), Markup.texts(SummaryTable.html(before), "td"));
    }

    @Test
    void theTextStaysKeras() {
        Sequential model =
                new Sequential(Layers.input(4, 3, 1), Layers.conv2D(2, 3).padding(Padding.SAME));
        Summary summary = model.summary();
        Summary kerasOnly = new Summary(
                summary.model(), summary.rows(), summary.trainable(), summary.nonTrainable(), summary.optimizer());
        assertEquals(kerasOnly.toString(), summary.toString());
        assertEquals(kerasOnly, summary);
        assertEquals(kerasOnly.hashCode(), summary.hashCode());
    }
}
