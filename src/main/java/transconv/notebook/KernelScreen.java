package transconv.notebook;

import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.dflib.jjava.jupyter.kernel.DisplayStream;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/**
 * A display of a JJava kernel, updated by its own thread: training does not wait for the page, and no message
 * leaves from an interrupted thread, under which Java closes the channel it writes to.
 *
 * <p>After an interrupt the kernel has detached the cell's output. What {@link #finish} was given then waits, and
 * appears in the old cell as soon as another cell runs.
 */
final class KernelScreen implements ProgressScreen {

    private static final System.Logger LOG = System.getLogger(KernelScreen.class.getName());
    private static final long FINISH_SECONDS = 2;
    private static final long POLL_MILLIS = 50;
    private static final ExecutorService PUBLISHER = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "transconv-progress");
        thread.setDaemon(true);
        return thread;
    });

    private final DisplayStream stream;
    private final String id = UUID.randomUUID().toString();
    private final AtomicReference<DisplayData> next = new AtomicReference<>();
    private boolean displayed;

    KernelScreen(DisplayStream stream) {
        this.stream = stream;
    }

    @Override
    public void show(String html, String text) {
        // Only the newest content counts: one task in the queue publishes whatever is newest by then.
        if (next.getAndSet(data(html, text)) == null) {
            PUBLISHER.execute(() -> publish(next.getAndSet(null)));
        }
    }

    @Override
    public void finish(String html, String text) {
        DisplayData last = data(html, text);
        next.set(null);
        Future<?> shown = PUBLISHER.submit(() -> {
            if (stream.isAttached()) {
                publish(last);
            } else if (displayed) {
                publishWhenAttached(last);
            }
        });
        try {
            if (!Thread.currentThread().isInterrupted()) {
                shown.get(FINISH_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(System.Logger.Level.DEBUG, "The end of the run could not be shown", e);
        }
    }

    private void publishWhenAttached(DisplayData last) {
        Thread waiting = new Thread(
                () -> {
                    try {
                        while (!stream.isAttached()) {
                            Thread.sleep(POLL_MILLIS);
                        }
                        PUBLISHER.execute(() -> publish(last));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "transconv-progress-end");
        waiting.setDaemon(true);
        waiting.start();
    }

    private void publish(DisplayData data) {
        if (data == null) {
            return;
        }
        if (displayed) {
            stream.updateDisplay(data);
        } else {
            displayed = true;
            stream.display(data);
        }
    }

    private DisplayData data(String html, String text) {
        DisplayData data = new DisplayData();
        data.putData(MIMEType.TEXT_HTML, html);
        data.putData(MIMEType.TEXT_PLAIN, text);
        // setDisplayId has another signature in each release of JJava: this is what it does in all.
        data.putTransientData("display_id", id);
        return data;
    }
}
