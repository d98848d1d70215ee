package transconv.plots;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;

/**
 * A measure at the values of a setting, which stand at equal distances, whatever they are; bars show deviations.
 *
 * <pre>{@code
 * SettingsChart chart = SettingsChart.of("kernel", "loss", java.util.List.of("2", "3"))
 *         .line("strides=1", new double[] {0.5, 0.25}, new double[] {0.01, 0.02});
 * System.out.println(chart.altText()); // loss by kernel: strides=1: 2 0.5, 3 0.25
 * }</pre>
 */
public final class SettingsChart implements Plot {

    private static final int MARGIN = 14;
    private static final int LINE_HEIGHT = 18;
    private static final int WIDTH = 640;
    private static final int PLOT_HEIGHT = 330;

    private record Line(double[] values, double[] deviations) {}

    private final String parameter;
    private final String measure;
    private final List<String> places;
    private final Map<String, Line> lines = new LinkedHashMap<>();

    private SettingsChart(String parameter, String measure, List<String> places) {
        this.parameter = parameter;
        this.measure = measure;
        this.places = List.copyOf(places);
    }

    /**
     * @param places the values of the setting, from left to right
     * @throws IllegalArgumentException if there are none
     */
    public static SettingsChart of(String parameter, String measure, List<String> places) {
        if (places.isEmpty()) {
            throw new IllegalArgumentException(
                    "SettingsChart: no places for '%s'; give at least one".formatted(parameter));
        }
        return new SettingsChart(parameter, measure, places);
    }

    /**
     * Adds a line.
     *
     * @param values     one a place; what is not finite is left out and named under the chart
     * @param deviations one a place, half the length of a bar; NaN for none
     * @throws IllegalArgumentException if the name is taken, or the lengths differ
     */
    public SettingsChart line(String name, double[] values, double[] deviations) {
        if (lines.containsKey(name)) {
            throw new IllegalArgumentException("SettingsChart: line '%s' is there already".formatted(name));
        }
        if (values.length != places.size() || deviations.length != places.size()) {
            throw new IllegalArgumentException("SettingsChart: line '%s' has %d values and %d deviations for %d places"
                    .formatted(name, values.length, deviations.length, places.size()));
        }
        lines.put(name, new Line(values.clone(), deviations.clone()));
        return this;
    }

    @Override
    public BufferedImage image() {
        String note = note();
        BufferedImage probe = Ink.canvas(1, 1);
        Graphics2D measuring = Ink.graphics(probe);
        int header = header(measuring, false);
        measuring.dispose();
        BufferedImage canvas = Ink.canvas(WIDTH, header + PLOT_HEIGHT + (note.isEmpty() ? 0 : LINE_HEIGHT));
        Graphics2D graphics = Ink.graphics(canvas);
        header(graphics, true);
        graphics.translate(0, header);
        XYChart chart = chart();
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        graphics.setFont(Ink.font(Font.PLAIN, 12));
        // XChart chooses its ticks; here every place has one.
        graphics.setColor(Ink.SOFT);
        int room = WIDTH / places.size() - 4;
        for (int i = 0; i < places.size(); i++) {
            String text = fitting(graphics, places.get(i), room);
            int half = graphics.getFontMetrics().stringWidth(text) / 2;
            graphics.drawString(text, (float) chart.getScreenXFromChart(i + 1) - half, PLOT_HEIGHT - 35f);
        }
        graphics.setColor(Ink.WARNING);
        graphics.drawString(note, MARGIN, PLOT_HEIGHT + 4);
        graphics.dispose();
        return canvas;
    }

    private static String fitting(Graphics2D graphics, String text, int room) {
        String shown = text;
        while (shown.length() > 1 && graphics.getFontMetrics().stringWidth(shown) > room) {
            shown = shown.substring(0, shown.length() - 2) + "…";
        }
        return shown;
    }

    /** The measure and what each line is, in as many rows as that takes; returns the height taken. */
    private int header(Graphics2D graphics, boolean drawn) {
        graphics.setFont(Ink.font(Font.BOLD, 14));
        graphics.setColor(Ink.TEXT);
        if (drawn) {
            graphics.drawString(measure, MARGIN, 26);
        }
        graphics.setFont(Ink.font(Font.PLAIN, 12));
        int x = MARGIN;
        int y = 36;
        int index = 0;
        for (String name : lines.keySet()) {
            String text = fitting(graphics, name, WIDTH - 2 * MARGIN - 30);
            int needed = ChartLines.keyWidth(graphics, text);
            if (x > MARGIN && x + needed > WIDTH - MARGIN) {
                x = MARGIN;
                y += LINE_HEIGHT;
            }
            if (drawn) {
                ChartLines.drawKey(graphics, text, index, x, y);
            }
            x += needed + 20;
            index++;
        }
        return y + LINE_HEIGHT;
    }

    private XYChart chart() {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(PLOT_HEIGHT)
                .xAxisTitle(parameter)
                .build();
        style(chart.getStyler());
        double[] x = IntStream.rangeClosed(1, places.size()).mapToDouble(i -> i).toArray();
        int index = 0;
        for (Map.Entry<String, Line> line : lines.entrySet()) {
            double[] values = Arrays.stream(line.getValue().values)
                    .map(value -> Double.isFinite(value) ? value : Double.NaN)
                    .toArray();
            XYSeries series = chart.addSeries(line.getKey(), x, values, bars(line.getValue()));
            ChartLines.style(series, index++, true);
        }
        return chart;
    }

    private static double[] bars(Line line) {
        return Arrays.stream(line.deviations)
                .map(deviation -> Double.isFinite(deviation) ? deviation : 0)
                .toArray();
    }

    private void style(XYStyler styler) {
        ChartLines.style(styler);
        styler.setErrorBarsColorSeriesColor(true);
        List<Double> shown = new ArrayList<>();
        for (Line line : lines.values()) {
            double[] bars = bars(line);
            for (int i = 0; i < bars.length; i++) {
                shown.add(line.values[i] - bars[i]);
                shown.add(line.values[i] + bars[i]);
            }
        }
        Range y = Range.of(List.of(shown), List.of());
        styler.setYAxisMin(y.low()).setYAxisMax(y.high());
        styler.setyAxisTickLabelsFormattingFunction(y::label);
        styler.setXAxisMin(0.5).setXAxisMax(places.size() + 0.5);
        styler.setxAxisTickLabelsFormattingFunction(tick -> " ");
    }

    private String note() {
        List<String> missing = new ArrayList<>();
        lines.forEach((name, line) -> {
            long count = Arrays.stream(line.values)
                    .filter(value -> !Double.isFinite(value))
                    .count();
            if (count > 0) {
                missing.add("%s: %d of %d without a finite value".formatted(name, count, places.size()));
            }
        });
        return String.join("; ", missing);
    }

    @Override
    public String altText() {
        List<String> texts = new ArrayList<>();
        lines.forEach((name, line) -> texts.add(name + ": "
                + String.join(
                        ", ",
                        IntStream.range(0, places.size())
                                .mapToObj(i -> places.get(i) + " " + Range.digits(line.values[i]))
                                .toList())));
        return "%s by %s: %s".formatted(measure, parameter, String.join("; ", texts));
    }

    @Override
    public String toString() {
        return altText();
    }
}
