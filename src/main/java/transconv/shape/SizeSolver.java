package transconv.shape;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the transposed convolutions that turn one size into another: every valid kernel, stride, padding, output
 * padding and dilation up to given bounds, by PyTorch's rule (the guide's with dilation).
 *
 * <pre>{@code
 * var found = SizeSolver.upToKernel(4).stride(2).padding(1).toSize(4, 8);
 * System.out.println(found.size()); // 4
 * }</pre>
 *
 * @param kernel   the largest kernel tried, at least 1
 * @param stride   the largest stride tried, at least 1
 * @param padding  the largest padding tried, at least 0
 * @param dilation the largest dilation tried, at least 1
 */
public record SizeSolver(int kernel, int stride, int padding, int dilation) {

    /** @throws IllegalArgumentException if a bound leaves nothing to try */
    public SizeSolver {
        if (kernel < 1 || stride < 1 || padding < 0 || dilation < 1) {
            throw new IllegalArgumentException(
                    "SizeSolver: bounds kernel=%d, stride=%d, dilation=%d must be at least 1 and padding=%d at least 0; raise them"
                            .formatted(kernel, stride, dilation, padding));
        }
    }

    /** Bounds of a kernel, stride 4, padding 3, dilation 1. */
    public static SizeSolver upToKernel(int kernel) {
        return new SizeSolver(kernel, 4, 3, 1);
    }

    public SizeSolver stride(int largest) {
        return new SizeSolver(kernel, largest, padding, dilation);
    }

    public SizeSolver padding(int largest) {
        return new SizeSolver(kernel, stride, largest, dilation);
    }

    public SizeSolver dilation(int largest) {
        return new SizeSolver(kernel, stride, padding, largest);
    }

    /**
     * Every setting within the bounds that turns {@code in} positions into {@code out}; ordered by dilation, stride,
     * kernel and padding, the smallest first. A kernel of one tap is listed with each dilation, since output padding
     * may depend on it.
     *
     * @return the settings, none if there are none within the bounds
     * @throws IllegalArgumentException if a size is below 1
     */
    public List<PyTorchRule> toSize(int in, int out) {
        if (in < 1 || out < 1) {
            throw new IllegalArgumentException(
                    "SizeSolver: sizes in=%d and out=%d must be at least 1".formatted(in, out));
        }
        List<PyTorchRule> found = new ArrayList<>();
        for (int d = 1; d <= dilation; d++) {
            for (int s = 1; s <= stride; s++) {
                for (int k = 1; k <= kernel; k++) {
                    for (int p = 0; p <= padding; p++) {
                        long missing = out - ((in - 1L) * s + d * (k - 1L) + 1 - 2L * p);
                        if (missing >= 0 && missing < Math.max(s, d)) {
                            found.add(new PyTorchRule(k, s, p, (int) missing, d));
                        }
                    }
                }
            }
        }
        return List.copyOf(found);
    }

    /** The transposed convolution that restores the input size of a convolution, see {@link Mirror}. */
    public static Mirror mirrorOf(Axis convolution) {
        return Mirror.of(convolution);
    }
}
