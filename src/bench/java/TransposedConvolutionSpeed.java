import com.fasterxml.jackson.jr.ob.JSON;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.engines.Engine;
import transconv.engines.Engines;
import transconv.engines.Program;
import transconv.engines.ProgramPool;
import transconv.ops.Graph;
import transconv.ops.KernelGradient;
import transconv.ops.Op;
import transconv.ops.Parameter;
import transconv.ops.TransposedConvolution;
import transconv.ops.Convolution;
import transconv.ops.Value;
import transconv.shape.Axis;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/**
 * Milliseconds of single transposed convolutions and their two gradients, on all cores, each the median of several
 * runs: {@code java --add-modules jdk.incubator.vector -cp "target/transconv.jar:target/lib/*"
 * src/bench/java/TransposedConvolutionSpeed.java onednn src/bench/shapes.json}. The batch is cut into two parts a core.
 */
public final class TransposedConvolutionSpeed {

    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final long NANOSECONDS = 500_000_000;

    private TransposedConvolutionSpeed() {}

    public static void main(String[] arguments) throws IOException {
        Engine engine = Engines.named(arguments[0]);
        for (Object entry : JSON.std.listFrom(new File(arguments[1]))) {
            Map<?, ?> shape = (Map<?, ?>) entry;
            Timed timed = new Timed(engine, shape);
            System.out.printf(
                    "{\"name\": \"%s\", \"forward\": %.4f, \"input gradient\": %.4f, \"kernel gradient\": %.4f}%n",
                    shape.get("name"), timed.forward(), timed.inputGradient(), timed.kernelGradient());
        }
    }

    private static final class Timed {

        private final Engine engine;
        private final int parts;
        private final int samples;
        private final Geometry geometry;

        Timed(Engine engine, Map<?, ?> shape) {
            this.engine = engine;
            int batch = number(shape, "batch", 0);
            parts = Math.min(batch, 2 * CORES);
            int size = number(shape, "size", 0);
            int kernel = number(shape, "kernel", 0);
            int stride = number(shape, "stride", 1);
            int dilation = number(shape, "dilation", 1);
            int crop = number(shape, "padding", 0);
            int wide = (size - 1) * stride + dilation * (kernel - 1) + 1 - 2 * crop;
            Axis axis = new Axis(wide, size, kernel, stride, dilation, crop);
            geometry = new Geometry(
                    List.of(axis, axis), number(shape, "out", 0), number(shape, "in", 0), number(shape, "groups", 1));
            samples = batch / parts;
        }

        private static int number(Map<?, ?> shape, String name, int otherwise) {
            return shape.get(name) instanceof Number number ? number.intValue() : otherwise;
        }

        double forward() {
            return milliseconds(new TransposedConvolution(geometry), geometry.small(samples), null);
        }

        double inputGradient() {
            return milliseconds(new Convolution(geometry), geometry.large(samples), null);
        }

        double kernelGradient() {
            return milliseconds(new KernelGradient(geometry), geometry.large(samples), geometry.small(samples));
        }

        /** @param other the shape of a second input; null for the kernel in its place */
        private double milliseconds(Op op, Shape shape, Shape other) {
            Graph graph = new Graph();
            INDArray kernel = Nd4j.rand(geometry.kernel().toLongArray());
            Value first = graph.input(shape);
            Value second = other == null ? graph.parameter(new Parameter("kernel", kernel)) : graph.input(other);
            Value output = graph.apply(op, first, second);
            graph.output(output);
            INDArray sum = Nd4j.zeros(output.shape().toLongArray());
            Set<Program> fed = ConcurrentHashMap.newKeySet();
            List<Double> taken = new ArrayList<>();
            try (ProgramPool pool = new ProgramPool(engine, graph)) {
                long end = System.nanoTime() + NANOSECONDS;
                while (taken.size() < 5 || System.nanoTime() < end) {
                    long start = System.nanoTime();
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
                                if (other != null) {
                                    sum.addi(program.read(output));
                                }
                            });
                    taken.add((System.nanoTime() - start) / 1e6);
                }
            }
            List<Double> warm = taken.subList(taken.size() / 2, taken.size()).stream()
                    .sorted()
                    .toList();
            return warm.get(warm.size() / 2);
        }

        private static void feed(Program program, Value input) {
            if (input.isInput()) {
                Shape shape = input.shape();
                int[] rows = IntStream.range(0, shape.size(0)).toArray();
                program.feed(input, Nd4j.rand(shape.toLongArray()), rows);
            }
        }
    }
}
