package transconv.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import javax.imageio.ImageIO;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import transconv.explain.OutputSizes;
import transconv.explain.Picture;
import transconv.explain.StepByStep;
import transconv.models.Summarized;
import transconv.models.Summary;
import transconv.plots.ImageGrid;
import transconv.plots.LossChart;
import transconv.plots.Plot;
import transconv.plots.TrainingFilmstrip;
import transconv.shape.SizeTable;
import transconv.training.FakeProgress;

class TransconvExtensionTest {

    private static final Summary SUMMARY =
            new Summary("m", List.of(new Summary.Row("a", "Dense", "(None, 1)", 2)), 2, 0, 0);

    private final Renderer renderer = new Renderer();

    @BeforeEach
    void register() {
        TransconvExtension.register(renderer);
    }

    private static String html(DisplayData data) {
        return (String) data.getData(MIMEType.TEXT_HTML);
    }

    private static String text(DisplayData data) {
        return (String) data.getData(MIMEType.TEXT_PLAIN);
    }

    @Test
    void theKernelFindsIt() {
        assertEquals(
                1,
                ServiceLoader.load(Extension.class).stream()
                        .filter(found -> found.type() == TransconvExtension.class)
                        .count());
    }

    @Test
    void aModelIsShownAsItsSummary() {
        record Model(String secret) implements Summarized {
            @Override
            public Summary summary() {
                return SUMMARY;
            }
        }
        DisplayData data = renderer.render(new Model("hidden"));
        assertEquals(List.of("a (Dense)", "(None, 1)", "2"), Markup.texts(html(data), "td"));
        assertEquals(SUMMARY.toString(), text(data));
        assertEquals(html(data), html(renderer.render(SUMMARY)));
    }

    @Test
    void arraysAreTablesAndTheirTextIsTheSame() {
        DisplayData nd4j = renderer.render(Nd4j.arange(4).reshape(2, 2));
        assertEquals(List.of("0", "1", "2", "3"), Markup.texts(html(nd4j), "td"));
        assertEquals("INDArray float [2, 2]\n  0  1\n  2  3", text(nd4j));
        assertEquals("double[][] [1, 2]\n  1  2", text(renderer.render(new double[][] {{1, 2}})));
        assertEquals("float[] [1]\n  0.1", text(renderer.render(new float[] {0.1f})));
    }

    @Test
    void aHistoryIsATable() {
        DisplayData data = renderer.render(FakeProgress.history(1));
        assertTrue(html(data).contains("transconv-history"));
        assertTrue(text(data).startsWith("History of 1 epoch\n"), text(data));
    }

    @Test
    void plotsArePngOfHalfTheirPixelsWithAnAlternativeText() throws IOException {
        for (Plot plot : List.of(LossChart.of(FakeProgress.history(2, 1)), ImageGrid.of(Nd4j.rand(2, 4, 4, 1)))) {
            DisplayData data = renderer.render(plot);
            byte[] png = Base64.getDecoder().decode((String) data.getData(MIMEType.IMAGE_PNG));
            assertEquals(
                    plot.image().getWidth(),
                    ImageIO.read(new ByteArrayInputStream(png)).getWidth());
            assertEquals(plot.altText(), text(data));
            assertFalse(data.hasDataForType(MIMEType.TEXT_HTML));
        }
        assertEquals(
                Map.of(
                        "width",
                        640,
                        "alt",
                        LossChart.of(FakeProgress.history(2)).altText()),
                TransconvExtension.pngMetadata(
                        LossChart.of(FakeProgress.history(2)),
                        LossChart.of(FakeProgress.history(2)).png()));
    }

    @Test
    void aFilmstripIsAPageAndItsStripAlone() {
        TrainingFilmstrip film = TrainingFilmstrip.of(Nd4j.zeros(2, 4, 4, 1), x -> x);
        film.onEpochEnd(new FakeProgress().log("loss", 0.5));
        DisplayData data = renderer.render(film);
        assertEquals(FilmstripPage.html(film), html(data));
        assertEquals(Base64.getEncoder().encodeToString(film.png()), data.getData(MIMEType.IMAGE_PNG));
        assertEquals("Training, epoch by epoch: 2 samples after epoch 1; loss 0.5000", text(data));
        assertFalse(renderer.renderAs(film, "text/plain").hasDataForType(MIMEType.TEXT_HTML));
    }

    @Test
    void explanationsAreSvgWithAnAlternativeText() {
        Picture picture = StepByStep.transposedConvolution(new double[] {1, 2}, new double[] {3})
                .filmstrip();
        DisplayData data = renderer.render(picture);
        assertEquals(picture.svg(), data.getData(MIMEType.IMAGE_SVG));
        assertEquals(picture.altText(), text(data));
        assertFalse(renderer.renderAs(picture, "text/plain").hasDataForType(MIMEType.IMAGE_SVG));
    }

    @Test
    void explanationsArePixelsToo() throws IOException {
        Picture picture = StepByStep.transposedConvolution(new double[] {1, 2}, new double[] {3})
                .filmstrip();
        byte[] png =
                Base64.getDecoder().decode((String) renderer.render(picture).getData(MIMEType.IMAGE_PNG));
        BufferedImage image = picture.image();
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(png));
        assertEquals(image.getWidth(), read.getWidth());
        for (int x = 0; x < read.getWidth(); x++) {
            int drawn = image.getRGB(x, 60) & 0xFF;
            assertEquals(drawn, read.getRGB(x, 60) & 0xFF, 8.5, "blue of pixel " + x);
        }
        assertFalse(renderer.renderAs(picture, "text/plain").hasDataForType(MIMEType.IMAGE_PNG));
        assertFalse(renderer.renderAs(picture, "image/png").hasDataForType(MIMEType.IMAGE_SVG));
    }

    @Test
    void explanationsInWordsAreTables() {
        OutputSizes sizes = OutputSizes.of(4, SizeTable.kernel(3).stride(2));
        DisplayData data = renderer.render(sizes);
        assertEquals(
                List.of("the guide", "Keras", "PyTorch", "ONNX"),
                Markup.texts(html(data), "td").stream()
                        .filter(List.of("the guide", "Keras", "PyTorch", "ONNX")::contains)
                        .toList());
        assertEquals(sizes.conventions().toString(), text(data));
        assertEquals(html(data), html(renderer.render(sizes.conventions())));
    }

    @Test
    void whatIsAskedForIsGiven() {
        assertTrue(renderer.renderAs(SUMMARY, "text/html").hasDataForType(MIMEType.TEXT_HTML));
        assertFalse(renderer.renderAs(SUMMARY, "text/plain").hasDataForType(MIMEType.TEXT_HTML));
        Plot chart = LossChart.of(FakeProgress.history(2));
        assertTrue(renderer.renderAs(chart, "image/png").hasDataForType(MIMEType.IMAGE_PNG));
        assertFalse(renderer.renderAs(chart, "text/plain").hasDataForType(MIMEType.IMAGE_PNG));
    }

    @Test
    void arraysOfTextAreLeftToNd4j() {
        DisplayData data = renderer.render(Nd4j.create("one", "two"));
        assertFalse(data.hasDataForType(MIMEType.TEXT_HTML));
        assertTrue(text(data).contains("one"), text(data));
    }
}
