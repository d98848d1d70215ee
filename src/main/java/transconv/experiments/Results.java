package transconv.experiments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import transconv.explain.Table;
import transconv.models.file.AtomicFile;
import transconv.models.file.Json;
import transconv.plots.Plot;

/**
 * The finished runs of an experiment in the grid's order. A notebook shows them as a table.
 *
 * <pre>{@code
 * Results results = Experiment.of("square", setting -> Measures.of("y", Math.pow(setting.number("x") - 2, 2)))
 *         .grid(Grid.of().vary("x", 1, 2, 3)).listener(ExperimentListener.SILENT).run();
 * System.out.println(results.lowest("y").setting()); // x=2
 * }</pre>
 */
public final class Results {

    private final Origin origin;
    private final List<Run> runs;

    Results(Origin origin, List<Run> runs) {
        this.origin = origin;
        this.runs = List.copyOf(runs);
    }

    /** All finished runs, failed ones too. */
    public List<Run> runs() {
        return runs;
    }

    /** The runs that failed. */
    public List<Run> failed() {
        return runs.stream().filter(Run::failed).toList();
    }

    /** Settings without a run: none, unless the experiment was interrupted. */
    public List<Setting> missing() {
        Set<Setting> there = new LinkedHashSet<>(runs.stream().map(Run::setting).toList());
        return origin.settings().stream()
                .filter(setting -> !there.contains(setting))
                .toList();
    }

    /** The names of all measures, as they first appear. */
    public List<String> measures() {
        Set<String> names = new LinkedHashSet<>();
        runs.forEach(run -> names.addAll(run.measures().keySet()));
        return List.copyOf(names);
    }

    /**
     * The run with the smallest value, the first of equals; NaN counts as none.
     *
     * @throws IllegalArgumentException if no run has it
     */
    public Run lowest(String measure) {
        return best(measure, Comparator.naturalOrder());
    }

    /**
     * The run with the largest value, the first of equals; NaN counts as none.
     *
     * @throws IllegalArgumentException if no run has it
     */
    public Run highest(String measure) {
        return best(measure, Comparator.reverseOrder());
    }

    private Run best(String measure, Comparator<Double> order) {
        requireMeasure(measure);
        return runs.stream()
                .filter(run -> !Double.isNaN(run.measures().getOrDefault(measure, Double.NaN)))
                .min(Comparator.comparing(run -> run.measures().get(measure), order))
                .orElseThrow(() -> new IllegalArgumentException(
                        "results: '%s' is NaN in every run, so none is best".formatted(measure)));
    }

    void requireMeasure(String measure) {
        if (!measures().contains(measure)) {
            throw new IllegalArgumentException("results: no measure '%s'; there are %s%s"
                    .formatted(measure, measures(), failed().isEmpty() ? "" : "; " + failed().size() + " runs failed"));
        }
    }

    void requireParameter(String parameter) {
        if (!origin.parameters().containsKey(parameter)) {
            throw new IllegalArgumentException("results: no parameter '%s'; there are %s"
                    .formatted(parameter, origin.parameters().keySet()));
        }
    }

    /**
     * Mean and deviation of each measure over one parameter, mostly the seed.
     *
     * @throws IllegalArgumentException if there is no such parameter
     */
    public Averages over(String parameter) {
        requireParameter(parameter);
        return new Averages(this, parameter, runs);
    }

    /** A row for each run. */
    public Table table() {
        List<String> columns = new ArrayList<>(origin.parameters().keySet());
        columns.addAll(measures());
        if (!failed().isEmpty()) {
            columns.add("failure");
        }
        Table table = Table.of(heading(), headings(columns));
        for (Run run : runs) {
            List<Object> cells = new ArrayList<>(run.setting().values().values());
            for (String measure : measures()) {
                Double value = run.measures().get(measure);
                cells.add(value == null ? "" : Digits.of(value));
            }
            if (!failed().isEmpty()) {
                cells.add(run.failed() ? run.failure() : "");
            }
            table.row(cells.toArray());
        }
        return table;
    }

    /** A heading is one line. */
    static String[] headings(List<String> columns) {
        return columns.stream().map(column -> column.replaceAll("\\R", " ")).toArray(String[]::new);
    }

    String heading() {
        int all = origin.settings().size();
        return "%s: %s%s"
                .formatted(
                        origin.name(),
                        runs.size() == all ? all + " runs" : "%d of %d runs".formatted(runs.size(), all),
                        failed().isEmpty() ? "" : ", %d failed".formatted(failed().size()));
    }

    /**
     * A chart of a measure's mean over all other parameters, a line for each value of {@code series}; bars show the
     * standard deviation. The values of {@code parameter} stand at equal distances.
     *
     * @throws IllegalArgumentException if there is no such parameter or measure
     */
    public Plot chart(String parameter, String measure, String series) {
        return ResultsChart.of(this, parameter, measure, series);
    }

    /** As {@link #chart(String, String, String)}, with one line. */
    public Plot chart(String parameter, String measure) {
        return ResultsChart.of(this, parameter, measure, null);
    }

    Origin origin() {
        return origin;
    }

    /**
     * RFC 4180, UTF-8: a line a run with {@code run}, the parameters, {@code random_seed}, {@code engine},
     * {@code code_version}, {@code own_version}, the measures and {@code failure}. Numbers read back are the same.
     */
    public String csv() {
        List<String> header = new ArrayList<>(List.of("run"));
        header.addAll(origin.parameters().keySet());
        header.addAll(List.of("random_seed", "engine", "code_version", "own_version"));
        header.addAll(measures());
        header.add("failure");
        StringBuilder text = new StringBuilder(Csv.line(header));
        for (Run run : runs) {
            List<Object> fields = new ArrayList<>(List.of(run.number()));
            fields.addAll(run.setting().values().values());
            fields.addAll(List.of(run.seed(), origin.engine(), origin.code(), origin.version()));
            measures().forEach(measure -> fields.add(run.measures().get(measure)));
            fields.add(run.failure());
            text.append(Csv.line(fields));
        }
        return text.toString();
    }

    /** @throws UncheckedIOException if the file cannot be written; an earlier one is then as it was */
    public void writeCsv(Path file) {
        write(file, csv().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What the experiment is, and its runs; NaN and infinite measures are text.
     *
     * @throws UncheckedIOException if the file cannot be written; an earlier one is then as it was
     */
    public void writeJson(Path file) {
        Map<String, Object> values = origin.description();
        // each run says its own
        values.remove("settings");
        List<Object> rows = new ArrayList<>();
        for (Run run : runs) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("run", run.number());
            row.put("setting", run.setting().values());
            row.put("seed", run.seed());
            row.put("measures", RunFolder.encoded(run.measures()));
            row.put("failure", run.failure());
            rows.add(row);
        }
        values.put("runs", rows);
        try {
            write(file, Json.write(values));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void write(Path file, byte[] bytes) {
        try {
            AtomicFile.write(file, out -> out.write(bytes));
        } catch (IOException failure) {
            throw new UncheckedIOException("%s: cannot be written (%s)".formatted(file, failure), failure);
        }
    }

    @Override
    public String toString() {
        return table().toString();
    }
}
