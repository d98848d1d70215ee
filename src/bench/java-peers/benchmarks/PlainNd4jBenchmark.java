package benchmarks;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
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
import org.openjdk.jmh.annotations.Warmup;

/** The forward pass of the shapes of shapes.json by ND4J's own deconv2d, without this library. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 50, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 50, timeUnit = TimeUnit.MILLISECONDS)
public class PlainNd4jBenchmark {

    /** A shape's place in shapes.json; without groups, which deconv2d lacks. */
    @Param("0")
    public int shape;

    @Param("forward")
    public String operation;

    private CustomOp op;

    @Setup
    public void prepare() throws IOException {
        Map<?, ?> entry = (Map<?, ?>) JSON.std.listFrom(new File(System.getProperty("shapes"))).get(shape);
        int size = number(entry, "size", 0);
        int kernel = number(entry, "kernel", 0);
        int stride = number(entry, "stride", 1);
        int dilation = number(entry, "dilation", 1);
        int padding = number(entry, "padding", 0);
        int wide = (size - 1) * stride + dilation * (kernel - 1) + 1 - 2 * padding;
        int batch = number(entry, "batch", 0);
        INDArray x = Nd4j.rand(batch, size, size, number(entry, "in", 0));
        INDArray weights = Nd4j.rand(kernel, kernel, number(entry, "out", 0), number(entry, "in", 0));
        INDArray y = Nd4j.create(batch, wide, wide, number(entry, "out", 0));
        op = DynamicCustomOp.builder("deconv2d")
                .addInputs(x, weights)
                .addOutputs(y)
                .addIntegerArguments(kernel, kernel, stride, stride, padding, padding, dilation, dilation, 0, 1, 0)
                .build();
    }

    private static int number(Map<?, ?> entry, String name, int otherwise) {
        return entry.get(name) instanceof Number number ? number.intValue() : otherwise;
    }

    @Benchmark
    public void compute() {
        Nd4j.exec(op);
    }
}
