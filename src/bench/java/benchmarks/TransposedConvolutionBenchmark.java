package benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import transconv.engines.Engines;
import transconv.engines.Precision;
import transconv.engines.Program;
import transconv.engines.ProgramPool;
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
 * A transposed convolution of shapes.json or one of its two gradients, on all cores, as within a model: the batch cut
 * into micro-batches, the inputs of each where the layer before leaves them. {@code ./lab bench --only operations} runs
 * it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 60, timeUnit = TimeUnit.MILLISECONDS)
public class TransposedConvolutionBenchmark {

    private static final int CORES = Runtime.getRuntime().availableProcessors();

    /** Floats of a micro-batch, as models cut them: what one layer leaves, the next finds in the cache. */
    private static final int CACHED = (4 << 20) / Float.BYTES;

    /** An engine's name, and a precision's after a colon where it is not float. */
    @Param("onednn")
    public String engine;

    /** A shape's place in shapes.json. */
    @Param("0")
    public int shape;

    @Param({"forward", "input gradient", "kernel gradient"})
    public String operation;

    private final Set<Program> fed = ConcurrentHashMap.newKeySet();
    private int parts;
    private Value first;
    private Value second;
    private Value output;
    private INDArray sum;
    private ProgramPool pool;

    @Setup
    public void prepare() throws IOException {
        BenchmarkShape entry = BenchmarkShape.read(shape);
        // Two parts a core share the work evenly; but each part reads, and in its gradient sums up, the whole kernel.
        long kernel = (long) entry.in() * entry.out() / entry.groups() * entry.kernel() * entry.kernel();
        long values =
                (long) entry.in() * entry.size() * entry.size() + (long) entry.out() * entry.wide() * entry.wide();
        parts = Math.min(entry.batch(), kernel > entry.batch() * values / (4 * CORES) ? CORES : 2 * CORES);
        while (entry.batch() / parts > 1 && entry.batch() / parts * values > CACHED) {
            parts *= 2;
        }
        Axis axis = new Axis(
                entry.wide(), entry.size(), entry.kernel(), entry.stride(), entry.dilation(), entry.padding());
        Geometry geometry = new Geometry(List.of(axis, axis), entry.out(), entry.in(), entry.groups());
        Op op = switch (operation) {
            case "forward" -> new TransposedConvolution(geometry);
            case "input gradient" -> new Convolution(geometry);
            default -> new KernelGradient(geometry);
        };
        Graph graph = new Graph();
        Shape small = geometry.small(entry.batch() / parts);
        Shape large = geometry.large(entry.batch() / parts);
        first = graph.input(op instanceof TransposedConvolution ? small : large);
        second = op instanceof KernelGradient
                ? graph.input(small)
                : graph.parameter(new Parameter("kernel", Nd4j.rand(geometry.kernel().toLongArray())));
        output = graph.apply(op, first, second);
        graph.output(output);
        sum = Nd4j.zeros(output.shape().toLongArray());
        String[] named = engine.split(":");
        Precision precision = Precision.valueOf(named.length > 1 ? named[1] : "FLOAT32");
        pool = new ProgramPool(Engines.named(named[0]).in(precision), graph);
    }

    @Benchmark
    public void compute() {
        pool.run(
                parts,
                (program, part) -> {
                    // The peers' data are in place, too.
                    if (fed.add(program)) {
                        feed(program, first);
                        feed(program, second);
                    }
                },
                (program, part) -> {
                    if (second.isInput()) {
                        program.addTo(sum, output);
                    }
                });
    }

    private static void feed(Program program, Value input) {
        if (input.isInput()) {
            Shape shape = input.shape();
            int[] rows = IntStream.range(0, shape.size(0)).toArray();
            program.feed(input, Nd4j.rand(shape.toLongArray()), rows);
        }
    }

    @TearDown
    public void close() {
        pool.close();
    }
}
