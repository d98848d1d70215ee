package transconv.interop.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import transconv.ops.Convolution;
import transconv.ops.Op;
import transconv.ops.TransposedConvolution;
import transconv.shape.Axis;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/** Writes what slides a window over positions. ONNX has the channels in front there, in tensors and in weights. */
record KernelWriter(GraphWriter writer) {

    /** @param bias or null */
    Form write(Op op, Form input, Form kernel, Form bias) {
        Geometry geometry = op instanceof Convolution convolution
                ? convolution.geometry()
                : ((TransposedConvolution) op).geometry();
        if (geometry.axes().isEmpty()) {
            Form product = product(input, kernel, geometry);
            return bias == null ? product : OpWriter.addBias(writer, product, bias);
        }
        return op instanceof Convolution
                ? convolution(geometry, input, kernel, bias)
                : transposed(geometry, input, kernel, bias);
    }

    private Form product(Form input, Form kernel, Geometry geometry) {
        String name = writer.node("MatMul", List.of(input.plain(), kernel.plain()));
        return Form.plain(writer, geometry.small(input.shape().size(0)), name);
    }

    private Form convolution(Geometry geometry, Form input, Form kernel, Form bias) {
        List<Axis> axes = geometry.axes();
        Form whole = cut(input, axes);
        List<AttributeProto> attributes = attributes(geometry);
        attributes.add(pads(axes, axis -> Math.max(0, axis.crop()), axis -> Math.max(0, axis.cropEnd())));
        List<String> inputs = new ArrayList<>(List.of(whole.first(), weight(kernel)));
        if (bias != null) {
            inputs.add(bias.plain());
        }
        String name = writer.node("Conv", inputs, attributes.toArray(AttributeProto[]::new));
        return Form.first(writer, geometry.small(input.shape().size(0)), name);
    }

    /** Without the positions that no window covers, at the beginning; those at the end are left out by themselves. */
    private Form cut(Form input, List<Axis> axes) {
        return margins(input, axes, axis -> Math.min(0, axis.crop()), axis -> 0);
    }

    /**
     * What is cut off the full result are pads; zeros behind it are output padding, where that is below stride or
     * dilation, and elsewhere, as before it, a padding of the result.
     */
    private Form transposed(Geometry geometry, Form input, Form kernel, Form bias) {
        List<Axis> axes = geometry.axes();
        boolean isWhole = axes.stream().allMatch(KernelWriter::isWithin);
        List<AttributeProto> attributes = attributes(geometry);
        attributes.add(pads(axes, axis -> Math.max(0, axis.crop()), axis -> Math.max(0, axis.cropEnd())));
        if (isWhole && axes.stream().anyMatch(axis -> axis.cropEnd() < 0)) {
            attributes.add(Attributes.ints(
                    "output_padding",
                    axes.stream().map(axis -> Math.max(0, -axis.cropEnd())).toList()));
        }
        List<String> inputs = new ArrayList<>(List.of(input.first(), weight(kernel)));
        if (isWhole && bias != null) {
            inputs.add(bias.plain());
        }
        String name = writer.node("ConvTranspose", inputs, attributes.toArray(AttributeProto[]::new));
        int batch = input.shape().size(0);
        if (isWhole) {
            return Form.first(writer, geometry.large(batch), name);
        }
        Form result = Form.first(writer, computed(geometry, batch), name);
        Form padded = margins(result, axes, axis -> Math.max(0, -axis.crop()), axis -> Math.max(0, -axis.cropEnd()));
        return bias == null ? padded : OpWriter.addBias(writer, padded, bias);
    }

    private static boolean isWithin(Axis axis) {
        return axis.crop() >= 0 && -axis.cropEnd() < Math.max(axis.stride(), axis.dilation());
    }

    private static Shape computed(Geometry geometry, int batch) {
        int[] sizes = geometry.large(batch).toArray();
        for (int i = 0; i < geometry.axes().size(); i++) {
            Axis axis = geometry.axes().get(i);
            sizes[i + 1] += Math.min(0, axis.crop()) + Math.min(0, axis.cropEnd());
        }
        return Shape.of(sizes);
    }

    /** Zeros around the positions; a negative number cuts off. */
    private Form margins(Form input, List<Axis> axes, ToIntFunction<Axis> begin, ToIntFunction<Axis> end) {
        List<Integer> before = margins(axes, begin);
        List<Integer> after = margins(axes, end);
        if (Stream.concat(before.stream(), after.stream()).allMatch(each -> each == 0)) {
            return input;
        }
        int[] sizes = input.shape().toArray();
        for (int axis = 0; axis < sizes.length; axis++) {
            sizes[axis] += before.get(axis) + after.get(axis);
        }
        return OpWriter.pad(writer, input, before, after, Shape.of(sizes));
    }

    private static List<Integer> margins(List<Axis> axes, ToIntFunction<Axis> margin) {
        List<Integer> all = new ArrayList<>(Collections.nCopies(axes.size() + 2, 0));
        IntStream.range(0, axes.size()).forEach(i -> all.set(i + 1, margin.applyAsInt(axes.get(i))));
        return all;
    }

    /** Windows over the input; those of an average count no position outside of it. */
    Form pool(String operator, List<Axis> axes, Form input, Shape shape) {
        List<AttributeProto> attributes = windows(axes);
        attributes.add(pads(axes, axis -> Math.max(0, axis.crop()), axis -> Math.max(0, axis.cropEnd())));
        String name = writer.node(operator, List.of(input.first()), attributes.toArray(AttributeProto[]::new));
        return Form.first(writer, shape, name);
    }

    private static List<AttributeProto> windows(List<Axis> axes) {
        return new ArrayList<>(List.of(
                Attributes.ints("kernel_shape", axes.stream().map(Axis::kernel).toList()),
                Attributes.ints("strides", axes.stream().map(Axis::stride).toList())));
    }

    private static List<AttributeProto> attributes(Geometry geometry) {
        List<AttributeProto> attributes = windows(geometry.axes());
        attributes.add(Attributes.ints(
                "dilations", geometry.axes().stream().map(Axis::dilation).toList()));
        attributes.add(Attributes.integer("group", geometry.groups()));
        return attributes;
    }

    private static AttributeProto pads(List<Axis> axes, ToIntFunction<Axis> begin, ToIntFunction<Axis> end) {
        return Attributes.ints(
                "pads",
                IntStream.concat(axes.stream().mapToInt(begin), axes.stream().mapToInt(end))
                        .toArray());
    }

    /** (kernel axes..., large channels / groups, small channels) turned around: ONNX' for both directions. */
    private String weight(Form kernel) {
        int rank = kernel.shape().rank();
        int[] order = IntStream.range(0, rank)
                .map(axis -> axis < 2 ? rank - 1 - axis : axis - 2)
                .toArray();
        return kernel.parameter() == null
                ? writer.floats("kernel", kernel.constant().transposed(order))
                : writer.weight(
                        kernel.parameter(), "kernel", () -> kernel.constant().transposed(order));
    }
}
