package transconv.experiments;

import java.util.List;
import transconv.plots.SettingsChart;

/** Draws means of results, through the plots' room. */
final class ResultsChart {

    private ResultsChart() {}

    static SettingsChart of(Results results, String parameter, String measure, String series) {
        results.requireParameter(parameter);
        results.requireMeasure(measure);
        if (series != null) {
            results.requireParameter(series);
        }
        List<Object> places = results.origin().parameters().get(parameter);
        SettingsChart chart = SettingsChart.of(
                parameter, measure, places.stream().map(String::valueOf).toList());
        if (series == null) {
            return line(chart, results, parameter, measure, measure, null, null);
        }
        for (Object value : results.origin().parameters().get(series)) {
            line(chart, results, parameter, measure, series + "=" + value, series, value);
        }
        return chart;
    }

    private static SettingsChart line(
            SettingsChart chart,
            Results results,
            String parameter,
            String measure,
            String name,
            String series,
            Object chosen) {
        List<Object> places = results.origin().parameters().get(parameter);
        double[] means = new double[places.size()];
        double[] deviations = new double[places.size()];
        for (int i = 0; i < means.length; i++) {
            Object place = places.get(i);
            double[] values = results.runs().stream()
                    .filter(run -> place.equals(run.setting().values().get(parameter)))
                    .filter(run -> series == null
                            || chosen.equals(run.setting().values().get(series)))
                    .filter(run -> run.measures().containsKey(measure))
                    .mapToDouble(run -> run.measures().get(measure))
                    .toArray();
            means[i] = Averages.mean(values);
            deviations[i] = Averages.deviation(values);
        }
        return chart.line(name, means, deviations);
    }
}
