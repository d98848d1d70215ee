package transconv.models.code;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import transconv.config.Config;
import transconv.layers.Pass;
import transconv.ops.Convolution;
import transconv.ops.Graph;
import transconv.ops.Op;
import transconv.ops.TransposedConvolution;
import transconv.ops.Value;
import transconv.shape.Axis;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/** Convolutions and transposed convolutions, from the geometry that the layer itself computes with. */
final class PyTorchConvolutions {

    private PyTorchConvolutions() {}

    static void convolution(PyTorchStep step) {
        Geometry geometry = geometry(step, step.inputShape(0), Convolution.class);
        String padded = padded(step, step.channelsFirst());
        String module = step.module("%s", module(step, geometry, bias(step.config())));
        step.gives("%s(%s)", module, padded);
        PyTorchActivations.apply(step);
    }

    static void separable(PyTorchStep step) {
        Geometry depthwise = geometry(step, step.inputShape(0), Convolution.class);
        String padded = padded(step, step.channelsFirst());
        String module = step.module(
                "nn.Sequential(OrderedDict(depthwise=%s, pointwise=nn.Conv2d(%d, %d, 1%s)))",
                module(step, depthwise, ", bias=False"),
                depthwise.smallChannels(),
                step.config().integer("filters"),
                bias(step.config()));
        step.gives("%s(%s)", module, padded);
        PyTorchActivations.apply(step);
    }

    private static String bias(Config config) {
        return config.truth("use_bias") ? "" : ", bias=False";
    }

    private static String module(PyTorchStep step, Geometry geometry, String bias) {
        List<Axis> axes = geometry.axes();
        return "nn.Conv%dd(%d, %d, %s%s%s%s%s%s)"
                .formatted(
                        axes.size(),
                        geometry.largeChannels(),
                        geometry.smallChannels(),
                        each(axes.stream().map(Axis::kernel).toList()),
                        unless(1, "stride", axes.stream().map(Axis::stride).toList()),
                        isPaddedByModule(step)
                                ? unless(
                                        0,
                                        "padding",
                                        axes.stream().map(Axis::crop).toList())
                                : "",
                        unless(1, "dilation", axes.stream().map(Axis::dilation).toList()),
                        geometry.groups() == 1 ? "" : ", groups=" + geometry.groups(),
                        bias);
    }

    /** Keras' same padding depends on the input's size, and may be longer at the end. */
    private static boolean isPaddedByModule(PyTorchStep step) {
        List<List<int[]>> all = step.layer().applications().stream()
                .map(node -> margins(geometry(step, node.inputs().get(0).shape(), Convolution.class)))
                .toList();
        return all.stream().allMatch(margins -> IntStream.range(0, margins.size())
                .allMatch(axis -> margins.get(axis)[0] == all.get(0).get(axis)[0]
                        && (margins.get(axis)[1] == margins.get(axis)[0])));
    }

    private static String padded(PyTorchStep step, String input) {
        List<int[]> margins = margins(geometry(step, step.inputShape(0), Convolution.class));
        boolean none = margins.stream().allMatch(ends -> ends[0] == 0 && ends[1] == 0);
        return none || isPaddedByModule(step) ? input : "F.pad(%s, %s)".formatted(input, PyTorchStep.pads(margins));
    }

    private static List<int[]> margins(Geometry geometry) {
        return geometry.axes().stream()
                .map(axis -> new int[] {axis.crop(), Math.max(0, axis.cropEnd())})
                .toList();
    }

    /** One axis of a transposed convolution: PyTorch's arguments, and what is cut off after it. */
    private record Transposed(int padding, int outputPadding, int cutBegin, int cutEnd) {

        static Transposed of(PyTorchStep step, Axis axis) {
            int begin = axis.crop();
            int end = axis.cropEnd();
            int most = Math.max(axis.stride(), axis.dilation()) - 1;
            if (begin < 0 || -end > most) {
                throw step.refusal(
                        "its output begins %d positions before the kernel's and ends %d behind; PyTorch adds %d at the"
                                + " end at most",
                        Math.max(0, -begin), Math.max(0, -end), most);
            }
            if (begin >= end && begin - end <= most) {
                return new Transposed(begin, begin - end, 0, 0);
            }
            if (end < 0) {
                return new Transposed(0, -end, begin, 0);
            }
            int padding = Math.min(begin, end);
            return new Transposed(padding, 0, begin - padding, end - padding);
        }
    }

    static void transposed(PyTorchStep step) {
        Geometry geometry = geometry(step, step.inputShape(0), TransposedConvolution.class);
        List<Transposed> own = transposed(step, geometry);
        step.layer().applications().forEach(node -> {
            if (!transposed(step, geometry(step, node.inputs().get(0).shape(), TransposedConvolution.class))
                    .equals(own)) {
                throw step.refusal("it is applied to several sizes, for which its paddings differ; use two layers");
            }
        });
        List<Axis> axes = geometry.axes();
        String module = step.module(
                "nn.ConvTranspose%dd(%d, %d, %s%s%s%s%s%s%s)",
                axes.size(),
                geometry.smallChannels(),
                geometry.largeChannels(),
                each(axes.stream().map(Axis::kernel).toList()),
                unless(1, "stride", axes.stream().map(Axis::stride).toList()),
                unless(0, "padding", own.stream().map(Transposed::padding).toList()),
                unless(
                        0,
                        "output_padding",
                        own.stream().map(Transposed::outputPadding).toList()),
                unless(1, "dilation", axes.stream().map(Axis::dilation).toList()),
                geometry.groups() == 1 ? "" : ", groups=" + geometry.groups(),
                bias(step.config()));
        String output = "%s(%s)".formatted(module, step.channelsFirst());
        List<int[]> cuts = own.stream()
                .map(axis -> new int[] {-axis.cutBegin(), -axis.cutEnd()})
                .toList();
        boolean cutsNone = cuts.stream().allMatch(ends -> ends[0] == 0 && ends[1] == 0);
        step.gives("%s", cutsNone ? output : "F.pad(%s, %s)".formatted(output, PyTorchStep.pads(cuts)));
        PyTorchActivations.apply(step);
    }

    private static List<Transposed> transposed(PyTorchStep step, Geometry geometry) {
        return geometry.axes().stream().map(axis -> Transposed.of(step, axis)).toList();
    }

    /** Of the convolution that is nearest to the input, on a trial. */
    private static Geometry geometry(PyTorchStep step, Shape inputShape, Class<? extends Op> type) {
        Graph trial = new Graph();
        Value input = trial.input(inputShape.prepend(1));
        Value at = step.layer().call(List.of(input), Pass.inference(trial)).get(0);
        List<Geometry> found = new ArrayList<>();
        while (at.op() != null) {
            if (type.isInstance(at.op())) {
                found.add(
                        at.op() instanceof Convolution convolution
                                ? convolution.geometry()
                                : ((TransposedConvolution) at.op()).geometry());
            }
            at = at.inputs().get(0);
        }
        return found.get(found.size() - 1);
    }

    private static String each(List<Integer> numbers) {
        return PyTorchStep.oneOrAll(numbers.stream().mapToInt(Integer::intValue).toArray());
    }

    private static String unless(int ordinary, String argument, List<Integer> numbers) {
        return numbers.stream().allMatch(number -> number == ordinary)
                ? ""
                : ", %s=%s".formatted(argument, each(numbers));
    }
}
