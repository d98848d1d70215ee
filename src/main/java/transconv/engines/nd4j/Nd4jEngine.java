package transconv.engines.nd4j;

import org.nd4j.linalg.factory.Nd4j;
import transconv.engines.Engine;
import transconv.engines.Program;
import transconv.ops.Graph;

/**
 * ND4J operations only, in float: convolutions as im2col, matrix product and col2im. ND4J's own {@code conv2d} and {@code deconv2d} are
 * not used: the portable build runs them many times slower, they know no output padding, and SAME with dilation comes out wrong.
 */
public final class Nd4jEngine implements Engine {

    /** @throws LinkageError or RuntimeException if ND4J's native library does not load here */
    public Nd4jEngine() {
        Nd4j.getBackend();
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
