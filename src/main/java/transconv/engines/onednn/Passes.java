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
 * Passes over tensors of one shape, (samples, width). Each is null where oneDNN has no quick one. Samples lie where
 * oneDNN has channels, so that one number a sample is to it what a bias is.
 */
final class Passes {

    private final Session session;
    private final long samples;
    private final long width;
    private final dnnl_memory_desc all;

    Passes(Session session, long samples, long width) {
        this.session = session;
        this.samples = samples;
        this.width = width;
        all = session.strided(new long[] {1, samples, width}, new long[] {samples * width, width, 1});
    }

    dnnl_memory_desc all() {
        return all;
    }

    /** One number a sample. */
    dnnl_memory_desc each() {
        return session.strided(new long[] {1, samples, 1}, new long[] {samples, 1, 1});
    }

    long width() {
        return width;
    }

    dnnl_memory memory(Pointer at) {
        return session.memory(all, at);
    }

    dnnl_memory memory(dnnl_memory_desc desc, Pointer at) {
        return session.memory(desc, at);
    }

    Pointer place() {
        return session.allocate(all);
    }

    dnnl_memory work() {
        return memory(place());
    }

    Attributes followedBy() {
        return Attributes.followedBy(session);
    }

    /** A function of each value. */
    Primitive function(int algorithm, float alpha, float beta, dnnl_memory from, dnnl_memory to) {
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

    Primitive pairwise(int algorithm, dnnl_memory a, dnnl_memory b, dnnl_memory to) {
        return pairwise(algorithm, a, b, to, Attributes.none(session), Map.of());
    }

    /** @param others the tensors of the operations that follow */
    Primitive pairwise(
            int algorithm,
            dnnl_memory a,
            dnnl_memory b,
            dnnl_memory to,
            dnnl_primitive_attr followedBy,
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

    /** The mean of each sample's values times a factor. */
    Step means(float factor, Pointer from, Pointer to) {
        return new Matrices(session).meanOfRows(samples, width, factor, from, to);
    }

    /** One step after the other; null if there is none of one. */
    static Step inOrder(Step... steps) {
        return Stream.of(steps).anyMatch(Objects::isNull)
                ? null
                : () -> {
                    for (Step step : steps) {
                        step.run();
                    }
                };
    }
}
