package transconv.engines.onednn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;
import transconv.engines.Precision;

/** One of the three contractions as one of oneDNN's convolution primitives. */
final class ContractionStep implements Step {

    private final ConvolutionForm form;
    private final Primitive primitive;
    private final PaddedSource padded;
    private final Step load;
    private final Step store;
    private final boolean kernelIsParameter;

    private ContractionStep(
            ConvolutionForm form,
            Primitive primitive,
            PaddedSource padded,
            Step load,
            Step store,
            boolean kernelIsParameter) {
        this.form = form;
        this.primitive = primitive;
        this.padded = padded;
        this.load = load;
        this.store = store;
        this.kernelIsParameter = kernelIsParameter;
    }

    /**
     * The convolution from source to destination.
     *
     * @param kernelIsParameter whether the kernel changes only where the program's parameters do
     * @param bias              or null
     * @return null where oneDNN has no good code
     */
    static ContractionStep forward(
            Session session,
            ConvolutionForm form,
            Stored source,
            Pointer kernel,
            boolean kernelIsParameter,
            Stored destination,
            Pointer bias,
            boolean rectify) {
        PaddedSource padded = PaddedSource.of(session, form, source);
        return padded == null
                ? forward(session, form, source, null, kernel, kernelIsParameter, destination, bias, rectify)
                : forward(
                        session,
                        form.padded(),
                        padded.stored(),
                        padded,
                        kernel,
                        kernelIsParameter,
                        destination,
                        bias,
                        rectify);
    }

    private static ContractionStep forward(
            Session session,
            ConvolutionForm form,
            Stored source,
            PaddedSource padded,
            Pointer kernel,
            boolean kernelIsParameter,
            Stored destination,
            Pointer bias,
            boolean rectify) {
        dnnl_memory_desc from = form.sourceLayout(session, source.precision());
        dnnl_memory_desc to = form.destinationLayout(session, destination.precision());
        dnnl_memory_desc biasLayout = bias == null ? null : session.flat(form.destination());
        Primitive.Plan plan = Primitive.Plan.of(
                session,
                Attributes.of(session, rectify),
                (desc, attributes) -> dnnl.dnnl_convolution_forward_primitive_desc_create(
                        desc,
                        Library.engine(),
                        dnnl.dnnl_forward_training,
                        dnnl.dnnl_convolution_direct,
                        from,
                        form.anyKernelLayout(session, source.precision()),
                        biasLayout,
                        to,
                        form.strides(),
                        form.dilations(),
                        form.before(),
                        form.after(),
                        attributes));
        if (isSlow(plan, form, source)) {
            return null;
        }
        KernelMemory weights = new KernelMemory(session, form, kernel, plan.memory(dnnl.dnnl_query_weights_md, 0));
        Map<Integer, dnnl_memory> memory = new LinkedHashMap<>();
        memory.put(dnnl.DNNL_ARG_SRC, session.memory(from, source.at()));
        memory.put(dnnl.DNNL_ARG_WEIGHTS, weights.memory());
        memory.put(dnnl.DNNL_ARG_DST, session.memory(to, destination.at()));
        if (bias != null) {
            memory.put(dnnl.DNNL_ARG_BIAS, session.memory(biasLayout, bias));
        }
        return new ContractionStep(
                form, new Primitive(session, plan, memory), padded, weights.load(session), () -> {}, kernelIsParameter);
    }

