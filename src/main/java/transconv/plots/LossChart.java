package transconv.plots;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import transconv.training.History;

/**
 * The course of a training run: one line a logged name, epochs from 1 to the right.
 *
 * <pre>{@code
 * LossChart.of(history).title("Autoencoder").floor("entropy of the targets", 0.0583)
 * }</pre>
 *
 * <p>Epochs without a finite value (a run that diverged) are left out of the lines and named under the chart.
 */
public final class LossChart implements Plot {

    private static final int MARKED_EPOCHS = 40;
    private static final int MARGIN = 14;
    private static final BasicStroke DASHES =
            new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1f, new float[] {5, 4}, 0);

    private final Map<String, List<Double>> lines = new LinkedHashMap<>();
    private final Map<String, Double> floors = new LinkedHashMap<>();
    private final History history;
    private String title = "";
    private int width = 640;
    private int height = 360;

    private LossChart(History history) {
        this.history = history;
    }

    /**
     * A chart of everything the run has logged so far; later epochs do not change it.
     *
     * @throws IllegalArgumentException if no epoch was finished
     */
    public static LossChart of(History history) {
        Objects.requireNonNull(history, "LossChart: history is null; give what fit returned");
        if (history.epochs() == 0) {
            throw new IllegalArgumentException("LossChart: the history holds 0 finished epochs; train at least one");
        }
        return new LossChart(history).names(history.names().toArray(String[]::new));
    }

    /**
     * Draws these names only, in this order.
     *
     * @throws IllegalArgumentException if nothing was logged under one of them
     */
    public LossChart names(String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException("LossChart: no names given; there are " + history.names());
        }
        Map<String, List<Double>> chosen = new LinkedHashMap<>();
        for (String name : names) {
            chosen.put(name, List.copyOf(history.get(name)));
        }
        lines.clear();
        lines.putAll(chosen);
        return this;
    }

    /** A heading above the chart. */
    public LossChart title(String text) {
        title = Objects.requireNonNull(text, "LossChart: title is null");
        return this;
    }

    /**
     * A labelled horizontal line: a value that the loss cannot go below, or one to compare with.
     *
     * @throws IllegalArgumentException if {@code value} is not finite
     */
    public LossChart floor(String label, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "LossChart: floor '%s' at %s; give a finite value".formatted(label, value));
        }
        floors.put(Objects.requireNonNull(label, "LossChart: label is null"), value);
        return this;
    }

    /** Width and height on the page. Unset, 640 by 360. */
    public LossChart size(int width, int height) {
        if (width < 240 || height < 160 || width > 4096 || height > 4096) {
            throw new IllegalArgumentException(
                    "LossChart: size %dx%d; give at least 240x160, at most 4096x4096".formatted(width, height));
        }
        this.width = width;
        this.height = height;
        return this;
    }

    @Override
    public BufferedImage image() {
        BufferedImage canvas = Ink.canvas(width, height);
        Graphics2D graphics = Ink.graphics(canvas);
        int header = drawHeader(graphics);
        String note = note();
        XYChart chart = chart(height - header - (note.isEmpty() ? 0 : 18));
        graphics.translate(0, header);
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        if (lines.values().stream().allMatch(values -> values.size() == 1)) {
            // XChart labels no tick of an axis whose data are one point.
            graphics.setFont(Ink.font(Font.PLAIN, 12));
            graphics.setColor(Ink.SOFT);
            graphics.drawString("1", (float) chart.getScreenXFromChart(1) - 4, chart.getHeight() - 35f);
        }
        List<Line2D> curves = curves(chart);
        floors.forEach((label, value) -> drawFloor(graphics, chart, label, value, curves));
        graphics.translate(0, -header);
        graphics.setFont(Ink.font(Font.PLAIN, 12));
        graphics.setColor(Ink.WARNING);
        graphics.drawString(note, MARGIN, height - 12);
        graphics.dispose();
        return canvas;
    }

    /** The title and, below it, what each line is; returns the height taken. */
    private int drawHeader(Graphics2D graphics) {
        int y = 12;
        if (!title.isEmpty()) {
            graphics.setFont(Ink.font(Font.BOLD, 14));
            graphics.setColor(Ink.TEXT);
            graphics.drawString(title, MARGIN, y + 14);
            y += 24;
        }
        graphics.setFont(Ink.font(Font.PLAIN, 12));
        int x = MARGIN;
        int index = 0;
        for (String name : lines.keySet()) {
            ChartLines.drawKey(graphics, name, index++, x, y);
            x += ChartLines.keyWidth(graphics, name) + 20;
        }
        return y + 16;
    }

    private XYChart chart(int chartHeight) {
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(chartHeight)
                .xAxisTitle("epoch")
                .build();
        int epochs = lines.values().stream().mapToInt(List::size).max().orElseThrow();
        style(chart.getStyler(), epochs);
        int index = 0;
        for (Map.Entry<String, List<Double>> line : lines.entrySet()) {
            double[] values = line.getValue().stream()
                    .mapToDouble(v -> Double.isFinite(v) ? v : Double.NaN)
                    .toArray();
            double[] epoch =
                    IntStream.rangeClosed(1, values.length).mapToDouble(e -> e).toArray();
            XYSeries series = chart.addSeries(line.getKey(), epoch, values);
            ChartLines.style(series, index++, epochs <= MARKED_EPOCHS);
        }
        return chart;
    }

    private void style(XYStyler styler, int epochs) {
        ChartLines.style(styler);
        styler.setXAxisTickMarkSpacingHint(36);
        Range y = Range.of(lines.values(), floors.values());
        styler.setYAxisMin(y.low()).setYAxisMax(y.high());
        styler.setyAxisTickLabelsFormattingFunction(y::label);
        styler.setXAxisMin(epochs == 1 ? 0.0 : 1.0).setXAxisMax(epochs == 1 ? 2.0 : (double) epochs);
        styler.setxAxisTickLabelsFormattingFunction(tick -> epochLabel(tick, epochs));
    }

    /** Ticks between two epochs, and beside a single one, stay without a label; ticks are sums, a little off. */
    private static String epochLabel(double tick, int epochs) {
        long epoch = Math.round(tick);
        return Math.abs(tick - epoch) < 1e-6 && epoch >= 1 && epoch <= epochs ? String.valueOf(epoch) : "";
    }

    /** What is drawn, on the screen: labels keep clear of it. */
    private List<Line2D> curves(XYChart chart) {
        List<Line2D> curves = new ArrayList<>();
        for (List<Double> values : lines.values()) {
            // From an epoch to itself too: one between two that are not finite is a marker alone.
            for (int i = 0; i < values.size(); i++) {
                for (int j = i; j <= Math.min(i + 1, values.size() - 1); j++) {
                    if (Double.isFinite(values.get(i)) && Double.isFinite(values.get(j))) {
                        curves.add(new Line2D.Double(
                                chart.getScreenXFromChart(i + 1),
                                chart.getScreenYFromChart(values.get(i)),
                                chart.getScreenXFromChart(j + 1),
                                chart.getScreenYFromChart(values.get(j))));
                    }
                }
            }
        }
        return curves;
    }

    private void drawFloor(Graphics2D graphics, XYChart chart, String label, double value, List<Line2D> curves) {
        XYStyler styler = chart.getStyler();
        double y = chart.getScreenYFromChart(value);
        double left = chart.getScreenXFromChart(styler.getXAxisMin());
        double right = chart.getScreenXFromChart(styler.getXAxisMax());
        double top = chart.getScreenYFromChart(styler.getYAxisMax());
        double bottom = chart.getScreenYFromChart(styler.getYAxisMin());
        graphics.setColor(Ink.TEXT);
        graphics.setStroke(DASHES);
        graphics.draw(new Line2D.Double(left, y, right, y));
        graphics.setFont(Ink.font(Font.PLAIN, 12));
        String text = "%s  %s".formatted(label, Range.digits(value));
        int textWidth = graphics.getFontMetrics().stringWidth(text) + 4;
        Rectangle2D place = new FloorLabel(left, right, top, bottom).place(y, textWidth, curves);
        graphics.setColor(Ink.PAPER);
        graphics.fill(place);
        graphics.setColor(Ink.TEXT);
        graphics.drawString(text, (float) place.getX(), (float) place.getY() + 12);
        // The next label keeps clear of this one.
        curves.add(new Line2D.Double(place.getMinX(), place.getCenterY(), place.getMaxX(), place.getCenterY()));
    }

    private String note() {
        List<String> parts = new ArrayList<>();
        lines.forEach((name, values) -> {
            int[] missing = IntStream.range(0, values.size())
                    .filter(i -> !Double.isFinite(values.get(i)))
                    .toArray();
            if (missing.length > 0) {
                parts.add("%s is not finite in %d of %d epochs, first in epoch %d"
                        .formatted(name, missing.length, values.size(), missing[0] + 1));
            }
        });
        return String.join("; ", parts);
    }

    @Override
    public String altText() {
        StringBuilder text = new StringBuilder(title.isEmpty() ? "Training chart" : title);
        String separator = ": ";
        for (Map.Entry<String, List<Double>> line : lines.entrySet()) {
            List<Double> values = line.getValue();
            text.append(separator).append(line.getKey()).append(' ').append(Range.digits(values.get(0)));
            if (values.size() > 1) {
                text.append(" in epoch 1, ").append(Range.digits(values.get(values.size() - 1)));
            }
            text.append(" in epoch ").append(values.size());
            separator = "; ";
        }
        floors.forEach((label, value) -> text.append("; line at ")
                .append(Range.digits(value))
                .append(": ")
                .append(label));
        return text.toString();
    }

    @Override
    public String toString() {
        return altText();
    }
}
