package transconv.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Prints how fast a large file is read that the system has in its cache: the best of several times. Demands that it is
 * not read by way of a copy on the heap.
 */
public final class ReadingSpeed {

    private static final int TIMES = 5;

    private ReadingSpeed() {}

    public static void print(String what, Path file, Consumer<Path> reader) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        double best = Double.MAX_VALUE;
        long heap = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < TIMES; i++) {
            long begun = System.nanoTime();
            reader.accept(file);
            best = Math.min(best, (System.nanoTime() - begun) / 1e9);
        }
        heap = (threads.getCurrentThreadAllocatedBytes() - heap) / TIMES;
        assertTrue(heap < Files.size(file) / 10, "%,d bytes of heap for %s".formatted(heap, file));
        double megabytes = Files.size(file) / 1e6;
        System.out.printf("%s: %.0f MB in %.3f s, %.0f MB/s%n", what, megabytes, best, megabytes / best);
    }
}
