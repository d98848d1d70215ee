package transconv.engines.onednn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;

/**
 * Binary cross-entropy of logits, {@code max(z, 0) - z t + log(1 + exp(-|z|))}, and its slope, {@code sigmoid(z) - t},
 * each in a few passes; null where oneDNN has no quick way.
 */
final class LogitCrossentropy {

    /** {@code log(1 + e) = 2 s (1 + s²/3 + s⁴/5 + ...)} with {@code s = e / (2 + e)}, at most 1/3. */
    private static final int LAST_TERM = 15;

    private final Passes passes;

    LogitCrossentropy(Passes passes) {
        this.passes = passes;
    }

    /** The loss of each sample. */
    Step loss(Pointer prediction, Pointer target, Pointer out) {
        Pointer losses = passes.place();
        dnnl_memory z = passes.memory(prediction);
        dnnl_memory e = passes.work();
        dnnl_memory s = passes.work();
        dnnl_memory square = passes.work();
        dnnl_memory sum = passes.memory(losses);
        dnnl_memory product = passes.work();
        dnnl_memory positive = passes.work();
        Attributes terms = passes.followedBy();
        Map<Integer, dnnl_memory> tensors = new LinkedHashMap<>();
        int operation = 0;
        for (int term = LAST_TERM - 4; term >= 1; term -= 2) {
            terms.function(dnnl.dnnl_eltwise_linear, 1, 1f / term);
            terms.with(dnnl.dnnl_binary_mul, passes.all());
            tensors.put(Attributes.tensorOf(operation + 1), term > 1 ? square : s);
            operation += 2;
        }
        terms.function(dnnl.dnnl_eltwise_linear, 2, 0)
                .with(dnnl.dnnl_binary_add, passes.all())
                .with(dnnl.dnnl_binary_sub, passes.all());
        tensors.put(Attributes.tensorOf(operation + 1), positive);
        tensors.put(Attributes.tensorOf(operation + 2), product);
        return Passes.inOrder(
                passes.function(dnnl.dnnl_eltwise_abs, 0, 0, z, e),
                passes.function(dnnl.dnnl_eltwise_linear, -1, 0, e, e),
                passes.function(dnnl.dnnl_eltwise_exp, 0, 0, e, e),
                passes.function(dnnl.dnnl_eltwise_linear, 1, 2, e, s),
                passes.pairwise(dnnl.dnnl_binary_div, e, s, s),
                passes.pairwise(dnnl.dnnl_binary_mul, s, s, square),
                passes.function(dnnl.dnnl_eltwise_relu, 0, 0, z, positive),
                passes.pairwise(dnnl.dnnl_binary_mul, z, passes.memory(target), product),
                passes.function(dnnl.dnnl_eltwise_linear, 1f / LAST_TERM, 1f / (LAST_TERM - 2), square, sum),
                passes.pairwise(dnnl.dnnl_binary_mul, sum, square, sum, terms.done(), tensors),
                passes.means(1, losses, out));
    }

    /**
     * The prediction's gradient.
     *
     * @param gradient of each sample's loss
     */
    Step gradient(Pointer prediction, Pointer target, Pointer gradient, Pointer out) {
        dnnl_memory result = passes.memory(out);
        Primitive slopes = passes.pairwise(
                dnnl.dnnl_binary_sub,
                result,
                passes.memory(target),
                result,
                passes.followedBy()
                        .with(dnnl.dnnl_binary_mul, passes.each())
                        .function(dnnl.dnnl_eltwise_linear, 1f / passes.width(), 0)
                        .done(),
                Map.of(Attributes.tensorOf(0), passes.memory(passes.each(), gradient)));
        return Passes.inOrder(
                passes.function(dnnl.dnnl_eltwise_logistic, 0, 0, passes.memory(prediction), result), slopes);
    }
}
