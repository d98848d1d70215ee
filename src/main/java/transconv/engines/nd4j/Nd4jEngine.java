package transconv.engines.nd4j;

import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;
import transconv.engines.Engine;
import transconv.engines.Program;
import transconv.ops.Graph;

/**
 * ND4J operations in float, and loops over the same memory where ND4J has none that is right and quick. Convolutions
 * are im2col, matrix product and col2im: ND4J's own {@code conv2d} and {@code deconv2d} are not used, since the
 * portable build runs them many times slower, they know no output padding, and SAME with dilation comes out wrong.
 */
public final class Nd4jEngine implements Engine {

    /** @throws LinkageError or RuntimeException if ND4J's native library does not load here */
    public Nd4jEngine() {
        Nd4j.getBackend();
        // Every program runs on one thread; BLAS and ND4J threads of their own would only wait for each other.
        Nd4j.getEnvironment().setMaxMasterThreads(1);
        Nd4j.getEnvironment().setMaxThreads(1);
        openblas.blas_set_num_threads(1);
    }

    @Override
    public String name() {
        return "nd4j";
    }

    @Override
    public Program compile(Graph graph) {
        return new Nd4jProgram(graph);
    }
}
