package transconv.engines.vector;

import transconv.engines.Engine;
import transconv.engines.Program;
import transconv.ops.Graph;

/**
 * Kernels in pure Java over float arrays, channels last, with the Vector API; no native library computes.
 */
public final class VectorEngine implements Engine {

    /** @throws LinkageError if the JVM was started without {@code --add-modules jdk.incubator.vector} */
    public VectorEngine() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            throw new NoClassDefFoundError("vector engine: this JVM runs without the module jdk.incubator.vector;"
                    + " start it with --add-modules jdk.incubator.vector");
        }
    }

    /** How many floats of a vector this CPU computes at once. */
    public int lanes() {
        return Lanes.COUNT;
    }

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public Program compile(Graph graph) {
        return new VectorProgram(graph);
    }
}
