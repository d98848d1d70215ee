package transconv.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.dflib.jjava.jupyter.kernel.DisplayStream;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;

class KernelScreenTest {

    private static final class Cell extends DisplayStream {

        private volatile boolean attached = true;
        private final List<String> sent = new CopyOnWriteArrayList<>();
        private final List<String> ids = new CopyOnWriteArrayList<>();
        private final List<Boolean> interrupted = new CopyOnWriteArrayList<>();

        @Override
        public boolean isAttached() {
            return attached;
        }

        @Override
        public void display(DisplayData data) {
            record("display ", data);
        }

        @Override
        public void updateDisplay(DisplayData data) {
            record("update ", data);
        }

        private void record(String how, DisplayData data) {
            if (attached) {
                sent.add(how + data.getData(MIMEType.TEXT_PLAIN));
                ids.add(data.getDisplayId());
                interrupted.add(Thread.currentThread().isInterrupted());
            }
        }

        private void waitFor(int messages) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (sent.size() < messages && System.nanoTime() < end) {
                Thread.sleep(5);
            }
        }
    }

    private final Cell cell = new Cell();
    private final KernelScreen screen = new KernelScreen(cell);

    @Test
    void displaysOnceThenUpdatesTheSameOutput() throws InterruptedException {
        screen.show("<p>1</p>", "1");
        cell.waitFor(1);
        screen.show("<p>2</p>", "2");
        cell.waitFor(2);
        screen.finish("<p>3</p>", "3");
        assertEquals(List.of("display 1", "update 2", "update 3"), cell.sent);
        assertEquals(1, cell.ids.stream().distinct().count());
        assertFalse(cell.ids.get(0).isBlank());
    }

    @Test
    void theEndIsShownWhenFinishReturns() {
        for (int i = 0; i < 100; i++) {
            screen.show("<p>a</p>", "a" + i);
        }
        screen.finish("<p>end</p>", "end");
        assertTrue(cell.sent.get(cell.sent.size() - 1).endsWith("end"), cell.sent.toString());
    }

    @Test
    void afterAnInterruptTheEndWaitsForTheNextCell() throws InterruptedException {
        screen.show("<p>1</p>", "1");
        cell.waitFor(1);
        cell.attached = false;
        Thread.currentThread().interrupt();
        screen.finish("<p>end</p>", "end");
        assertTrue(Thread.interrupted(), "the flag is left as it was");
        Thread.sleep(100);
        assertEquals(List.of("display 1"), cell.sent);
        cell.attached = true;
        cell.waitFor(2);
        assertEquals(List.of("display 1", "update end"), cell.sent);
        assertEquals(List.of(false, false), cell.interrupted, "no message leaves from an interrupted thread");
    }

    @Test
    void whatWasNeverDisplayedDoesNotAppearInAnotherCell() throws InterruptedException {
        cell.attached = false;
        screen.finish("<p>end</p>", "end");
        cell.attached = true;
        Thread.sleep(150);
        assertEquals(List.of(), cell.sent);
    }
}
