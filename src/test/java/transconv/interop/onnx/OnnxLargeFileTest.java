package transconv.interop.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import transconv.layers.Layers;
import transconv.models.Model;
import transconv.models.Sequential;

/** A model of 100 MB: its weights go from the file to where they are used, and nowhere else. */
class OnnxLargeFileTest {

    @Test
    void weightsAreNotCopiedTwice(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("large.onnx");
        try (Sequential model = new Sequential(
                Layers.input(8, 8, 512),
                Layers.conv2D(1024, 3),
                Layers.conv2DTranspose(1024, 3),
                Layers.globalAveragePooling2D(),
                Layers.dense(10_240))) {
            OnnxFile.save(model, file);
        }
        long bytes = Files.size(file);
        assertTrue(bytes > 90 << 20, () -> bytes + " bytes");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        double best = Double.MAX_VALUE;
        long heap = 0;
        for (int i = 0; i < 4; i++) {
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long begun = threads.getCurrentThreadCpuTime();
            try (Model model = OnnxFile.load(file)) {
                best = Math.min(best, (threads.getCurrentThreadCpuTime() - begun) / 1e9);
                heap = threads.getCurrentThreadAllocatedBytes() - allocated;
                assertTrue(model.parameterCount() * 4 > 90L << 20);
            }
        }
        System.out.printf(
                "ONNX: %,d bytes read at %,.0f MB a second of processor time, %,d bytes of heap%n",
                bytes, bytes / best / 1e6, heap);
        // beside the weights themselves, which lie outside of it
        assertTrue(heap < bytes / 10, heap + " bytes of heap for a file of " + bytes);
    }
}
