package transconv.experiments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import transconv.explain.Table;

/**
 * Results averaged over one parameter, mostly the seed: a group for each setting of the others. Failed runs are left
 * out; a mean with NaN is NaN.
 *
 * <pre>{@code
 * Results results = Experiment.of("line", setting -> Measures.of("y", setting.whole("seed") * setting.number("x")))
 *         .grid(Grid.of().vary("x", 1, 10).vary("seed", 1, 3)).listener(ExperimentListener.SILENT).run();
 * System.out.println(results.over("seed").groups().get(1).mean("y")); // 20.0
 * }</pre>
 */
public final class Averages {

    /** The runs that share a setting of all parameters but one. */
    public record Group(Setting setting, List<Run> runs) {

        /** How many runs have this measure. */
        public int count(String measure) {
            return values(measure).length;
        }

        /** NaN if no run has it. */
        public double mean(String measure) {
            return Averages.mean(values(measure));
        }

        /** The sample's standard deviation, divisor n - 1; NaN if fewer than two runs have it. */
        public double deviation(String measure) {
            return Averages.deviation(values(measure));
        }

        private double[] values(String measure) {
            return runs.stream()
                    .map(run -> run.measures().get(measure))
                    .filter(Objects::nonNull)
                    .mapToDouble(value -> value)
                    .toArray();
        }
    }

    private final Results results;
    private final String parameter;
    private final List<Group> groups = new ArrayList<>();

    Averages(Results results, String parameter, List<Run> runs) {
        this.results = results;
        this.parameter = parameter;
        Map<Setting, List<Run>> found = new LinkedHashMap<>();
        for (Run run : runs) {
            found.computeIfAbsent(run.setting().without(parameter), setting -> new ArrayList<>())
                    .add(run);
        }
        found.forEach((setting, group) -> groups.add(new Group(setting, List.copyOf(group))));
    }

    /** In the grid's order. */
    public List<Group> groups() {
        return List.copyOf(groups);
    }

    /** A row for each group: mean ± deviation of each measure. */
    public Table table() {
        List<String> columns = new ArrayList<>(results.origin().parameters().keySet());
        columns.remove(parameter);
        columns.add("runs");
        columns.addAll(results.measures());
        Table table = Table.of(
                "%s, mean ± standard deviation over %s".formatted(results.heading(), parameter),
                Results.headings(columns));
        for (Group group : groups) {
            List<Object> cells = new ArrayList<>(group.setting().values().values());
            cells.add(group.runs().stream().filter(run -> !run.failed()).count());
            for (String measure : results.measures()) {
                cells.add(
                        switch (group.count(measure)) {
                            case 0 -> "";
                            case 1 -> Digits.of(group.mean(measure));
                            default -> Digits.of(group.mean(measure)) + " ± " + Digits.of(group.deviation(measure));
                        });
            }
            table.row(cells.toArray());
        }
        return table;
    }

    static double mean(double[] values) {
        // Taken from one of them, so that equal values have exactly that mean, and no deviation.
        double from = values.length > 0 && Double.isFinite(values[0]) ? values[0] : 0;
        double sum = 0;
        for (double value : values) {
            sum += value - from;
        }
        return from + sum / values.length;
    }

    static double deviation(double[] values) {
        if (values.length < 2) {
            return Double.NaN;
        }
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1));
    }

    @Override
    public String toString() {
        return table().toString();
    }
}
