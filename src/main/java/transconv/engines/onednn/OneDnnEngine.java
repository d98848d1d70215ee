package transconv.engines.onednn;

import transconv.engines.Engine;
import transconv.engines.Precision;
import transconv.engines.Program;
import transconv.engines.nd4j.Nd4jEngine;
import transconv.ops.Graph;

/**
 * Primitives of Intel's oneDNN over ND4J's memory, channels last; oneDNN chooses its code for the CPU at run time. Ops
 * without a quick primitive run as the nd4j engine runs them.
 */
public final class OneDnnEngine implements Engine {

    private final Precision precision;

    /** @throws LinkageError or RuntimeException if ND4J's or oneDNN's native library does not load here */
    public OneDnnEngine() {
        // First ND4J, so that oneDNN finds its OpenMP library loaded: there is to be one.
        new Nd4jEngine();
        Library.load();
        precision = Precision.FLOAT32;
    }

    private OneDnnEngine(Precision precision) {
        this.precision = precision;
    }

    @Override
    public Engine in(Precision wanted) {
        if (wanted == Precision.BFLOAT16 && !Library.multipliesBfloat16()) {
            throw new IllegalArgumentException(
                    ("precision=BFLOAT16: this CPU has no instructions that multiply bfloat16"
                            + " (AVX512-BF16 or AMX), so that it would only be slower; leave the precision out"));
        }
        return new OneDnnEngine(wanted);
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
        return new OneDnnProgram(graph, precision);
    }
}
