import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.factory.Nd4j;
import transconv.engines.Engine;
import transconv.engines.Engines;
import transconv.engines.Precision;
import transconv.engines.ProgramPool;
import transconv.ops.Convolution;
import transconv.ops.Graph;
import transconv.ops.Parameter;
import transconv.ops.Value;
import transconv.shape.Axis;
import transconv.shape.Geometry;

/**
 * GFLOP/s of the quickest work known here, on all cores, for each precision: convolutions of many channels and a dense
 * layer, the best of several runs. What the shares in the tables of {@code ./lab bench} are of.
 */
public final class MachinePeak {

    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final int RUNS = 30;

    private MachinePeak() {}

    public static void main(String[] arguments) {
        for (Precision precision : Precision.values()) {
            Engine engine;
            try {
                engine = Engines.named("onednn").in(precision);
            } catch (IllegalArgumentException refused) {
                continue;
            }
            Axis axis = new Axis(28, 28, 3, 1, 1, 1);
            double best = Math.max(
                    speed(engine, new Geometry(List.of(axis, axis), 128, 128, 1), 4),
                    speed(engine, new Geometry(List.of(), 1024, 1024, 1), 256));
            System.out.printf("{\"precision\": \"%s\", \"gflops\": %.0f}%n", precision, best);
        }
    }

    private static double speed(Engine engine, Geometry geometry, int batch) {
        Graph graph = new Graph();
        Value x = graph.input(geometry.large(batch));
        Parameter kernel =
                new Parameter("kernel", Nd4j.rand(geometry.kernel().toLongArray()));
        graph.output(graph.apply(new Convolution(geometry), x, graph.parameter(kernel)));
        int[] rows = IntStream.range(0, batch).toArray();
        int parts = CORES * 4;
        double flops = 2.0 * parts * batch * geometry.small(1).elements() * geometry.largeChannels() * geometry.taps();
        double least = Double.MAX_VALUE;
        try (ProgramPool pool = new ProgramPool(engine, graph)) {
            for (int run = 0; run < RUNS; run++) {
                boolean first = run == 0;
                long start = System.nanoTime();
                pool.run(
                        parts,
                        (program, part) -> {
                            if (first) {
                                program.feed(x, Nd4j.rand(x.shape().toLongArray()), rows);
                            }
                        },
                        (program, part) -> {});
                least = Math.min(least, System.nanoTime() - start);
            }
        }
        return flops / least;
    }
}
