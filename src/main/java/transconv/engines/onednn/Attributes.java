package transconv.engines.onednn;

import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.global.dnnl;

/** How a primitive is to be run: its scratchpad is the program's, and a rectifier may be computed with it. */
final class Attributes {

    private Attributes() {}

    static dnnl_primitive_attr none(Session session) {
        return of(session, false);
    }

    static dnnl_primitive_attr of(Session session, boolean rectify) {
        dnnl_primitive_attr attributes = new dnnl_primitive_attr();
        Library.check(dnnl.dnnl_primitive_attr_create(attributes), "dnnl_primitive_attr_create");
        session.closeWith(() -> dnnl.dnnl_primitive_attr_destroy(attributes));
        Library.check(
                dnnl.dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl.dnnl_scratchpad_mode_user),
                "dnnl_primitive_attr_set_scratchpad_mode");
        if (rectify) {
            dnnl_post_ops operations = new dnnl_post_ops();
            Library.check(dnnl.dnnl_post_ops_create(operations), "dnnl_post_ops_create");
            Library.check(
                    dnnl.dnnl_post_ops_append_eltwise(operations, dnnl.dnnl_eltwise_relu, 0, 0),
                    "dnnl_post_ops_append_eltwise");
            Library.check(
                    dnnl.dnnl_primitive_attr_set_post_ops(attributes, operations), "dnnl_primitive_attr_set_post_ops");
            dnnl.dnnl_post_ops_destroy(operations);
        }
        return attributes;
    }
}
