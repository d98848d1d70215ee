package transconv.engines.onednn;

import transconv.engines.Engine;
import transconv.engines.Program;
import transconv.engines.nd4j.Nd4jEngine;
import transconv.ops.Graph;

/**
 * Primitives of Intel's oneDNN over ND4J's memory, channels last; oneDNN chooses its code for the CPU at run time. Ops
 * without a quick primitive run as the nd4j engine runs them.
 */
public final class OneDnnEngine implements Engine {

    /** @throws LinkageError or RuntimeException if ND4J's or oneDNN's native library does not load here */
    public OneDnnEngine() {
        // First ND4J, so that oneDNN finds its OpenMP library loaded: there is to be one.
        new Nd4jEngine();
        Library.load();
    }

    @Override
    public String name() {
        return "onednn";
    }

    /** oneDNN's version, {@code 3.11.0}. */
    public String version() {
        return Library.version();
    }

    @Override
    public Program compile(Graph graph) {
        return new OneDnnProgram(graph);
    }
}
