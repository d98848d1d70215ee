package transconv.datasets;

import java.io.PrintStream;

/** Sees how a download goes on, and what the reader should know about where the data come from. */
public interface DownloadListener {

    /**
     * Comes at the beginning, at the end and at least once a second while bytes arrive.
     *
     * @param file     the file's name
     * @param received bytes so far
     * @param total    bytes in all, -1 where the server does not say
     */
    void onProgress(String file, long received, long total);

    /** Comes once when the file is whole and verified, or given up. */
    default void onEnd(String file, boolean verified) {}

    /** Something that the reader should see, such as generated digits in place of MNIST. */
    default void onNotice(String message) {
        System.err.println(message);
    }

    /** Draws a bar on that stream. */
    static DownloadListener text(PrintStream out) {
        return new TextProgressBar(out);
    }
}
