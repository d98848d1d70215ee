package transconv.explain;

import java.util.Arrays;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.engines.Engine;
import transconv.engines.Explanation;
import transconv.engines.Program;
import transconv.ops.Graph;
import transconv.ops.Parameter;
import transconv.ops.Value;
import transconv.reference.TransposeAlgorithm;
import transconv.shape.Axis;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/** One way to compute one pass, ready to run. */
interface Contender extends AutoCloseable {

    String name();

    void run();

    /** Of the last run, in C order. */
    double[] output();

    /** Known after a run. */
    RaceEntry entry(LayerPass pass, double milliseconds, int rounds);

    @Override
    void close();

    /** A pass as a program of an engine; its kernel is a weight, which an engine may keep in an order of its own. */
    static Contender of(
            Engine engine, LayerPass pass, Geometry geometry, boolean transposed, double[][] data, int batch) {
        Graph graph = new Graph();
        Shape[] shapes = pass.operands(geometry, transposed, batch);
        Value first = graph.input(shapes[0]);
        Value second = pass == LayerPass.KERNEL_GRADIENT
                ? graph.input(shapes[1])
                : graph.parameter(new Parameter("kernel", array(shapes[1], data[1])));
        Value output = pass.apply(geometry, transposed, graph, first, second);
        graph.output(output);
        Program program = engine.compile(graph);
        int[] rows = IntStream.range(0, batch).toArray();
        program.feed(first, array(shapes[0], data[0]), rows);
        if (second.isInput()) {
            program.feed(second, array(shapes[1], data[1]), rows);
        }
        return new Contender() {
            @Override
            public String name() {
                return engine.name();
            }

            @Override
            public void run() {
                program.run();
            }

            @Override
            public double[] output() {
                return program.read(output).dup('c').data().asDouble();
            }

            @Override
            public RaceEntry entry(LayerPass pass, double milliseconds, int rounds) {
                Explanation explanation = program.explain();
                Explanation.Line line = explanation.lines().get(0);
                return new RaceEntry(
                        pass,
                        name(),
                        line.algorithm(),
                        milliseconds,
                        rounds,
                        line.useful(),
                        line.executed(),
                        line.bytes(),
                        explanation.workBytes());
            }

            @Override
            public void close() {
                program.close();
            }
        };
    }

    private static INDArray array(Shape shape, double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return Nd4j.createFromArray(floats).reshape('c', shape.toLongArray());
    }

    /** A transposed convolution from scratch. */
    static Contender of(TransposeAlgorithm algorithm, Geometry geometry, double[][] data, int batch) {
        Geometry three = geometry.toThreeAxes();
        TransposeAlgorithm.Problem problem = new TransposeAlgorithm.Problem(
                batch,
                three.largeChannels(),
                three.smallChannels(),
                three.groups(),
                each(three, Axis::large),
                each(three, Axis::small),
                each(three, Axis::kernel),
                each(three, Axis::stride),
                each(three, Axis::dilation),
                each(three, Axis::crop));
        return new Contender() {

            private TransposeAlgorithm.Result result;

            @Override
            public String name() {
                return "loops: " + algorithm;
            }

            @Override
            public void run() {
                result = algorithm.compute(problem, data[0], data[1]);
            }

            @Override
            public double[] output() {
                return result.x();
            }

            @Override
            public RaceEntry entry(LayerPass pass, double milliseconds, int rounds) {
                long moved =
                        Arrays.stream(data).mapToLong(values -> values.length).sum() + result.x().length;
                return new RaceEntry(
                        pass,
                        name(),
                        "plain loops in double",
                        milliseconds,
                        rounds,
                        geometry.multiplyAdds(batch),
                        result.multiplyAdds(),
                        moved * Double.BYTES,
                        result.workBytes());
            }

            @Override
            public void close() {}
        };
    }

    private static int[] each(Geometry geometry, ToIntFunction<Axis> number) {
        return geometry.axes().stream().mapToInt(number).toArray();
    }
}
