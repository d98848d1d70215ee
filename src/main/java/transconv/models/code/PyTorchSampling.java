package transconv.models.code;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import transconv.config.Config;
import transconv.shape.Axis;
import transconv.shape.KerasRule;
import transconv.shape.Padding;
import transconv.shape.Shape;

/** Layers that change sizes and have nothing to learn. */
final class PyTorchSampling {

    private PyTorchSampling() {}

    static void pooling(PyTorchStep step) {
        Config config = step.config();
        int[] size = config.integers("pool_size");
        int[] strides = config.integers("strides");
        Padding padding = config.choice("padding", Padding.class);
        Shape input = step.channelsLastShape();
        List<int[]> margins = new ArrayList<>();
        for (int axis = 0; axis < size.length; axis++) {
            Axis windows = KerasRule.convolution(input.size(axis), size[axis], strides[axis], 1, padding);
            margins.add(new int[] {windows.crop(), Math.max(0, windows.cropEnd())});
        }
        boolean none = margins.stream().allMatch(ends -> ends[0] == 0 && ends[1] == 0);
        String windows = "%s, %s".formatted(PyTorchStep.oneOrAll(size), PyTorchStep.oneOrAll(strides));
        String pads = PyTorchStep.pads(margins);
        String x = step.channelsFirst();
        if (step.layer().type().startsWith("Max")) {
            String padded = none ? x : "F.pad(%s, %s, value=float(\"-inf\"))".formatted(x, pads);
            step.gives("F.max_pool%dd(%s, %s)", size.length, padded, windows);
        } else if (none) {
            step.gives("F.avg_pool%dd(%s, %s)", size.length, x, windows);
        } else {
            // positions that padding adds do not count
            String pool = "F.avg_pool%dd(F.pad(%%s, %s), %s)".formatted(size.length, pads, windows);
            step.gives("%s / %s", pool.formatted(x), pool.formatted("torch.ones_like(%s)".formatted(x)));
        }
    }

    static void globalPooling(PyTorchStep step) {
        boolean kept = step.config().truth("keepdims");
        int[] axes = IntStream.range(2, 2 + step.axes()).toArray();
        String x = step.channelsFirst();
        step.gives(
                "%s.%s(dim=%s%s)",
                x,
                step.layer().type().startsWith("GlobalMax") ? "amax" : "mean",
                PyTorchStep.tuple(axes),
                kept ? ", keepdim=True" : "");
        if (!kept) {
            step.givesKeras();
        }
    }

    static void margins(PyTorchStep step) {
        boolean adds = step.layer().type().startsWith("Zero");
        List<?> written = step.config().list(adds ? "padding" : "cropping");
        List<int[]> margins = new ArrayList<>();
        for (Object each : written.get(0) instanceof List<?> ? written : List.of(written)) {
            int sign = adds ? 1 : -1;
            List<?> ends = (List<?>) each;
            margins.add(new int[] {sign * (Integer) ends.get(0), sign * (Integer) ends.get(1)});
        }
        step.gives("F.pad(%s, %s)", step.channelsFirst(), PyTorchStep.pads(margins));
    }

    static void upSampling(PyTorchStep step) {
        Config config = step.config();
        int[] size = config.integers("size");
        String interpolation = config.has("interpolation") ? config.text("interpolation") : "nearest";
        String positions =
                config.has("coordinate_transformation") ? config.text("coordinate_transformation") : "half_pixel";
        String x = step.channelsFirst();
        if (interpolation.equals("nearest") && !positions.equals("align_corners")) {
            StringBuilder repeated = new StringBuilder(x);
            for (int axis = 0; axis < size.length; axis++) {
                if (size[axis] > 1) {
                    repeated.append(".repeat_interleave(%d, dim=%d)".formatted(size[axis], axis + 2));
                }
            }
            step.gives("%s", repeated);
            return;
        }
        String arguments =
                switch (interpolation + " " + positions) {
                    case "bilinear half_pixel" -> "mode=\"bilinear\"";
                        // antialias takes Keras' cubic, and changes nothing else where pictures grow
                    case "bicubic half_pixel" -> "mode=\"bicubic\", antialias=True";
                    case "bilinear align_corners", "bicubic align_corners" -> "mode=\"%s\", align_corners=True"
                            .formatted(interpolation);
                    default -> throw step.refusal(
                            "interpolation=%s with coordinate_transformation=%s: PyTorch's interpolate has none such;"
                                    + " use bilinear or bicubic with HALF_PIXEL or ALIGN_CORNERS",
                            interpolation, positions);
                };
        Shape output = step.channelsLast(step.outputShape());
        step.gives("F.interpolate(%s, size=%s, %s)", x, PyTorchStep.tuple(output.size(0), output.size(1)), arguments);
    }

    static void pixels(PyTorchStep step) {
        boolean first = step.isKerasChannelsFirst();
        String x = step.keras(0) + (first ? ".movedim(1, -1)" : "");
        String moved = PixelLayerCode.pyTorch(step.layer(), step.channelsLastShape(), step.config(), x);
        step.gives("%s", moved + (first ? ".movedim(-1, 1)" : ""));
    }

    static void reshape(PyTorchStep step) {
        step.gives(
                "%s.reshape(-1, %s)",
                step.keras(0),
                IntStream.of(step.outputShape().toArray())
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(", ")));
    }

    static void flatten(PyTorchStep step) {
        String x = step.keras(0);
        boolean moves = step.isKerasChannelsFirst() && step.inputShape(0).rank() > 1;
        step.gives("%s.flatten(1)", moves ? x + ".movedim(1, -1)" : x);
    }

    static void permute(PyTorchStep step) {
        step.gives(
                "%s.permute(0, %s)",
                step.keras(0),
                IntStream.of(step.config().integers("dims"))
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(", ")));
    }

    static void repeatVector(PyTorchStep step) {
        step.gives(
                "%s.unsqueeze(1).repeat(1, %d, 1)", step.keras(0), step.config().integer("n"));
    }
}
