package transconv.engines.onednn;

import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.global.dnnl;

/** How a primitive is to be run: its scratchpad is the program's, and operations may follow on its results at once. */
final class Attributes {

    private final Session session;
    private final dnnl_post_ops operations = new dnnl_post_ops();

    private Attributes(Session session) {
        this.session = session;
        Library.check(dnnl.dnnl_post_ops_create(operations), "dnnl_post_ops_create");
        session.closeWith(() -> dnnl.dnnl_post_ops_destroy(operations));
    }

    static Attributes followedBy(Session session) {
        return new Attributes(session);
    }

    static dnnl_primitive_attr none(Session session) {
        return new Attributes(session).done();
    }

    /** @param rectify whether negative results become zero */
    static dnnl_primitive_attr of(Session session, boolean rectify) {
        Attributes attributes = new Attributes(session);
        return (rectify ? attributes.function(dnnl.dnnl_eltwise_relu, 0, 0) : attributes).done();
    }

    /** A function of each result. */
    Attributes function(int algorithm, float alpha, float beta) {
        Library.check(
                dnnl.dnnl_post_ops_append_eltwise(operations, algorithm, alpha, beta), "dnnl_post_ops_append_eltwise");
        return this;
    }

    /** Each result is added to the value that is in its place. */
    Attributes addedToWhatIsThere() {
        Library.check(
                dnnl.dnnl_post_ops_append_sum(operations, 1, 0, dnnl.dnnl_data_type_undef), "dnnl_post_ops_append_sum");
        return this;
    }

    /** Each result with another tensor's value. */
    Attributes with(int algorithm, dnnl_memory_desc other) {
        Library.check(dnnl.dnnl_post_ops_append_binary(operations, algorithm, other), "dnnl_post_ops_append_binary");
        return this;
    }

    dnnl_primitive_attr done() {
        dnnl_primitive_attr attributes = new dnnl_primitive_attr();
        Library.check(dnnl.dnnl_primitive_attr_create(attributes), "dnnl_primitive_attr_create");
        session.closeWith(() -> dnnl.dnnl_primitive_attr_destroy(attributes));
        Library.check(
                dnnl.dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl.dnnl_scratchpad_mode_user),
                "dnnl_primitive_attr_set_scratchpad_mode");
        Library.check(
                dnnl.dnnl_primitive_attr_set_post_ops(attributes, operations), "dnnl_primitive_attr_set_post_ops");
        return attributes;
    }

    /** The argument number of the tensor that a following operation takes, counted from 0. */
    static int tensorOf(int operation) {
        return dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (operation + 1) | dnnl.DNNL_ARG_SRC_1;
    }
}
