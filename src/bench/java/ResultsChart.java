import com.fasterxml.jackson.jr.ob.JSON;
import java.awt.Color;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * Draws results of {@code ./lab bench} as PNG: {@code ResultsChart FILE.json FILE.png}, the first written by
 * src/bench/report.py, bars where it has names, lines where it has numbers along the axis.
 */
public final class ResultsChart {

    private ResultsChart() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, Object> results = JSON.std.mapFrom(new File(arguments[0]));
        boolean lines = ((List<?>) results.get("x")).get(0) instanceof Number;
        BitmapEncoder.saveBitmapWithDPI(
                lines ? lines(results) : bars(results), arguments[1], BitmapEncoder.BitmapFormat.PNG, 144);
    }

    private static Chart<?, ?> bars(Map<String, Object> results) {
        List<?> names = (List<?>) results.get("x");
        boolean many = names.size() >= 20;
        CategoryChart chart = new CategoryChartBuilder()
                .width(Math.max(800, (many ? 22 : 60) * names.size()))
                .height(many ? 700 : 450)
                .title((String) results.get("title"))
                .yAxisTitle((String) results.get("unit"))
                .build();
        chart.getStyler().setXAxisLabelRotation(many ? 90 : 30);
        chart.getStyler().setLabelsVisible(!many);
        addAll(results, (name, values) -> chart.addSeries(name, names, values));
        return styled(chart);
    }

    private static Chart<?, ?> lines(Map<String, Object> results) {
        XYChart chart = new XYChartBuilder()
                .width(800)
                .height(450)
                .title((String) results.get("title"))
                .xAxisTitle((String) results.get("axis"))
                .yAxisTitle((String) results.get("unit"))
                .build();
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
        List<? extends Number> x = numbers(results.get("x"));
        addAll(results, (name, values) -> chart.addSeries(name, x, values));
        return styled(chart);
    }

    private interface Series {
        void add(String name, List<? extends Number> values);
    }

    private static void addAll(Map<String, Object> results, Series chart) {
        ((Map<?, ?>) results.get("series")).forEach((name, values) -> chart.add((String) name, numbers(values)));
    }

    @SuppressWarnings("unchecked")
    private static List<? extends Number> numbers(Object values) {
        return (List<? extends Number>) values;
    }

    private static Chart<?, ?> styled(Chart<?, ?> chart) {
        chart.getStyler()
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setLegendVisible(chart.getSeriesMap().size() > 1);
        return chart;
    }
}
