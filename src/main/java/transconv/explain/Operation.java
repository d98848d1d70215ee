package transconv.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import transconv.reference.Convolution;
import transconv.shape.Axis;

/**
 * One convolution or transposed convolution of one channel, with its numbers; what it computes comes from {@link
 * Convolution}.
 *
 * @param rank axes that the user gave; {@code axes} has always three
 */
record Operation(boolean isTransposed, int rank, List<Axis> axes, double[] input, double[] kernel) {

    /** One product of the sum: an input times a kernel tap goes to an output. All three count from 0 in one run. */
    record Product(int input, int tap, int output) {}

    Operation {
        axes = List.copyOf(axes);
    }

    private int[] each(ToIntFunction<Axis> of) {
        return axes.stream().mapToInt(of).toArray();
    }

    int[] inputSizes() {
        return each(isTransposed ? Axis::small : Axis::large);
    }

    int[] outputSizes() {
        return each(isTransposed ? Axis::large : Axis::small);
    }

    int[] kernelSizes() {
        return each(Axis::kernel);
    }

    int[] stride() {
        return each(Axis::stride);
    }

    int[] dilation() {
        return each(Axis::dilation);
    }

    int[] crop() {
        return each(Axis::crop);
    }

    /** The output for this input. */
    double[] output() {
        return output(input);
    }

    /** The output for another input of the same size. */
    double[] output(double[] other) {
        Convolution reference = new Convolution(
                1, 1, 1, 1, each(Axis::large), each(Axis::small), kernelSizes(), stride(), dilation(), crop());
        return isTransposed ? reference.transpose(other, kernel) : reference.convolve(other, kernel);
    }

    /** What one input value alone makes: its stamp, of the output's size. */
    double[] outputOfOne(int inputAt) {
        double[] alone = new double[input.length];
        alone[inputAt] = input[inputAt];
        return output(alone);
    }

    /**
     * Every product, by input and then by tap for a transposed convolution, by output and then by tap for the other.
     */
    List<Product> products() {
        List<Product> products = new ArrayList<>();
        int[] small = each(Axis::small);
        int[] large = each(Axis::large);
        for (int at = 0; at < Places.count(small); at++) {
            for (int tap = 0; tap < kernel.length; tap++) {
                int[] met = meet(Places.at(at, small), Places.at(tap, kernelSizes()));
                if (Places.isInside(met, large)) {
                    int far = Places.flat(met, large);
                    products.add(isTransposed ? new Product(at, tap, far) : new Product(far, tap, at));
                }
            }
        }
        return products;
    }

    /** Where a small position and a tap meet the large side; it may lie outside. */
    int[] meet(int[] small, int[] tap) {
        int[] met = new int[3];
        for (int i = 0; i < 3; i++) {
            Axis axis = axes.get(i);
            met[i] = small[i] * axis.stride() + tap[i] * axis.dilation() - axis.crop();
        }
        return met;
    }

    /** A transposed convolution that keeps what this one crops; see {@link #cutBefore}. */
    Operation uncropped() {
        List<Axis> wide = axes.stream()
                .map(axis -> new Axis(
                        Math.max(axis.large(), axis.full() - axis.crop()) + Math.max(0, axis.crop()),
                        axis.small(),
                        axis.kernel(),
                        axis.stride(),
                        axis.dilation(),
                        Math.min(0, axis.crop())))
                .toList();
        return new Operation(isTransposed, rank, wide, input, kernel);
    }

    /** How many positions of {@link #uncropped} come before the output's first, an axis. */
    int[] cutBefore() {
        return each(axis -> Math.max(0, axis.crop()));
    }

    /** {@code Transposed convolution of a 2 × 2 input with a 2 × 2 kernel, stride 2, gives 4 × 4}. */
    String sentence() {
        StringBuilder text = new StringBuilder(isTransposed ? "Transposed convolution" : "Convolution");
        String input = Places.sizes(inputSizes(), rank);
        String taps = Places.sizes(kernelSizes(), rank);
        text.append((rank == 1 ? " of %s inputs with a kernel of %s" : " of a %s input with a %s kernel")
                .formatted(input, taps));
        if (any(stride(), 1)) {
            text.append(", stride ").append(own(stride()));
        }
        if (any(dilation(), 1)) {
            text.append(", dilation ").append(own(dilation()));
        }
        // A convolution's zeros behind the input that no window reaches are none.
        int[] end = each(axis -> isTransposed ? axis.cropEnd() : Math.max(0, axis.cropEnd()));
        if (any(crop(), 0) || any(end, 0)) {
            text.append(isTransposed ? ", crop " : ", zero padding ")
                    .append(
                            Arrays.equals(crop(), end)
                                    ? own(crop())
                                    : "%s at the beginning and %s at the end".formatted(own(crop()), own(end)));
        }
        return text.append(text.indexOf(",") < 0 ? " gives " : ", gives ")
                .append(Places.sizes(outputSizes(), rank))
                .toString();
    }

    private boolean any(int[] values, int ordinary) {
        return Arrays.stream(values, 3 - rank, 3).anyMatch(value -> value != ordinary);
    }

    /** One number where all axes have the same. */
    private String own(int[] values) {
        int[] own = Arrays.copyOfRange(values, 3 - rank, 3);
        return Arrays.stream(own).distinct().count() == 1 ? Integer.toString(own[0]) : Arrays.toString(own);
    }
}
