package transconv.engines.reference;

import transconv.engines.Engine;
import transconv.engines.Program;
import transconv.ops.Graph;

/**
 * Plain loops in double precision over the {@code reference} room's code: slow, needs no native library, the oracle of
 * all others.
 */
public final class ReferenceEngine implements Engine {

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public Program compile(Graph graph) {
        return new ReferenceProgram(graph);
    }
}
