import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.nd4j.linalg.factory.Nd4j;
import transconv.engines.Engine;
import transconv.engines.Engines;
import transconv.engines.Program;
import transconv.ops.Convolution;
import transconv.ops.Graph;
import transconv.ops.KernelGradient;
import transconv.ops.Op;
import transconv.ops.Parameter;
import transconv.ops.TransposedConvolution;
import transconv.ops.Value;
import transconv.shape.Axis;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/**
 * GFLOP/s of the three contractions on one core and on two, useful multiplications and additions only, the best of
 * several short runs. Threads count the time that they had a core, so that other work on the machine disturbs little: {@code java --add-modules jdk.incubator.vector -cp "target/transconv.jar:target/lib/*"
 * src/bench/java/ContractionSpeed.java vector [part of a shape's name]}. A shape is written large channels, small
 * channels, size of the large side, kernel, stride, crop at either end.
 */
public final class ContractionSpeed {

    private static final int RUNS = 8;
    private static final int[][] SHAPES = {
        // The autoencoder's layers: convolutions, transposed convolutions, the last convolution.
        {1, 32, 28, 3, 1, 0},
        {32, 16, 26, 3, 1, 0},
        {16, 8, 24, 3, 1, 0},
        {8, 8, 24, 3, 1, 0},
        {16, 8, 26, 3, 1, 0},
        {32, 16, 28, 3, 1, 0},
        {32, 1, 28, 3, 1, 1},
        // Common upsampling layers: generators, U-Net, few channels.
        {256, 512, 8, 4, 2, 1},
        {64, 128, 32, 4, 2, 1},
        {3, 64, 64, 4, 2, 1},
        {32, 64, 64, 2, 2, 0},
        {16, 32, 28, 3, 2, 0},
        {1, 16, 28, 3, 1, 1},
        {32, 1, 29, 3, 2, 0},
        {64, 64, 16, 5, 1, 2}
    };

    private ContractionSpeed() {}

    public static void main(String[] arguments) throws InterruptedException {
        Engine engine = Engines.named(arguments[0]);
        System.out.printf("%-34s %17s %17s %17s%n", "", "convolution", "transposed", "kernel gradient");
        for (int[] s : SHAPES) {
            String name = "%d, %d channels, %dx%d, k%d s%d p%d".formatted(s[0], s[1], s[2], s[2], s[3], s[4], s[5]);
            if (arguments.length > 1 && !name.contains(arguments[1])) {
                continue;
            }
            int small = (s[2] + 2 * s[5] - s[3]) / s[4] + 1;
            Axis axis = new Axis(s[2], small, s[3], s[4], 1, s[5]);
            Geometry geometry = new Geometry(List.of(axis, axis), s[0], s[1], 1);
            StringBuilder line = new StringBuilder("%-34s".formatted(name));
            for (Function<Geometry, Op> contraction : List.<Function<Geometry, Op>>of(
                    Convolution::new, TransposedConvolution::new, KernelGradient::new)) {
                for (int cores = 1; cores <= 2; cores++) {
                    line.append(" %8.1f".formatted(speed(engine, geometry, contraction.apply(geometry), cores)));
                }
            }
            System.out.println(line);
        }
    }

    private static double speed(Engine engine, Geometry geometry, Op op, int cores) throws InterruptedException {
        double flopsOfImage = 2.0 * geometry.taps() * geometry.small(1).elements() * geometry.largeChannels();
        int batch = (int) Math.max(1, Math.min(50, 1e9 / flopsOfImage));
        List<Program> programs = new ArrayList<>();
        for (int core = 0; core < cores; core++) {
            programs.add(program(engine, geometry, op, batch));
        }
        int repeats = (int) Math.max(1, 1e9 / flopsOfImage / batch);
        double best = 0;
        for (int run = 0; run < RUNS; run++) {
            AtomicLong nanos = new AtomicLong();
            List<Thread> threads = programs.stream()
                    .map(program -> new Thread(() -> {
                        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
                        long begin = clock.getCurrentThreadCpuTime();
                        for (int repeat = 0; repeat < repeats; repeat++) {
                            program.run();
                        }
                        nanos.addAndGet(clock.getCurrentThreadCpuTime() - begin);
                    }))
                    .toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            best = Math.max(best, flopsOfImage * batch * repeats * cores * cores / nanos.get());
        }
        programs.forEach(Program::close);
        return best;
    }

    private static Program program(Engine engine, Geometry geometry, Op op, int batch) {
        Graph graph = new Graph();
        List<Value> inputs = new ArrayList<>();
        inputs.add(graph.input(op instanceof TransposedConvolution ? geometry.small(batch) : geometry.large(batch)));
        inputs.add(
                op instanceof KernelGradient
                        ? graph.input(geometry.small(batch))
                        : graph.parameter(new Parameter(
                                "kernel", Nd4j.rand(geometry.kernel().toLongArray()))));
        graph.output(graph.apply(op, inputs.toArray(Value[]::new)));
        Program program = engine.compile(graph);
        for (Value input : inputs) {
            if (input.isInput()) {
                Shape shape = input.shape();
                program.feed(
                        input,
                        Nd4j.rand(shape.toLongArray()),
                        IntStream.range(0, shape.size(0)).toArray());
            }
        }
        return program;
    }
}
