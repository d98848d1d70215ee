import static transconv.layers.Layers.conv2D;
import static transconv.layers.Layers.conv2DTranspose;
import static transconv.layers.Layers.input;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.optimizer;
import static transconv.models.FitOption.batchSize;
import static transconv.models.FitOption.epochs;
import static transconv.models.FitOption.verbose;
import static transconv.ops.Activation.RELU;
import static transconv.ops.Activation.SIGMOID;
import static transconv.shape.Padding.SAME;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.engines.Engines;
import transconv.models.Sequential;

/**
 * Builds, trains, predicts with, closes and drops models in two threads, and prints after each minute how much memory
 * the process holds, and how much of that is in use: {@code java --add-modules jdk.incubator.vector -cp
 * "target/transconv.jar:target/lib/*" src/bench/java/Endurance.java onednn 10}.
 */
public final class Endurance {

    private static final long MINUTE = 60_000_000_000L;
    private static final AtomicLong MODELS = new AtomicLong();

    private Endurance() {}

    public static void main(String[] arguments) throws Exception {
        Engines.use(Engines.named(arguments[0]));
        int minutes = Integer.parseInt(arguments[1]);
        INDArray digits = Nd4j.rand(500, 28, 28, 1);
        long start = System.nanoTime();
        for (int minute = 1; minute <= minutes; minute++) {
            long end = start + minute * MINUTE;
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> work(digits, end));
            work(digits, end);
            other.join();
            System.gc();
            // What the collector has found is freed by a thread of its own.
            Thread.sleep(500);
            double resident = residentMegabytes();
            // The allocator keeps what was once needed at the same time; what is left after this is in use.
            Pointer.trimMemory();
            System.out.printf(
                    "{\"minute\": %d, \"models\": %d, \"resident_mb\": %.1f, \"in_use_mb\": %.1f}%n",
                    minute, MODELS.get(), resident, residentMegabytes());
        }
    }

    private static void work(INDArray digits, long end) {
        while (System.nanoTime() < end) {
            Sequential model = new Sequential(
                    input(28, 28, 1),
                    conv2D(16, 3).strides(2).padding(SAME).activation(RELU),
                    conv2DTranspose(16, 3).strides(2).padding(SAME).activation(RELU),
                    conv2D(1, 3).activation(SIGMOID).padding(SAME));
            model.compile(optimizer("adam"), loss("binary_crossentropy"));
            model.fit(digits, digits, batchSize(100), epochs(1), verbose(0));
            model.predict(digits).close();
            // Every second one is left to the collector, as in a notebook whose cell is run again.
            if (MODELS.incrementAndGet() % 2 == 0) {
                model.close();
            }
        }
    }

    private static double residentMegabytes() throws Exception {
        List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
        String line = status.stream().filter(each -> each.startsWith("VmRSS:")).findFirst().orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
    }
}
