package transconv.engines.onednn;

import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.javacpp.Pointer;
import transconv.engines.onednn.ConvolutionForm.FormAxis;

/**
 * A copy of a convolution's source with zeros around it. oneDNN needs none, but where channels are few it is quicker to
 * copy them than to treat the edges apart.
 */
final class PaddedSource {

    /** With more channels the copy costs more than the edges. */
    private static final int MOST_CHANNELS = 16;

    private final Stored padded;
    private final Primitive copy;

    private PaddedSource(Session session, ConvolutionForm form, Stored source) {
        ConvolutionForm loose = form.padded();
        int last = form.axes().size() - 1;
        long[] sizes = new long[form.axes().size() + 1];
        long[] from = new long[sizes.length];
        long[] to = new long[sizes.length];
        long fromStride = form.source();
        long toStride = form.source();
        long begin = 0;
        for (int axis = last; axis >= 0; axis--) {
            FormAxis tight = form.axes().get(axis);
            sizes[axis + 1] = tight.in();
            from[axis + 1] = fromStride;
            to[axis + 1] = toStride;
            begin += tight.before() * toStride;
            fromStride *= tight.in();
            toStride *= loose.axes().get(axis).in();
        }
        sizes[0] = form.batch();
        from[0] = fromStride;
        to[0] = toStride;
        // A row's positions and channels adjoin in both.
        sizes[last + 1] *= form.source();
        from[last + 1] = 1;
        to[last + 1] = 1;
        Pointer memory =
                session.allocate(form.batch() * toStride * source.precision().bytes());
        padded = new Stored(memory, source.precision());
        dnnl_memory_desc within = session.strided(source.precision(), sizes, from);
        dnnl_memory_desc around = session.strided(source.precision(), sizes, to);
        copy = Primitive.reorder(
                session,
                within,
                session.memory(within, source.at()),
                around,
                session.memory(around, padded.from(begin)));
    }

    /** Null where it is quicker to leave the source as it is. */
    static PaddedSource of(Session session, ConvolutionForm form, Stored source) {
        boolean pads = form.axes().stream().anyMatch(axis -> axis.before() > 0 || axis.after() > 0);
        if (!pads || form.source() > MOST_CHANNELS || form.groups() > 1) {
            return null;
        }
        PaddedSource padded = new PaddedSource(session, form, source);
        return padded.copy.implementation().contains("ref") ? null : padded;
    }

    /** The copy. */
    Stored stored() {
        return padded;
    }

    /** Brings the source's values into the copy. */
    void copy() {
        copy.run();
    }
}
