package transconv.notebook;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.dflib.jjava.jupyter.kernel.DisplayStream;
import transconv.explain.Html;
import transconv.training.Callback;
import transconv.training.TextProgress;
import transconv.training.TrainingProgress;

/**
 * Shows a training run in one output of a notebook that is updated at most five times a second: epoch, batch, loss,
 * time left and a bar; in the end one line remains.
 *
 * <p>The HTML element has the class {@code transconv-progress}, and {@code transconv-progress-done} as well when the
 * run has ended. An object serves one run at a time.
 */
public final class LiveProgress implements Callback {

    /** The environment variable that chooses: {@code live} (as when unset) or {@code text}, one line an epoch. */
    public static final String VARIABLE = "TRANSCONV_PROGRESS";

    private static final long UPDATE_NANOS = 200_000_000L;

    private final ProgressScreen screen;
    private final LongSupplier nanoTime;
    private final Map<String, Double> logs = new LinkedHashMap<>();
    private long start;
    private long lastShown;
    private boolean shown;
    private int finishedEpochs;

    LiveProgress(ProgressScreen screen, LongSupplier nanoTime) {
        this.screen = Objects.requireNonNull(screen);
        this.nanoTime = Objects.requireNonNull(nanoTime);
    }

    /**
     * A display in the cell that runs.
     *
     * @param choice the value of {@link #VARIABLE}, or null
     * @throws IllegalArgumentException if the choice is neither {@code live} nor {@code text}
     */
    static Callback on(DisplayStream stream, String choice) {
        return switch (choice == null || choice.isBlank() ? "live" : choice.strip()) {
            case "live" -> new LiveProgress(new KernelScreen(stream), System::nanoTime);
            case "text" -> new TextProgress(System.out);
            default -> throw new IllegalArgumentException(
                    "%s=%s: the environment variable must be 'live' or 'text'; unset it for 'live'"
                            .formatted(VARIABLE, choice));
        };
    }

    @Override
    public void onTrainBegin(TrainingProgress progress) {
        start = nanoTime.getAsLong();
        shown = false;
        finishedEpochs = 0;
        logs.clear();
        show(progress);
    }

    @Override
    public void onTrainBatchEnd(TrainingProgress progress) {
        if (!shown || nanoTime.getAsLong() - lastShown >= UPDATE_NANOS) {
            show(progress);
        }
    }

    @Override
    public void onEpochEnd(TrainingProgress progress) {
        finishedEpochs++;
        logs.putAll(progress.logs());
        if (nanoTime.getAsLong() - lastShown >= UPDATE_NANOS) {
            show(progress);
        }
    }

    @Override
    public void onTrainEnd(TrainingProgress progress) {
        logs.putAll(progress.logs());
        String line;
        if (progress.interrupted()) {
            line = "Interrupted in epoch %d of %d after %s"
                    .formatted(Math.min(finishedEpochs + 1, progress.epochs()), progress.epochs(), duration(elapsed()));
        } else if (finishedEpochs < progress.epochs()) {
            line = "Stopped after %d of %d epochs, %s"
                    .formatted(finishedEpochs, progress.epochs(), duration(elapsed()));
        } else {
            line = "%d %s in %s"
                    .formatted(finishedEpochs, finishedEpochs == 1 ? "epoch" : "epochs", duration(elapsed()));
        }
        String text = line + values();
        screen.finish(
                "<div class=\"transconv-progress transconv-progress-done\">" + Html.escape(text) + "</div>", text);
    }

    private void show(TrainingProgress progress) {
        logs.putAll(progress.logs());
        lastShown = nanoTime.getAsLong();
        shown = true;
        double done = done(progress);
        String left = done > 0 ? " · " + duration((long) (elapsed() * (1 - done) / done)) + " left" : "";
        int percent = (int) Math.round(100 * done);
        String epoch = "Epoch %d/%d".formatted(Math.min(progress.epoch() + 1, progress.epochs()), progress.epochs());
        String rest =
                " · batch " + progress.step() + (progress.steps() > 0 ? "/" + progress.steps() : "") + values() + left;
        String html =
                """
            <div class="transconv-progress" role="progressbar" aria-valuemin="0" aria-valuemax="100" \
            aria-valuenow="%1$d" style="font-variant-numeric:tabular-nums"><div><b>%2$s</b>%3$s</div>\
            <div style="height:8px;max-width:480px;margin:.3em 0;border:1px solid currentColor;border-radius:5px;\
            overflow:hidden;opacity:.75"><div style="height:100%%;width:%1$d%%;background:currentColor"></div></div>\
            </div>\
            """
                        .formatted(percent, Html.escape(epoch), Html.escape(rest));
        screen.show(html, epoch + rest);
    }

    private static double done(TrainingProgress progress) {
        double steps = (double) progress.epochs() * progress.steps();
        double finished = (double) progress.epoch() * progress.steps() + progress.step();
        return steps > 0 ? Math.max(0, Math.min(1, finished / steps)) : 0;
    }

    private long elapsed() {
        return nanoTime.getAsLong() - start;
    }

    private String values() {
        StringBuilder text = new StringBuilder();
        logs.forEach(
                (name, value) -> text.append(" · ").append(name).append(' ').append(HistoryTable.digits(value)));
        return text.toString();
    }

    private static String duration(long nanos) {
        long seconds = Math.round(nanos / 1e9);
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
