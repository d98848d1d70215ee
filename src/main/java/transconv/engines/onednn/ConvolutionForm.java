package transconv.engines.onednn;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.bytedeco.dnnl.dnnl_memory_desc;
import transconv.engines.Precision;
import transconv.shape.Axis;
import transconv.shape.Geometry;

/**
 * A geometry as one of oneDNN's convolutions, from source to destination. Direct: the source is the geometry's large
 * side. Flipped, for stride 1: the source is the small side, the kernel's taps are in reverse order, and the padding is
 * what is left of the kernel's extent; so a transposed convolution is a convolution, and multiplies no zeros.
 *
 * @param batch       samples
 * @param source      channels
 * @param destination channels
 * @param axes        spatial, from 1 to 3
 */
record ConvolutionForm(long batch, int source, int destination, int groups, List<FormAxis> axes, boolean flipped) {

    /**
     * One spatial axis.
     *
     * @param before zeros before the source
     * @param after  zeros after it
     */
    record FormAxis(long in, long out, long kernel, long stride, long dilation, long before, long after) {

        private static FormAxis direct(Axis axis) {
            return of(axis.large(), axis.small(), axis, axis.crop());
        }

        private static FormAxis flipped(Axis axis) {
            return of(axis.small(), axis.large(), axis, Axis.extent(axis.kernel(), axis.dilation()) - 1 - axis.crop());
        }

        private static FormAxis of(int in, int out, Axis axis, int before) {
            return of(in, out, axis.kernel(), axis.stride(), axis.dilation(), before);
        }

        /** The padding at the end follows from the sizes. */
        static FormAxis of(int in, int out, int kernel, int stride, int dilation, int before) {
            long after = (out - 1L) * stride + Axis.extent(kernel, dilation) - in - before;
            // Up to a stride of the source may be left over at its end.
            boolean leftOver = after < 0 && after > -stride;
            // A single position has no stride. oneDNN 3.11 computes wrongly with one, if the source has one channel.
            long known = out == 1 && after >= 0 ? 1 : stride;
            return new FormAxis(in, out, kernel, known, dilation, before, leftOver ? 0 : after);
        }

        private FormAxis padded() {
            return new FormAxis(in + before + after, out, kernel, stride, dilation, 0, 0);
        }

        /** oneDNN takes no negative padding, and no more than the kernel reaches over. */
        private boolean possible() {
            long extent = dilation * (kernel - 1) + 1;
            return before >= 0 && after >= 0 && before < extent && after < extent;
        }
    }

    /** Null where oneDNN has no such convolution. */
    static ConvolutionForm direct(Geometry geometry, int batch) {
        if (geometry.axes().isEmpty()) {
            // A dense layer: its samples lie side by side like positions.
            Axis samples = new Axis(batch, batch, 1, 1, 1, 0);
            return direct(
                    new Geometry(
                            List.of(samples), geometry.largeChannels(), geometry.smallChannels(), geometry.groups()),
                    1);
        }
        return possible(new ConvolutionForm(
                batch,
                geometry.largeChannels(),
                geometry.smallChannels(),
                geometry.groups(),
                geometry.axes().stream().map(FormAxis::direct).toList(),
                false));
    }

    /** Null where a stride is above 1, or where oneDNN has no such convolution. */
    static ConvolutionForm flipped(Geometry geometry, int batch) {
        if (geometry.axes().isEmpty() || geometry.axes().stream().anyMatch(axis -> axis.stride() > 1)) {
            return null;
        }
        return possible(new ConvolutionForm(
                batch,
                geometry.smallChannels(),
                geometry.largeChannels(),
                geometry.groups(),
                geometry.axes().stream().map(FormAxis::flipped).toList(),
                true));
    }

    private static ConvolutionForm possible(ConvolutionForm form) {
        return form.isPossible() ? form : null;
    }

    boolean isPossible() {
        boolean wrong = source == 1 && axes.stream().anyMatch(axis -> axis.out() == 1 && axis.stride() > 1);
        return !wrong && axes.stream().allMatch(FormAxis::possible);
    }

    /** The same of a source with its padding around it. */
    ConvolutionForm padded() {
        return new ConvolutionForm(
                batch,
                source,
                destination,
                groups,
                axes.stream().map(FormAxis::padded).toList(),
                flipped);
    }

    boolean isDepthwise() {
        return groups > 1 && groups == source && groups == destination;
    }

    long destinationElements() {
        return LongStream.of(each(FormAxis::out)).reduce(batch * destination, (a, b) -> a * b);
    }

    dnnl_memory_desc sourceLayout(Session session, Precision precision) {
        return session.channelsLast(precision, Session.batchAndChannelsFirst(batch, source, each(FormAxis::in)));
    }

    dnnl_memory_desc destinationLayout(Session session, Precision precision) {
        return session.channelsLast(precision, Session.batchAndChannelsFirst(batch, destination, each(FormAxis::out)));
    }

    dnnl_memory_desc anyKernelLayout(Session session, Precision precision) {
        return session.any(precision, kernelSizes());
    }

    private long[] kernelSizes() {
        LongStream channels = LongStream.of(destination / groups, source / groups);
        return concatenated(groups > 1 ? LongStream.concat(LongStream.of(groups), channels) : channels, taps());
    }

    /** Where oneDNN finds the values of a kernel in the geometry's layout, (taps..., large / groups, small). */
    dnnl_memory_desc kernelLayout(Session session) {
        long small = flipped ? source : destination;
        long large = flipped ? destination : source;
        LongStream channels = flipped ? LongStream.of(small, 1) : LongStream.of(1, small);
        long[] tapStrides = taps();
        long stride = large / groups * small;
        for (int axis = axes.size() - 1; axis >= 0; axis--) {
            long length = tapStrides[axis];
            tapStrides[axis] = stride;
            stride *= length;
        }
        return session.strided(
                kernelSizes(),
                concatenated(
                        groups > 1 ? LongStream.concat(LongStream.of(small / groups), channels) : channels,
                        tapStrides));
    }

    private static long[] concatenated(LongStream first, long[] second) {
        return LongStream.concat(first, LongStream.of(second)).toArray();
    }

    private long[] taps() {
        return each(FormAxis::kernel);
    }

    int tapCount() {
        return (int) LongStream.of(taps()).reduce(1, (a, b) -> a * b);
    }

    /** Floats of one tap. */
    long tapSize() {
        return (long) source * destination / groups;
    }

    /** Multiply-adds, those with the padding's zeros included. */
    private long multiplyAdds() {
        long positions = LongStream.of(each(FormAxis::out)).reduce(batch, (a, b) -> a * b);
        return positions * tapCount() * tapSize();
    }

    /** Multiply-adds in vectors whose lanes are the destination's channels in a group, idle lanes included. */
    long executed() {
        int lanes = Library.lanes();
        long wanted = destination / groups;
        return multiplyAdds() / wanted * ((wanted + lanes - 1) / lanes * lanes);
    }

    long[] strides() {
        return each(FormAxis::stride);
    }

    /** As oneDNN counts: 0 where taps adjoin. */
    long[] dilations() {
        return each(axis -> axis.dilation() - 1);
    }

    long[] before() {
        return each(FormAxis::before);
    }

    long[] after() {
        return each(FormAxis::after);
    }

    private long[] each(ToLongFunction<FormAxis> what) {
        return axes.stream().mapToLong(what).toArray();
    }
}