    /** The transposed convolution from destination to source; null where oneDNN has no good code. */
    static ContractionStep backwardData(
            Session session,
            ConvolutionForm form,
            Stored destination,
            Pointer kernel,
            boolean kernelIsParameter,
            Stored source) {
        dnnl_memory_desc from = form.sourceLayout(session, source.precision());
        dnnl_memory_desc to = form.destinationLayout(session, destination.precision());
        Primitive.Plan plan = Primitive.Plan.of(
                session,
                Attributes.none(session),
                (desc, attributes) -> dnnl.dnnl_convolution_backward_data_primitive_desc_create(
                        desc,
                        Library.engine(),
                        dnnl.dnnl_convolution_direct,
                        from,
                        form.anyKernelLayout(session, destination.precision()),
                        to,
                        form.strides(),
                        form.dilations(),
                        form.before(),
                        form.after(),
                        null,
                        attributes));
        if (isSlow(plan, form, destination)) {
            return null;
        }
        KernelMemory weights = new KernelMemory(session, form, kernel, plan.memory(dnnl.dnnl_query_weights_md, 0));
        Map<Integer, dnnl_memory> memory = Map.of(
                dnnl.DNNL_ARG_DIFF_SRC, session.memory(from, source.at()),
                dnnl.DNNL_ARG_WEIGHTS, weights.memory(),
                dnnl.DNNL_ARG_DIFF_DST, session.memory(to, destination.at()));
        return new ContractionStep(
                form, new Primitive(session, plan, memory), null, weights.load(session), () -> {}, kernelIsParameter);
    }

    /**
     * The kernel's gradient.
     *
     * @param biasGradient where the sums of the destination's gradient go, or null
     * @return null where oneDNN has no good code
     */
    static ContractionStep backwardWeights(
            Session session,
            ConvolutionForm form,
            Stored source,
            Stored destination,
            Pointer kernel,
            Pointer biasGradient) {
        dnnl_memory_desc from = form.sourceLayout(session, source.precision());
        dnnl_memory_desc to = form.destinationLayout(session, destination.precision());
        dnnl_memory_desc biasLayout = biasGradient == null ? null : session.flat(form.destination());
        Primitive.Plan plan = Primitive.Plan.of(
                session,
                Attributes.none(session),
                (desc, attributes) -> dnnl.dnnl_convolution_backward_weights_primitive_desc_create(
                        desc,
                        Library.engine(),
                        dnnl.dnnl_convolution_direct,
                        from,
                        form.anyKernelLayout(session, Precision.FLOAT32),
                        biasLayout,
                        to,
                        form.strides(),
                        form.dilations(),
                        form.before(),
                        form.after(),
                        null,
                        attributes));
        if (isSlow(plan, form, source)) {
            return null;
        }
        KernelMemory weights = new KernelMemory(session, form, kernel, plan.memory(dnnl.dnnl_query_diff_weights_md, 0));
        Map<Integer, dnnl_memory> memory = new LinkedHashMap<>();
        memory.put(dnnl.DNNL_ARG_SRC, session.memory(from, source.at()));
        memory.put(dnnl.DNNL_ARG_DIFF_DST, session.memory(to, destination.at()));
        memory.put(dnnl.DNNL_ARG_DIFF_WEIGHTS, weights.memory());
        if (biasGradient != null) {
            memory.put(dnnl.DNNL_ARG_DIFF_BIAS, session.memory(biasLayout, biasGradient));
        }
        return new ContractionStep(
                form, new Primitive(session, plan, memory), null, () -> {}, weights.store(session), true);
    }

    /** Whether there is no code, or in bfloat16 only such as is slower than that for floats. */
    private static boolean isSlow(Primitive.Plan plan, ConvolutionForm form, Stored factor) {
        if (plan == null || factor.precision() == Precision.FLOAT32) {
            return plan == null;
        }
        String implementation = plan.implementation();
        return implementation.contains("gemm") || form.isDepthwise() && !implementation.contains("dw");
    }

    @Override
    public void parametersChanged() {
        if (kernelIsParameter) {
            load.run();
        }
    }

    @Override
    public void run() {
        if (!kernelIsParameter) {
            load.run();
        }
        if (padded != null) {
            padded.copy();
        }
        primitive.run();
        store.run();
    }

    /** oneDNN's name of its code. */
    String implementation() {
        return primitive.implementation();
    }

    /** oneDNN's name of its code, and in which form it is used. */
    @Override
    public String toString() {
        return primitive.implementation()
                + (form.flipped() ? ", kernel flipped" : "")
                + (padded == null ? "" : ", zeros put around the input");
    }

    /** Multiply-adds, those with zeros and in idle lanes included. */
    long executed() {
        return form.executed();
    }
}
