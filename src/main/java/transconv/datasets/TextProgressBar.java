package transconv.datasets;

import java.io.PrintStream;
import java.util.Locale;

/** One line a file, redrawn at every twentieth of it, so that a log stays short too. */
final class TextProgressBar implements DownloadListener {

    private static final int CELLS = 20;

    private final PrintStream out;
    private String drawn = "";

    TextProgressBar(PrintStream out) {
        this.out = out;
    }

    @Override
    public void onProgress(String file, long received, long total) {
        String bar = "?".repeat(CELLS);
        String size = String.format(Locale.ROOT, "%.1f MB", Math.floor(received / 1e6));
        if (total > 0) {
            int filled = (int) (CELLS * Math.min(received, total) / total);
            bar = "#".repeat(filled) + "-".repeat(CELLS - filled);
            size = String.format(Locale.ROOT, "%3d %% of %.1f MB", 100 * filled / CELLS, total / 1e6);
        }
        String line = "%s [%s] %s".formatted(file, bar, size);
        if (!line.equals(drawn)) {
            out.print("\r" + line);
            out.flush();
            drawn = line;
        }
    }

    @Override
    public void onEnd(String file, boolean verified) {
        if (!drawn.isEmpty()) {
            out.println(verified ? "  verified" : "  failed");
            drawn = "";
        }
    }

    @Override
    public void onNotice(String message) {
        out.println((drawn.isEmpty() ? "" : System.lineSeparator()) + message);
        drawn = "";
    }
}
