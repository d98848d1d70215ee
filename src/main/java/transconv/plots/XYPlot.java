package transconv.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Lines and clouds of points over two axes of numbers: ROC curves, learning curves, maps of encoded samples.
 *
 * <pre>{@code
 * XYPlot plot = XYPlot.of("false positive rate", "true positive rate")
 *         .line("chance", new double[] {0, 1}, new double[] {0, 1});
 * System.out.println(plot.altText()); // true positive rate over false positive rate: chance, a line of 2 points
 * }</pre>
 *
 * <p>Up to ten series have colours that are told apart with any kind of colour vision; then colours repeat.
 */
public final class XYPlot implements Plot {

    private static final int POINT_SIZE = 4;
    private static final BasicStroke STROKE = new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

    /** Paul Tol (2021), "Colour schemes", the scheme "muted", with dark grey in the place of its pale one. */
    private static final List<Color> TEN = List.of(
            new Color(0x33, 0x22, 0x88),
            new Color(0xCC, 0x66, 0x77),
            new Color(0x11, 0x77, 0x33),
            new Color(0xDD, 0xCC, 0x77),
            new Color(0x88, 0xCC, 0xEE),
            new Color(0x88, 0x22, 0x55),
            new Color(0x44, 0xAA, 0x99),
            new Color(0x99, 0x99, 0x33),
            new Color(0xAA, 0x44, 0x99),
            new Color(0x44, 0x44, 0x44));

    private record Series(String name, double[] x, double[] y, boolean isLine) {}

    private final String xAxis;
    private final String yAxis;
    private final List<Series> all = new ArrayList<>();
    private String title = "";
    private int width = 640;
    private int height = 420;

    private XYPlot(String xAxis, String yAxis) {
        this.xAxis = Objects.requireNonNull(xAxis, "XYPlot: xAxis is null; give its name, which may be empty");
        this.yAxis = Objects.requireNonNull(yAxis, "XYPlot: yAxis is null; give its name, which may be empty");
    }

    /** An empty plot; what the axes show, with units. */
    public static XYPlot of(String xAxis, String yAxis) {
        return new XYPlot(xAxis, yAxis);
    }

    /**
     * Adds a line through points, in their order.
     *
     * @throws IllegalArgumentException if the name is blank or taken, there are no points, x and y differ in length, or
     *     a value is not finite
     */
    public XYPlot line(String name, double[] x, double[] y) {
        return add(new Series(name, x.clone(), y.clone(), true));
    }

    /** Adds points that are not joined; refuses what {@link #line} refuses. */
    public XYPlot points(String name, double[] x, double[] y) {
        return add(new Series(name, x.clone(), y.clone(), false));
    }

    private XYPlot add(Series series) {
        if (series.name.isBlank() || all.stream().anyMatch(other -> other.name.equals(series.name))) {
            throw new IllegalArgumentException(
                    "XYPlot: series name '%s' is blank or taken; give each its own".formatted(series.name));
        }
        if (series.x.length != series.y.length || series.x.length == 0) {
            throw new IllegalArgumentException(
                    "XYPlot: series '%s' has %d x and %d y; give as many of both, one at least"
                            .formatted(series.name, series.x.length, series.y.length));
        }
        for (int i = 0; i < series.x.length; i++) {
            if (!Double.isFinite(series.x[i]) || !Double.isFinite(series.y[i])) {
                throw new IllegalArgumentException(
                        "XYPlot: series '%s' has point %d at (%s, %s); must be finite; leave it out"
                                .formatted(series.name, i, series.x[i], series.y[i]));
            }
        }
        all.add(series);
        return this;
    }

    /** A heading above all. */
    public XYPlot title(String text) {
        title = Objects.requireNonNull(text, "XYPlot: title is null");
        return this;
    }

    /**
     * Width and height on the page, legend included; 640 x 420 by default.
     *
     * @throws IllegalArgumentException if either is below 200 or above 2000
     */
    public XYPlot size(int width, int height) {
        if (Math.min(width, height) < 200 || Math.max(width, height) > 2000) {
            throw new IllegalArgumentException(
                    "XYPlot: size %d x %d; both must be 200 to 2000".formatted(width, height));
        }
        this.width = width;
        this.height = height;
        return this;
    }

    @Override
    public BufferedImage image() {
        BufferedImage canvas = Ink.canvas(width, height);
        Graphics2D graphics = Ink.graphics(canvas);
        chart().paint(graphics, width, height);
        graphics.dispose();
        return canvas;
    }

    private XYChart chart() {
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(height)
                .title(title)
                .xAxisTitle(xAxis)
                .yAxisTitle(yAxis)
                .build();
        style(chart.getStyler());
        List<Color> colours = all.size() > Ink.SERIES.size() ? TEN : Ink.SERIES;
        for (int i = 0; i < all.size(); i++) {
            Series each = all.get(i);
            Color colour = colours.get(i % colours.size());
            XYSeries series = chart.addSeries(each.name, each.x, each.y);
            series.setMarkerColor(colour).setLineColor(colour);
            series.setLineStyle(STROKE);
            series.setMarker(each.isLine ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
            series.setXYSeriesRenderStyle(
                    each.isLine ? XYSeries.XYSeriesRenderStyle.Line : XYSeries.XYSeriesRenderStyle.Scatter);
        }
        return chart;
    }

    private void style(XYStyler styler) {
        ChartLines.style(styler);
        styler.setYAxisTitleVisible(true)
                .setChartTitleVisible(!title.isEmpty())
                .setChartTitleBoxVisible(false)
                .setChartTitleFont(Ink.font(Font.BOLD, 14))
                .setLegendVisible(true)
                .setLegendPosition(Styler.LegendPosition.OutsideE)
                .setLegendBorderColor(Ink.PAPER)
                .setLegendFont(Ink.font(Font.PLAIN, 12));
        styler.setMarkerSize(POINT_SIZE);
        Range x = range(Series::x);
        Range y = range(Series::y);
        styler.setXAxisMin(x.low()).setXAxisMax(x.high());
        styler.setYAxisMin(y.low()).setYAxisMax(y.high());
        styler.setxAxisTickLabelsFormattingFunction(x::label);
        styler.setyAxisTickLabelsFormattingFunction(y::label);
    }

    private Range range(Function<Series, double[]> axis) {
        return Range.of(
                all.stream()
                        .map(series -> Arrays.stream(axis.apply(series)).boxed().toList())
                        .toList(),
                List.of());
    }

    @Override
    public String altText() {
        return "%s over %s: %s"
                .formatted(
                        yAxis,
                        xAxis,
                        String.join(
                                "; ",
                                all.stream()
                                        .map(series -> "%s, %s of %d points"
                                                .formatted(
                                                        series.name,
                                                        series.isLine ? "a line" : "a cloud",
                                                        series.x.length))
                                        .toList()));
    }

    @Override
    public String toString() {
        return altText();
    }
}
