package transconv.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import transconv.models.Summary;

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
        assertEquals(1, Markup.parse(html).getElementsByTagName("br").getLength());
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
}
