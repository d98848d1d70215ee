package transconv.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import transconv.datasets.GeneratedDigits;
import transconv.plots.TrainingFilmstrip;
import transconv.training.FakeProgress;

class FilmstripPageTest {

    private static TrainingFilmstrip film(int epochs, INDArray samples, String log) {
        TrainingFilmstrip film = TrainingFilmstrip.of(samples, x -> x);
        for (int epoch = 0; epoch < epochs; epoch++) {
            film.onEpochEnd(new FakeProgress()
                    .at(epoch, 48)
                    .log("loss", 0.5 / (epoch + 1))
                    .log(log, 0.25));
        }
        return film;
    }

    private static String page(int epochs) {
        return FilmstripPage.html(film(epochs, Nd4j.zeros(2, 4, 4, 1), "val_loss"));
    }

    private static List<Element> elements(String html, String name) {
        NodeList found = Markup.parse(html).getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    private static List<String> all(String html, String name, String attribute) {
        return elements(html, name).stream()
                .map(element -> element.getAttribute(attribute))
                .toList();
    }

    @Test
    void eachEpochHasItsButtonItsPictureAndItsLosses() {
        String html = page(3);
        assertEquals(List.of("radio", "radio", "radio"), all(html, "input", "type"));
        assertEquals(List.of("", "", "checked"), all(html, "input", "checked"));
        assertEquals(List.of("1", "2", "3"), Markup.texts(html, "label"));
        assertEquals(all(html, "input", "id"), all(html, "label", "for"));
        assertEquals(
                List.of(
                        "after epoch 1: loss 0.5000, val_loss 0.2500",
                        "after epoch 2: loss 0.2500, val_loss 0.2500",
                        "after epoch 3: loss 0.1667, val_loss 0.2500"),
                Markup.texts(html, "figcaption"));
        assertEquals(
                List.of(
                        "The samples",
                        "Predictions after epoch 1: loss 0.5000, val_loss 0.2500",
                        "Predictions after epoch 2: loss 0.2500, val_loss 0.2500",
                        "Predictions after epoch 3: loss 0.1667, val_loss 0.2500",
                        "Training, epoch by epoch: 2 samples after 3 epochs, 1 to 3; loss 0.5000 to 0.1667"),
                all(html, "img", "alt"));
        for (String kind : List.of("input", "label", "figure")) {
            assertEquals(3, elements(html, kind).size(), kind);
        }
    }

    /** The rules reach a picture from the button before it, so the three have to stand in this order. */
    @Test
    void aPictureFollowsItsLabelAndItsButton() {
        for (Element figure : elements(page(3), "figure")) {
            assertEquals("label", figure.getPreviousSibling().getNodeName());
            assertEquals(
                    "input", figure.getPreviousSibling().getPreviousSibling().getNodeName());
        }
    }

    @Test
    void itNeedsNoScriptAndWithoutStylesTheStripIsLeft() {
        String html = page(3);
        assertEquals(0, elements(html, "script").size());
        assertFalse(html.matches("(?s).*\\son[a-z]+=.*"), "no handlers");
        List<Element> hidden = elements(html, "div").stream()
                .filter(element -> element.hasAttribute("hidden"))
                .toList();
        assertEquals(List.of("transconv-filmstrip-epochs"), all(hidden, "class"));
        assertEquals(4, hidden.get(0).getElementsByTagName("img").getLength(), "all but the strip");
        List<Element> images = elements(html, "img");
        assertEquals("div", images.get(4).getParentNode().getNodeName());
        assertEquals("transconv-filmstrip", ((Element) images.get(4).getParentNode()).getAttribute("class"));
    }

    private static List<String> all(List<Element> elements, String attribute) {
        return elements.stream().map(element -> element.getAttribute(attribute)).toList();
    }

    @Test
    void picturesAreFilesOfTheirOwn() throws IOException {
        for (String source : all(page(2), "img", "src")) {
            assertTrue(source.startsWith("data:image/png;base64,"), source);
            byte[] png = Base64.getDecoder().decode(source.substring(source.indexOf(',') + 1));
            assertTrue(ImageIO.read(new ByteArrayInputStream(png)).getWidth() >= 10);
        }
    }

    @Test
    void twoDisplaysOfOneFilmHaveNoNameInCommon() {
        TrainingFilmstrip film = film(5, Nd4j.zeros(2, 4, 4, 1), "val_loss");
        String one = FilmstripPage.html(film);
        String two = FilmstripPage.html(film);
        Function<String, Set<String>> names = html -> {
            Set<String> found = new HashSet<>(all(html, "input", "id"));
            assertEquals(5, found.size());
            found.addAll(all(html, "input", "name"));
            assertEquals(6, found.size());
            return found;
        };
        assertTrue(Collections.disjoint(names.apply(one), names.apply(two)));
    }

    @Test
    void hostileTextStaysText() {
        String evil = "</figcaption><script>alert(1)</script>\" onload=\"$x$ \\(y\\)";
        TrainingFilmstrip film =
                film(2, Nd4j.zeros(2, 4, 4, 1), evil).title(evil).labels(evil);
        String html = FilmstripPage.html(film);
        assertEquals(0, elements(html, "script").size());
        assertEquals(
                "after epoch 1: loss 0.5000, " + evil + " 0.2500",
                Markup.texts(html, "figcaption").get(0));
        List<String> alts = all(html, "img", "alt");
        assertTrue(alts.get(alts.size() - 1).startsWith(evil + ": 2 samples"), alts.toString());
        assertEquals(List.of("", "", "", ""), all(html, "img", "onload"));
        List<String> between = new ArrayList<>(List.of(html.split("<[^>]*>")));
        assertTrue(between.stream().noneMatch(text -> text.contains("$x") || text.contains("\\(")), html);
    }

    @Test
    void beforeTheSecondEpochThereIsTheStripAlone() {
        for (int epochs : new int[] {0, 1}) {
            assertEquals(1, elements(page(epochs), "img").size());
            assertEquals(0, elements(page(epochs), "input").size());
        }
    }

    @Test
    void eightDigitsOver25EpochsAreSmall() {
        INDArray digits = digits();
        assertEquals(8, digits.size(0));
        TrainingFilmstrip film =
                TrainingFilmstrip.of(digits, x -> x.add(Nd4j.randn(x.shape()).mul(0.02)));
        for (int epoch = 0; epoch < 25; epoch++) {
            film.onEpochEnd(new FakeProgress().at(epoch, 48).log("loss", 0.1));
        }
        int size = FilmstripPage.html(film).length();
        assertTrue(size < 200_000, size + " bytes");
    }

    private static INDArray digits() {
        GeneratedDigits digits = new GeneratedDigits(1);
        float[] values = new float[8 * 28 * 28];
        for (int i = 0; i < 8; i++) {
            byte[] pixels = digits.image(i);
            for (int p = 0; p < pixels.length; p++) {
                values[i * pixels.length + p] = (pixels[p] & 0xff) / 255f;
            }
        }
        return Nd4j.createFromArray(values).reshape(8, 28, 28, 1);
    }
}
