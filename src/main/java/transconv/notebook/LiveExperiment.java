package transconv.notebook;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.dflib.jjava.jupyter.kernel.DisplayStream;
import transconv.experiments.ExperimentDisplay;
import transconv.experiments.ExperimentListener;
import transconv.experiments.Results;
import transconv.experiments.Run;
import transconv.experiments.Setting;
import transconv.explain.Html;

/**
 * Shows an experiment in one output of a notebook: runs made, time left, a bar, and what runs now; in the end one line
 * remains. The HTML element has the class {@code transconv-progress}, as that of a training.
 */
final class LiveExperiment implements ExperimentListener {

    private final ProgressScreen screen;
    private final LongSupplier nanoTime;
    private final Map<Integer, Setting> running = new TreeMap<>();
    private String name;
    private int total;
    private int before;
    private int made;
    private int failed;
    private long start;

    LiveExperiment(ProgressScreen screen, LongSupplier nanoTime) {
        this.screen = screen;
        this.nanoTime = nanoTime;
    }

    /** @param choice the value of {@link LiveProgress#VARIABLE}, or null */
    static ExperimentListener on(DisplayStream stream, String choice) {
        return choice != null && choice.strip().equals("text")
                ? ExperimentDisplay.text()
                : new LiveExperiment(new KernelScreen(stream), System::nanoTime);
    }

    @Override
    public void began(String experiment, int all, int finished) {
        name = experiment;
        total = all;
        before = finished;
        start = nanoTime.getAsLong();
        show();
    }

    @Override
    public void runBegan(int number, Setting setting) {
        running.put(number, setting);
        show();
    }

    @Override
    public void runEnded(Run run) {
        running.remove(run.number());
        made++;
        failed += run.failed() ? 1 : 0;
        show();
    }

    @Override
    public void ended(Results results) {
        int missing = results.missing().size();
        String text = "%s: %d of %d runs in %s%s%s"
                .formatted(
                        name,
                        total - missing,
                        total,
                        duration(nanoTime.getAsLong() - start),
                        before > 0 ? " · %d from before".formatted(before) : "",
                        failures());
        screen.finish(
                "<div class=\"transconv-progress transconv-progress-done\">" + Html.escape(text) + "</div>", text);
    }

    private String failures() {
        return failed == 0 ? "" : " · %d failed".formatted(failed);
    }

    private void show() {
        int done = before + made;
        long left = made == 0 ? 0 : (nanoTime.getAsLong() - start) / made * (total - done);
        String rest =
                ": run %d/%d%s%s".formatted(done, total, failures(), left > 0 ? " · " + duration(left) + " left" : "");
        String html = new StringBuilder("<div class=\"transconv-progress\" role=\"progressbar\" aria-valuemin=\"0\" ")
                .append("aria-valuemax=\"%1$d\" aria-valuenow=\"%2$d\" style=\"font-variant-numeric:tabular-nums\">"
                        .formatted(total, done))
                .append("<div><b>")
                .append(Html.escape(name))
                .append("</b>")
                .append(Html.escape(rest))
                .append("</div><div style=\"height:8px;max-width:480px;margin:.3em 0;border:1px solid currentColor;")
                .append("border-radius:5px;overflow:hidden;opacity:.75\"><div style=\"height:100%;width:")
                .append(100 * done / total)
                .append("%;background:currentColor\"></div></div><div>")
                .append(Html.escape(String.join(
                        " | ", running.values().stream().map(Setting::toString).toList())))
                .append("</div></div>")
                .toString();
        screen.show(html, name + rest);
    }

    private static String duration(long nanos) {
        long seconds = Math.round(nanos / 1e9);
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
