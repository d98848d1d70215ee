package transconv.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import transconv.shape.Axis;
import transconv.shape.KerasRule;
import transconv.shape.Padding;
import transconv.shape.PyTorchRule;

/**
 * What a picture of one convolution is told. Padding is a number by PyTorch's rule or a mode by Keras' rule.
 *
 * @param mode          null where {@code padding} holds
 * @param outputPadding null for the rule's own choice
 */
record Arguments(
        boolean isTransposed,
        Values input,
        Values kernel,
        int[] stride,
        int[] dilation,
        Padding mode,
        int[] padding,
        int[] outputPadding) {

    static Arguments of(boolean isTransposed, Values input, Values kernel) {
        int[] one = {1};
        return new Arguments(isTransposed, input, kernel, one, one, null, new int[] {0}, null);
    }

    Arguments withStride(int... values) {
        return new Arguments(
                isTransposed, input, kernel, perAxis("stride", 1, values), dilation, mode, padding, outputPadding);
    }

    Arguments withDilation(int... values) {
        return new Arguments(
                isTransposed, input, kernel, stride, perAxis("dilation", 1, values), mode, padding, outputPadding);
    }

    Arguments withPadding(int... values) {
        return new Arguments(
                isTransposed, input, kernel, stride, dilation, null, perAxis("padding", 0, values), outputPadding);
    }

    Arguments withPadding(Padding value) {
        return new Arguments(isTransposed, input, kernel, stride, dilation, value, padding, outputPadding);
    }

    Arguments withOutputPadding(int... values) {
        if (!isTransposed) {
            throw new IllegalArgumentException(
                    "explain: outputPadding=%s belongs to a transposed convolution; leave it out"
                            .formatted(Arrays.toString(values)));
        }
        return new Arguments(
                isTransposed, input, kernel, stride, dilation, mode, padding, perAxis("outputPadding", 0, values));
    }

    private int[] perAxis(String name, int least, int[] values) {
        if (values.length != 1 && values.length != input.rank()) {
            throw new IllegalArgumentException("explain: %s=%s has %d numbers; give one for all axes or %d"
                    .formatted(name, Arrays.toString(values), values.length, input.rank()));
        }
        for (int value : values) {
            if (value < least) {
                throw new IllegalArgumentException(
                        "explain: %s=%d must be at least %d; raise it".formatted(name, value, least));
            }
        }
        return values.clone();
    }

    /** @throws IllegalArgumentException if the rule refuses the arguments */
    Operation operation() {
        if (input.rank() != kernel.rank()) {
            throw new IllegalArgumentException("explain: the input has %d axes, the kernel %d; give both alike"
                    .formatted(input.rank(), kernel.rank()));
        }
        List<Axis> axes = new ArrayList<>();
        for (int axis = 0; axis < 3; axis++) {
            axes.add(axis < 3 - input.rank() ? Axis.UNIT : axis(axis));
        }
        return new Operation(isTransposed, input.rank(), axes, input.data(), kernel.data());
    }

    private int of(int[] values, int axis) {
        return values[values.length == 1 ? 0 : axis - (3 - input.rank())];
    }

    private Axis axis(int axis) {
        int size = input.sizes()[axis];
        int taps = kernel.sizes()[axis];
        int s = of(stride, axis);
        int d = of(dilation, axis);
        if (mode == null) {
            int added = outputPadding == null ? 0 : of(outputPadding, axis);
            PyTorchRule rule = new PyTorchRule(taps, s, of(padding, axis), added, d);
            return isTransposed ? rule.transposedConvolution(size) : rule.convolution(size);
        }
        if (!isTransposed) {
            return KerasRule.convolution(size, taps, s, d, mode);
        }
        int added = outputPadding == null ? KerasRule.AUTOMATIC : of(outputPadding, axis);
        String refusal = KerasRule.refusal(size, taps, s, d, mode, added);
        if (!refusal.isEmpty()) {
            throw new IllegalArgumentException(refusal);
        }
        return KerasRule.transposedConvolution(size, taps, s, d, mode, added);
    }
}
