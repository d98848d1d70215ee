package benchmarks;

import java.io.IOException;
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
@BenchmarkMode(Mode.SampleTime)
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
        BenchmarkShape entry = BenchmarkShape.read(shape);
        INDArray x = Nd4j.rand(entry.batch(), entry.size(), entry.size(), entry.in());
        INDArray weights = Nd4j.rand(entry.kernel(), entry.kernel(), entry.out(), entry.in());
        INDArray y = Nd4j.create(entry.batch(), entry.wide(), entry.wide(), entry.out());
        int kernel = entry.kernel();
        int stride = entry.stride();
        int padding = entry.padding();
        int dilation = entry.dilation();
        op = DynamicCustomOp.builder("deconv2d")
                .addInputs(x, weights)
                .addOutputs(y)
                .addIntegerArguments(kernel, kernel, stride, stride, padding, padding, dilation, dilation, 0, 1, 0)
                .build();
    }

    @Benchmark
    public void compute() {
        Nd4j.exec(op);
    }
}
