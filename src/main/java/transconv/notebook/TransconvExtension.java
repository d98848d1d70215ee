package transconv.notebook;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.experiments.Averages;
import transconv.experiments.ExperimentDisplay;
import transconv.experiments.Results;
import transconv.explain.CheckerboardRemedies;
import transconv.explain.LayerCosts;
import transconv.explain.OutputSizes;
import transconv.explain.Picture;
import transconv.explain.RaceResult;
import transconv.explain.ReceptiveFields;
import transconv.explain.Table;
import transconv.models.Summarized;
import transconv.models.Summary;
import transconv.plots.Plot;
import transconv.plots.TrainingFilmstrip;
import transconv.training.FitDisplay;
import transconv.training.History;

/**
 * What a JJava kernel learns from this library, found by ServiceLoader: how models, summaries, arrays, plots,
 * explanations and histories are shown, and how {@code fit} shows its progress.
 */
public final class TransconvExtension implements Extension {

    private static final List<Class<?>> JAVA_ARRAYS = List.of(
            double[].class,
            double[][].class,
            double[][][].class,
            float[].class,
            float[][].class,
            float[][][].class,
            int[].class,
            int[][].class,
            long[].class,
            long[][].class);

    @Override
    public void install(BaseKernel kernel) {
        register(kernel.getRenderer());
        FitDisplay.use(() -> LiveProgress.on(kernel.getIO().display, System.getenv(LiveProgress.VARIABLE)));
        ExperimentDisplay.use(() -> LiveExperiment.on(kernel.getIO().display, System.getenv(LiveProgress.VARIABLE)));
    }

    static void register(Renderer renderer) {
        html(renderer, Summary.class, SummaryTable::html, Summary::toString);
        html(renderer, Summarized.class, model -> SummaryTable.html(model.summary()), model -> model.summary()
                .toString());
        html(renderer, Table.class, Table::html, Table::toString);
        html(renderer, CheckerboardRemedies.class, remedies -> remedies.table().html(), remedies -> remedies.table()
                .toString());
        html(renderer, LayerCosts.class, costs -> costs.table().html(), LayerCosts::toString);
        html(renderer, ReceptiveFields.class, fields -> fields.table().html(), ReceptiveFields::toString);
        html(renderer, RaceResult.class, race -> race.table().html(), RaceResult::toString);
        html(renderer, OutputSizes.class, sizes -> sizes.conventions().html(), OutputSizes::toString);
        html(renderer, Results.class, results -> results.table().html(), Results::toString);
        html(renderer, Averages.class, averages -> averages.table().html(), Averages::toString);
        html(renderer, History.class, HistoryTable::html, HistoryTable::text);
        html(
                renderer,
                INDArray.class,
                array -> readable(array) ? ArrayTable.of(array).html() : null,
                array -> readable(array) ? ArrayTable.of(array).text() : array.toString());
        for (Class<?> type : JAVA_ARRAYS) {
            html(renderer, type, array -> ArrayTable.ofJava(array).html(), array -> ArrayTable.ofJava(array)
                    .text());
        }
        renderer.createRegistration(Plot.class)
                .preferring(MIMEType.IMAGE_PNG)
                .supporting(MIMEType.TEXT_PLAIN)
                .register((plot, context) -> plot(plot, context.wantsDataRenderedAs(MIMEType.IMAGE_PNG), context));
        renderer.createRegistration(TrainingFilmstrip.class)
                .preferring(MIMEType.TEXT_HTML)
                .supporting(MIMEType.IMAGE_PNG, MIMEType.TEXT_PLAIN)
                .register(TransconvExtension::filmstrip);
        renderer.createRegistration(Picture.class)
                .preferring(MIMEType.IMAGE_SVG, MIMEType.IMAGE_PNG)
                .supporting(MIMEType.TEXT_PLAIN)
                .register(TransconvExtension::picture);
    }

    private static boolean readable(INDArray array) {
        return array.dataType().isNumerical() || array.dataType().name().equals("BOOL");
    }

    private static <T> void html(
            Renderer renderer, Class<T> type, Function<? super T, String> html, Function<? super T, String> text) {
        renderer.createRegistration(type)
                .preferring(MIMEType.TEXT_HTML)
                .supporting(MIMEType.TEXT_PLAIN)
                .register((value, context) -> {
                    if (context.wantsDataRenderedAs(MIMEType.TEXT_HTML)) {
                        String rendered = html.apply(value);
                        if (rendered != null) {
                            context.getOutputContainer().putData(MIMEType.TEXT_HTML, rendered);
                        }
                    }
                    context.getOutputContainer().putData(MIMEType.TEXT_PLAIN, text.apply(value));
                });
    }

    private static void plot(Plot plot, boolean isPng, RenderContext context) {
        putPng(plot, isPng, context);
        context.getOutputContainer().putData(MIMEType.TEXT_PLAIN, plot.altText());
    }

    /** HTML, and beside it the strip alone, for what shows pictures but no HTML, such as PDF. */
    private static void filmstrip(TrainingFilmstrip film, RenderContext context) {
        boolean isPage = context.wantsDataRenderedAs(MIMEType.TEXT_HTML);
        if (isPage) {
            context.getOutputContainer().putData(MIMEType.TEXT_HTML, FilmstripPage.html(film));
        }
        plot(film, isPage || context.wantsDataRenderedAs(MIMEType.IMAGE_PNG), context);
    }

    private static void picture(Picture picture, RenderContext context) {
        if (context.wantsDataRenderedAs(MIMEType.IMAGE_SVG)) {
            context.getOutputContainer().putData(MIMEType.IMAGE_SVG, picture.svg());
            context.getOutputContainer().putMetaData(MIMEType.IMAGE_SVG, Map.of("alt", picture.altText()));
        }
        // JupyterLab shows no SVG of a notebook that it does not trust yet, and LaTeX none at all.
        putPng(new Pixels(picture), context.wantsDataRenderedAs(MIMEType.IMAGE_PNG), context);
        context.getOutputContainer().putData(MIMEType.TEXT_PLAIN, picture.altText());
    }

    private static void putPng(Plot plot, boolean wanted, RenderContext context) {
        if (wanted) {
            byte[] png = plot.png();
            context.getOutputContainer()
                    .putData(MIMEType.IMAGE_PNG, Base64.getEncoder().encodeToString(png));
            context.getOutputContainer().putMetaData(MIMEType.IMAGE_PNG, pngMetadata(plot, png));
        }
    }

    /** A picture in 16 steps of each colour: few enough for a palette, which makes the file three times smaller. */
    private record Pixels(Picture picture) implements Plot {

        @Override
        public BufferedImage image() {
            BufferedImage image = picture.image();
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    Color color = new Color(image.getRGB(x, y));
                    image.setRGB(
                            x, y, step(color.getRed()) << 16 | step(color.getGreen()) << 8 | step(color.getBlue()));
                }
            }
            return image;
        }

        private static int step(int level) {
            return Math.round(level / 17f) * 17;
        }

        @Override
        public String altText() {
            return picture.altText();
        }
    }

    // The picture has more pixels than the page has units; told its width, the page shows it crisp.
    static Map<String, Object> pngMetadata(Plot plot, byte[] png) {
        return Map.of("width", Plot.width(png), "alt", plot.altText());
    }
}
