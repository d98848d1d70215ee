package transconv.models.code;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.IntStream;
import transconv.config.Config;
import transconv.shape.Shape;

/** Normalizations. */
final class PyTorchNormalizations {

    private PyTorchNormalizations() {}

    static void batch(PyTorchStep step) {
        Config config = step.config();
        int channels = channels(step);
        int rank = step.inputShape(0).rank();
        if (rank > 4) {
            throw step.refusal("its input has %d axes without the batch axis; PyTorch takes 1 to 4", rank);
        }
        String x = alongChannels(step);
        // Keras names the share that stays
        BigDecimal others = BigDecimal.ONE.subtract(BigDecimal.valueOf(config.number("momentum")));
        String module = step.module(
                "nn.BatchNorm%dd(%d, eps=%s, momentum=%s%s)",
                Math.max(1, rank - 1),
                channels,
                PyTorchStep.number(config.number("epsilon")),
                PyTorchStep.number(others.doubleValue()),
                bare(step, "affine"));
        freeze(step, module);
        step.gives("%s(%s)%s", module, x, backFromChannels(step));
    }

    static void group(PyTorchStep step) {
        Config config = step.config();
        int channels = channels(step);
        int groups = config.integer("groups");
        String x = alongChannels(step);
        String module = step.module(
                "nn.GroupNorm(%d, %d, eps=%s%s)",
                groups == -1 ? channels : groups,
                channels,
                PyTorchStep.number(config.number("epsilon")),
                bare(step, "affine"));
        freeze(step, module);
        step.gives("%s(%s)%s", module, x, backFromChannels(step));
    }

    private static boolean isBare(PyTorchStep step) {
        return !step.config().truth("scale") && !step.config().truth("center");
    }

    private static String bare(PyTorchStep step, String argument) {
        return isBare(step) ? ", %s=False".formatted(argument) : "";
    }

    /** Of the two, what Keras' layer has not stays what it is at first: 1 or 0. */
    private static void freeze(PyTorchStep step, String module) {
        if (isBare(step)) {
            return;
        }
        if (!step.config().truth("scale")) {
            step.afterModule("%s.weight.requires_grad_(False)", module);
        }
        if (!step.config().truth("center")) {
            step.afterModule("%s.bias.requires_grad_(False)", module);
        }
    }

    private static int axis(PyTorchStep step) {
        int rank = step.inputShape(0).rank() + 1;
        int axis = step.config().integer("axis");
        return axis < 0 ? rank + axis : axis;
    }

    private static int channels(PyTorchStep step) {
        return step.inputShape(0).size(axis(step) - 1);
    }

    private static String alongChannels(PyTorchStep step) {
        int axis = axis(step);
        if (axis == step.inputShape(0).rank()) {
            return step.lastFirst(0);
        }
        return axis == 1 ? step.keras(0) : "%s.movedim(%d, 1)".formatted(step.keras(0), axis);
    }

    private static String backFromChannels(PyTorchStep step) {
        int axis = axis(step);
        return axis == 1 || axis == step.inputShape(0).rank() ? "" : ".movedim(1, %d)".formatted(axis);
    }

    static void layer(PyTorchStep step) {
        Config config = step.config();
        int[] axes = axes(step);
        String shape = shape(step, axes);
        String epsilon = PyTorchStep.number(config.number("epsilon"));
        String x = atTheEnd(step, axes);
        if (config.truth("rms_scaling")) {
            int[] last =
                    IntStream.range(0, axes.length).map(i -> i - axes.length).toArray();
            String module = step.module("nn.ParameterDict(dict(weight=torch.ones%s))", shape);
            step.gives(
                    "%s * %s[\"weight\"] / torch.sqrt(%s.var(dim=%s, correction=0, keepdim=True) + %s)",
                    x, module, x, PyTorchStep.tuple(last), epsilon);
        } else {
            String module = step.module("nn.LayerNorm(%s, eps=%s%s)", shape, epsilon, bare(step, "elementwise_affine"));
            freeze(step, module);
            step.gives("%s(%s)", module, x);
        }
        back(step, axes);
    }

    static void rms(PyTorchStep step) {
        int[] axes = axes(step);
        String module = step.module(
                "nn.RMSNorm(%s, eps=%s)",
                shape(step, axes), PyTorchStep.number(step.config().number("epsilon")));
        step.gives("%s(%s)", module, atTheEnd(step, axes));
        back(step, axes);
    }

    static void unit(PyTorchStep step) {
        String x = step.asItLies();
        int[] axes = IntStream.of(axes(step)).map(step::dimension).sorted().toArray();
        step.gives("%s", x);
        step.gives(
                "%s / %s.square().sum(dim=%s, keepdim=True).clamp(min=1e-24).sqrt()",
                step.result(), step.result(), PyTorchStep.tuple(axes));
    }

    /** From 1, in the order in which weights have them. */
    private static int[] axes(PyTorchStep step) {
        int rank = step.inputShape(0).rank() + 1;
        return IntStream.of(step.config().integers("axis"))
                .map(axis -> axis < 0 ? rank + axis : axis)
                .toArray();
    }

    private static String shape(PyTorchStep step, int[] axes) {
        Shape input = step.inputShape(0);
        return PyTorchStep.tuple(
                IntStream.of(axes).map(axis -> input.size(axis - 1)).toArray());
    }

    private static boolean areAtTheEnd(PyTorchStep step, int[] axes) {
        int rank = step.inputShape(0).rank();
        return Arrays.equals(
                axes, IntStream.rangeClosed(rank - axes.length + 1, rank).toArray());
    }

    private static int[] end(int[] axes) {
        return IntStream.range(-axes.length, 0).toArray();
    }

    private static String atTheEnd(PyTorchStep step, int[] axes) {
        String x = step.keras(0);
        return areAtTheEnd(step, axes)
                ? x
                : "%s.movedim(%s, %s)".formatted(x, PyTorchStep.tuple(axes), PyTorchStep.tuple(end(axes)));
    }

    private static void back(PyTorchStep step, int[] axes) {
        if (!areAtTheEnd(step, axes)) {
            step.gives("%s.movedim(%s, %s)", step.result(), PyTorchStep.tuple(end(axes)), PyTorchStep.tuple(axes));
        }
    }
}
