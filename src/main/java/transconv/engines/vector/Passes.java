package transconv.engines.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import transconv.engines.AxisPass;

/** Passes over a tensor's axes, each from what the one before computed. */
final class Passes {

    private Passes() {}

    /** Makes the loops of a pass. */
    @FunctionalInterface
    interface Loops {
        Runnable of(AxisPass pass, float[] x, float[] out);
    }

    /** @param results the values that a pass computes */
    static Step chain(
            String algorithm,
            List<AxisPass> passes,
            Loops loops,
            ToIntFunction<AxisPass> results,
            float[] x,
            float[] out) {
        List<Runnable> steps = new ArrayList<>();
        long between = 0;
        float[] from = x;
        for (AxisPass pass : passes.subList(0, passes.size() - 1)) {
            float[] to = Lanes.array(results.applyAsInt(pass));
            between += to.length;
            steps.add(loops.of(pass, from, to));
            from = to;
        }
        steps.add(loops.of(passes.get(passes.size() - 1), from, out));
        return Step.of(algorithm, between * Float.BYTES, () -> steps.forEach(Runnable::run));
    }
}
