package transconv.engines.onednn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/** One call of oneDNN on fixed memory. */
final class Primitive implements Step {

    private final dnnl_primitive primitive = new dnnl_primitive();
    private final dnnl_stream stream;
    private final dnnl_exec_arg_t arguments;
    private final int count;
    private final String implementation;

    /**
     * @param desc   of the primitive
     * @param memory for each of oneDNN's argument numbers; the scratchpad is added
     */
    Primitive(Session session, Plan desc, Map<Integer, dnnl_memory> memory) {
        this(session, desc, memory, Map.of());
    }

    /** @param others memory of the operations that follow */
    Primitive(Session session, Plan desc, Map<Integer, dnnl_memory> memory, Map<Integer, dnnl_memory> others) {
        Library.check(dnnl.dnnl_primitive_create(primitive, desc.desc), "dnnl_primitive_create");
        session.closeWith(() -> dnnl.dnnl_primitive_destroy(primitive));
        stream = session.stream();
        implementation = desc.implementation();
        Map<Integer, dnnl_memory> all = new LinkedHashMap<>(memory);
        all.putAll(others);
        dnnl_memory_desc scratch = desc.memory(dnnl.dnnl_query_scratchpad_md, 0);
        if (dnnl.dnnl_memory_desc_get_size(scratch) > 0) {
            all.put(dnnl.DNNL_ARG_SCRATCHPAD, session.scratch(scratch));
        }
        count = all.size();
        arguments = new dnnl_exec_arg_t(count);
        session.closeWith(arguments::deallocate);
        int at = 0;
        for (Map.Entry<Integer, dnnl_memory> argument : all.entrySet()) {
            arguments.position(at++).arg(argument.getKey()).memory(argument.getValue());
        }
        arguments.position(0);
    }

    /** Copies from one layout to another, also by reference loops. */
    static Primitive reorder(
            Session session, dnnl_memory_desc from, dnnl_memory source, dnnl_memory_desc to, dnnl_memory target) {
        return reorder(session, from, source, to, target, Attributes.none(session));
    }

    /** As above, with what the attributes say. */
    static Primitive reorder(
            Session session,
            dnnl_memory_desc from,
            dnnl_memory source,
            dnnl_memory_desc to,
            dnnl_memory target,
            dnnl_primitive_attr attributes) {
        Plan plan = Plan.ofAny(
                session,
                attributes,
                (desc, given) -> dnnl.dnnl_reorder_primitive_desc_create(
                        desc, from, Library.engine(), to, Library.engine(), given));
        if (plan == null) {
            throw new IllegalStateException("onednn engine: no copy from one layout to another");
        }
        return new Primitive(session, plan, Map.of(dnnl.DNNL_ARG_FROM, source, dnnl.DNNL_ARG_TO, target));
    }

    @Override
    public void run() {
        Library.check(dnnl.dnnl_primitive_execute(primitive, stream, count, arguments), implementation);
    }

    /** As oneDNN calls its code: {@code brgconv:avx512_core}. */
    String implementation() {
        return implementation;
    }

    /** What oneDNN would do, before it is made ready. */
    static final class Plan {

        /** Asks oneDNN for a plan. */
        @FunctionalInterface
        interface Request {
            int create(dnnl_primitive_desc desc, dnnl_primitive_attr attributes);
        }

        private final dnnl_primitive_desc desc;

        private Plan(dnnl_primitive_desc desc) {
            this.desc = desc;
        }

        /** Null where oneDNN has nothing, or nothing but its reference loops, which are hundreds of times slower. */
        static Plan of(Session session, dnnl_primitive_attr attributes, Request request) {
            Plan plan = ofAny(session, attributes, request);
            return plan == null || plan.implementation().contains("ref") ? null : plan;
        }

        /** A product of matrices; null as above. */
        static Plan ofProduct(
                Session session, dnnl_memory_desc left, dnnl_memory_desc right, dnnl_memory_desc product) {
            return of(
                    session,
                    Attributes.none(session),
                    (desc, attributes) -> dnnl.dnnl_matmul_primitive_desc_create(
                            desc, Library.engine(), left, right, null, product, attributes));
        }

        private static Plan ofAny(Session session, dnnl_primitive_attr attributes, Request request) {
            dnnl_primitive_desc desc = new dnnl_primitive_desc();
            if (request.create(desc, attributes) != dnnl.dnnl_success) {
                return null;
            }
            session.closeWith(() -> dnnl.dnnl_primitive_desc_destroy(desc));
            return new Plan(desc);
        }

        dnnl_primitive_desc desc() {
            return desc;
        }

        dnnl_memory_desc memory(int what, int index) {
            return dnnl.dnnl_primitive_desc_query_md(desc, what, index);
        }

        String implementation() {
            try (PointerPointer<BytePointer> name = new PointerPointer<>(1)) {
                Library.check(
                        dnnl.dnnl_primitive_desc_query(desc, dnnl.dnnl_query_impl_info_str, 0, name),
                        "dnnl_primitive_desc_query");
                return name.get(BytePointer.class).getString();
            }
        }
    }
}
