package transconv.engines.onednn;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;

/**
 * Binary cross-entropy of probabilities, {@code -(t log q + (1 - t) log(1 - q))} with q the clipped prediction, and its
 * slope, each in a few passes. Samples lie where oneDNN has channels, so that one number a sample is a bias to it.
 */
final class Crossentropy {

    /** Where Keras clips a probability; the upper bound as a float, which is 1 - 1.19e-7. */
    private static final float LOWER = 1e-7f;

    private static final float UPPER = (float) (1 - 1e-7);

    private final Session session;
    private final long samples;
    private final long width;
    private final dnnl_memory_desc all;

    /** @param width values of a sample */
    Crossentropy(Session session, long samples, long width) {
        this.session = session;
        this.samples = samples;
        this.width = width;
        all = session.strided(new long[] {1, samples, width}, new long[] {samples * width, width, 1});
    }

    /** The loss of each sample; null where oneDNN has no quick way. */
    Step loss(Pointer prediction, Pointer target, Pointer out) {
        Pointer losses = session.allocate(all);
        dnnl_memory hit = session.memory(all, session.allocate(all));
        dnnl_memory miss = session.memory(all, session.allocate(all));
        dnnl_memory logOfHit = session.memory(all, losses);
        dnnl_memory logOfMiss = session.memory(all, session.allocate(all));
        Primitive joined = pairwise(
                dnnl.dnnl_binary_sub,
                Attributes.followedBy(session)
                        .with(dnnl.dnnl_binary_mul, all)
                        .with(dnnl.dnnl_binary_add, all)
                        .done(),
                logOfHit,
                logOfMiss,
                logOfHit,
                Map.of(Attributes.tensorOf(0), session.memory(all, target), Attributes.tensorOf(1), logOfMiss));
        return inOrder(
                function(dnnl.dnnl_eltwise_clip, LOWER, UPPER, session.memory(all, prediction), hit),
                function(dnnl.dnnl_eltwise_linear, -1, 1, hit, miss),
                logarithm(hit, logOfHit),
                logarithm(miss, logOfMiss),
                joined,
                new Matrices(session).meanOfRows(samples, width, -1, losses, out));
    }

    /** oneDNN's logarithm is off by some 1e-6; a step of Newton's, {@code y + x exp(-y) - 1}, mends that. */
    private Step logarithm(dnnl_memory x, dnnl_memory y) {
        dnnl_memory inverse = session.memory(all, session.allocate(all));
        Primitive mended = pairwise(
                dnnl.dnnl_binary_mul,
                Attributes.followedBy(session)
                        .function(dnnl.dnnl_eltwise_linear, 1, -1)
                        .with(dnnl.dnnl_binary_add, all)
                        .done(),
                x,
                inverse,
                y,
                Map.of(Attributes.tensorOf(1), y));
        return inOrder(
                function(dnnl.dnnl_eltwise_log, 0, 0, x, y),
                function(dnnl.dnnl_eltwise_linear, -1, 0, y, inverse),
                function(dnnl.dnnl_eltwise_exp, 0, 0, inverse, inverse),
                mended);
    }

    /**
     * The prediction's gradient; null where oneDNN has no quick way.
     *
     * @param gradient of each sample's loss
     */
    Step gradient(Pointer prediction, Pointer target, Pointer gradient, Pointer out) {
        dnnl_memory_desc each = session.strided(new long[] {1, samples, 1}, new long[] {samples, 1, 1});
        dnnl_memory p = session.memory(all, prediction);
        dnnl_memory hit = session.memory(all, session.allocate(all));
        dnnl_memory miss = session.memory(all, session.allocate(all));
        dnnl_memory result = session.memory(all, out);
        Primitive slopes = pairwise(
                dnnl.dnnl_binary_sub,
                Attributes.followedBy(session)
                        .with(dnnl.dnnl_binary_div, all)
                        .with(dnnl.dnnl_binary_div, all)
                        .with(dnnl.dnnl_binary_mul, each)
                        .function(dnnl.dnnl_eltwise_linear, 1f / width, 0)
                        .done(),
                hit,
                session.memory(all, target),
                result,
                Map.of(
                        Attributes.tensorOf(0), hit,
                        Attributes.tensorOf(1), miss,
                        Attributes.tensorOf(2), session.memory(each, gradient)));
        // There is no slope where the prediction was clipped.
        Primitive within = pairwise(
                dnnl.dnnl_binary_eq,
                Attributes.followedBy(session).with(dnnl.dnnl_binary_mul, all).done(),
                p,
                hit,
                result,
                Map.of(Attributes.tensorOf(0), result));
        return inOrder(
                function(dnnl.dnnl_eltwise_clip, LOWER, UPPER, p, hit),
                function(dnnl.dnnl_eltwise_linear, -1, 1, hit, miss),
                slopes,
                within);
    }

    private static Step inOrder(Step... steps) {
        return Stream.of(steps).anyMatch(Objects::isNull)
                ? null
                : () -> {
                    for (Step step : steps) {
                        step.run();
                    }
                };
    }

    private Primitive function(int algorithm, float alpha, float beta, dnnl_memory from, dnnl_memory to) {
        Primitive.Plan plan = Primitive.Plan.of(
                session,
                Attributes.none(session),
                (desc, attributes) -> dnnl.dnnl_eltwise_forward_primitive_desc_create(
                        desc,
                        Library.engine(),
                        dnnl.dnnl_forward_inference,
                        algorithm,
                        all,
                        all,
                        alpha,
                        beta,
                        attributes));
        return plan == null
                ? null
                : new Primitive(session, plan, Map.of(dnnl.DNNL_ARG_SRC, from, dnnl.DNNL_ARG_DST, to));
    }

    private Primitive pairwise(
            int algorithm,
            dnnl_primitive_attr followedBy,
            dnnl_memory a,
            dnnl_memory b,
            dnnl_memory to,
            Map<Integer, dnnl_memory> others) {
        Primitive.Plan plan = Primitive.Plan.of(
                session,
                followedBy,
                (desc, attributes) -> dnnl.dnnl_binary_primitive_desc_create(
                        desc, Library.engine(), algorithm, all, all, all, attributes));
        return plan == null
                ? null
                : new Primitive(
                        session,
                        plan,
                        Map.of(dnnl.DNNL_ARG_SRC_0, a, dnnl.DNNL_ARG_SRC_1, b, dnnl.DNNL_ARG_DST, to),
                        others);
    }
}
