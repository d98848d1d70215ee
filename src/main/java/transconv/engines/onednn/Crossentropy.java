package transconv.engines.onednn;

import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;

/**
 * Binary cross-entropy of probabilities, {@code -(t log q + (1 - t) log(1 - q))} with q the clipped prediction, and its
 * slope, each in a few passes; null where oneDNN has no quick way.
 */
final class Crossentropy {

    /** Where Keras clips a probability; the upper bound as a float, which is 1 - 1.19e-7. */
    private static final float LOWER = 1e-7f;

    private static final float UPPER = (float) (1 - 1e-7);

    private final Passes passes;

    Crossentropy(Passes passes) {
        this.passes = passes;
    }

    /** The loss of each sample. */
    Step loss(Pointer prediction, Pointer target, Pointer out) {
        Pointer losses = passes.place();
        dnnl_memory hit = passes.work();
        dnnl_memory miss = passes.work();
        dnnl_memory logOfHit = passes.memory(losses);
        dnnl_memory logOfMiss = passes.work();
        Primitive joined = passes.pairwise(
                dnnl.dnnl_binary_sub,
                logOfHit,
                logOfMiss,
                logOfHit,
                passes.followedBy()
                        .with(dnnl.dnnl_binary_mul, passes.all())
                        .with(dnnl.dnnl_binary_add, passes.all())
                        .done(),
                Map.of(Attributes.tensorOf(0), passes.memory(target), Attributes.tensorOf(1), logOfMiss));
        return Passes.inOrder(
                passes.function(dnnl.dnnl_eltwise_clip, LOWER, UPPER, passes.memory(prediction), hit),
                passes.function(dnnl.dnnl_eltwise_linear, -1, 1, hit, miss),
                logarithm(hit, logOfHit),
                logarithm(miss, logOfMiss),
                joined,
                passes.means(-1, losses, out));
    }

    /** oneDNN's logarithm is off by some 1e-6; a step of Newton's, {@code y + x exp(-y) - 1}, mends that. */
    private Step logarithm(dnnl_memory x, dnnl_memory y) {
        dnnl_memory inverse = passes.work();
        Primitive mended = passes.pairwise(
                dnnl.dnnl_binary_mul,
                x,
                inverse,
                y,
                passes.followedBy()
                        .function(dnnl.dnnl_eltwise_linear, 1, -1)
                        .with(dnnl.dnnl_binary_add, passes.all())
                        .done(),
                Map.of(Attributes.tensorOf(1), y));
        return Passes.inOrder(
                passes.function(dnnl.dnnl_eltwise_log, 0, 0, x, y),
                passes.function(dnnl.dnnl_eltwise_linear, -1, 0, y, inverse),
                passes.function(dnnl.dnnl_eltwise_exp, 0, 0, inverse, inverse),
                mended);
    }

    /**
     * The prediction's gradient.
     *
     * @param gradient of each sample's loss
     */
    Step gradient(Pointer prediction, Pointer target, Pointer gradient, Pointer out) {
        dnnl_memory p = passes.memory(prediction);
        dnnl_memory hit = passes.work();
        dnnl_memory miss = passes.work();
        dnnl_memory result = passes.memory(out);
        Primitive slopes = passes.pairwise(
                dnnl.dnnl_binary_sub,
                hit,
                passes.memory(target),
                result,
                passes.followedBy()
                        .with(dnnl.dnnl_binary_div, passes.all())
                        .with(dnnl.dnnl_binary_div, passes.all())
                        .with(dnnl.dnnl_binary_mul, passes.each())
                        .function(dnnl.dnnl_eltwise_linear, 1f / passes.width(), 0)
                        .done(),
                Map.of(
                        Attributes.tensorOf(0), hit,
                        Attributes.tensorOf(1), miss,
                        Attributes.tensorOf(2), passes.memory(passes.each(), gradient)));
        // There is no slope where the prediction was clipped.
        Primitive within = passes.pairwise(
                dnnl.dnnl_binary_eq,
                p,
                hit,
                result,
                passes.followedBy().with(dnnl.dnnl_binary_mul, passes.all()).done(),
                Map.of(Attributes.tensorOf(0), result));
        return Passes.inOrder(
                passes.function(dnnl.dnnl_eltwise_clip, LOWER, UPPER, p, hit),
                passes.function(dnnl.dnnl_eltwise_linear, -1, 1, hit, miss),
                slopes,
                within);
    }
}
