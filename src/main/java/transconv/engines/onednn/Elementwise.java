package transconv.engines.onednn;

import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;
import transconv.ops.BinaryFunction;
import transconv.ops.FusedActivation;
import transconv.shape.Shape;

/** Primitives that pass once over a tensor. Each is null where oneDNN has no quick one. */
final class Elementwise {

    private final Session session;

    Elementwise(Session session) {
        this.session = session;
    }

    /**
     * The gradient of an activation's input.
     *
     * @param y        the activation's output
     * @param gradient of the output, in the same precision
     */
    Step activateGradient(FusedActivation function, long length, Stored y, Stored gradient, Stored out) {
        int algorithm = algorithm(function);
        if (algorithm == 0) {
            return null;
        }
        dnnl_memory_desc flat = session.flat(y.precision(), length);
        Primitive.Plan forward = Primitive.Plan.of(
                session,
                Attributes.none(session),
                (desc, attributes) -> dnnl.dnnl_eltwise_forward_primitive_desc_create(
                        desc, Library.engine(), dnnl.dnnl_forward_training, algorithm, flat, flat, 0, 0, attributes));
        Primitive.Plan backward = forward == null
                ? null
                : Primitive.Plan.of(
                        session,
                        Attributes.none(session),
                        (desc, attributes) -> dnnl.dnnl_eltwise_backward_primitive_desc_create(
                                desc, Library.engine(), algorithm, flat, flat, flat, 0, 0, forward.desc(), attributes));
        return backward == null
                ? null
                : new Primitive(
                        session,
                        backward,
                        Map.of(
                                dnnl.DNNL_ARG_DST, session.memory(flat, y.at()),
                                dnnl.DNNL_ARG_DIFF_DST, session.memory(flat, gradient.at()),
                                dnnl.DNNL_ARG_DIFF_SRC, session.memory(flat, out.at())));
    }

    private static int algorithm(FusedActivation function) {
        return switch (function) {
            case RELU -> dnnl.dnnl_eltwise_relu_use_dst_for_bwd;
            case SIGMOID -> dnnl.dnnl_eltwise_logistic_use_dst_for_bwd;
            case TANH -> dnnl.dnnl_eltwise_tanh_use_dst_for_bwd;
            case LINEAR, SOFTMAX -> 0;
        };
    }

    /** Adds a value for each channel at all positions, and then cuts off what is below zero where asked to. */
    Step addBias(Shape shape, Stored x, Pointer bias, Stored out, boolean rectify) {
        long channels = shape.last();
        long positions = shape.elements() / channels;
        long[] sizes = {positions, channels};
        long[] strides = {channels, 1};
        dnnl_memory_desc from = session.strided(x.precision(), sizes, strides);
        dnnl_memory_desc to = session.strided(out.precision(), sizes, strides);
        dnnl_memory_desc row = session.strided(new long[] {1, channels}, strides);
        Primitive.Plan plan = Primitive.Plan.of(
                session,
                Attributes.of(session, rectify),
                (desc, attributes) -> dnnl.dnnl_binary_primitive_desc_create(
                        desc, Library.engine(), dnnl.dnnl_binary_add, from, row, to, attributes));
        return plan == null
                ? null
                : new Primitive(
                        session,
                        plan,
                        Map.of(
                                dnnl.DNNL_ARG_SRC_0, session.memory(from, x.at()),
                                dnnl.DNNL_ARG_SRC_1, session.memory(row, bias),
                                dnnl.DNNL_ARG_DST, session.memory(to, out.at())));
    }

    /** A function of two tensors of one shape. */
    Step binary(BinaryFunction function, long length, Pointer a, Pointer b, Pointer out) {
        int algorithm = algorithm(function);
        if (algorithm == 0) {
            return null;
        }
        Passes passes = new Passes(session, 1, length);
        return passes.pairwise(algorithm, passes.memory(a), passes.memory(b), passes.memory(out));
    }

    /** Of those that do with zeros and NaN what others do. */
    private static int algorithm(BinaryFunction function) {
        return switch (function) {
            case ADD -> dnnl.dnnl_binary_add;
            case SUBTRACT -> dnnl.dnnl_binary_sub;
            case MULTIPLY -> dnnl.dnnl_binary_mul;
            case DIVIDE -> dnnl.dnnl_binary_div;
            default -> 0;
        };
    }
}
