package transconv.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.ops.Graph;
import transconv.ops.Ops;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * Samples that no one else holds are read whole, though the collector runs all the time and others take freed memory at
 * once. An engine that lets go of them too early is caught within seconds, not for certain.
 */
class CollectedSamplesTest {

    private static final int COUNT = 2000;
    private static final long NANOSECONDS = 3_000_000_000L;

    private final AtomicBoolean ended = new AtomicBoolean();

    @ParameterizedTest
    @ValueSource(strings = {"nd4j", "vector", "onednn"})
    void areReadBeforeTheirMemoryIsFreed(String engine) throws InterruptedException {
        Graph graph = new Graph();
        Value input = graph.input(Shape.of(COUNT));
        Value output = Ops.affine(input, 1, 0);
        graph.output(output);
        Thread collector = start(System::gc);
        Thread others = start(() -> Nd4j.createFromArray(filled(Float.NaN)).close());
        int[] rows = IntStream.range(0, COUNT).toArray();
        float[] ones = filled(1);
        try (Program program = Engines.named(engine).compile(graph)) {
            for (long end = System.nanoTime() + NANOSECONDS; System.nanoTime() < end; ) {
                program.feed(input, Nd4j.createFromArray(ones), rows);
                program.run();
                INDArray sum = program.read(output).sum();
                assertEquals(COUNT, sum.getFloat(0), "the sum of %d ones".formatted(COUNT));
            }
        } finally {
            ended.set(true);
            collector.join();
            others.join();
        }
    }

    private static float[] filled(float value) {
        float[] values = new float[COUNT];
        Arrays.fill(values, value);
        return values;
    }

    private Thread start(Runnable work) {
        Thread thread = new Thread(() -> {
            while (!ended.get()) {
                work.run();
            }
        });
        thread.start();
        return thread;
    }
}
