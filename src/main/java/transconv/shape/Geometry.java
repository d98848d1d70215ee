package transconv.shape;

import java.util.ArrayList;
import java.util.List;

/**
 * The geometry of a convolution, of its transpose and of both their gradients: one form,
 * {@code T(x, k, y) = sum over o, t of y[o] k[t] x[o * stride + t * dilation - crop]}, with three faces. Its derivative
 * by y is the convolution of x, by x the transposed convolution of y, by k the kernel's gradient.
 *
 * <p>Tensors are channels last: x is (batch, large axes..., largeChannels), y is (batch, small axes..., smallChannels),
 * k is (kernel axes..., largeChannels / groups, smallChannels). Group g joins the g-th block of large channels with the
 * g-th block of small channels.
 *
 * @param axes          the spatial axes, 0 (a dense layer) to 3
 * @param largeChannels channels of x, a multiple of {@code groups}
 * @param smallChannels channels of y, a multiple of {@code groups}
 * @param groups        at least 1
 */
public record Geometry(List<Axis> axes, int largeChannels, int smallChannels, int groups) {

    public Geometry {
        axes = List.copyOf(axes);
        if (axes.size() > 3) {
            throw new IllegalArgumentException("Geometry: %d spatial axes; at most 3 are known".formatted(axes.size()));
        }
        if (groups < 1
                || largeChannels < 1
                || smallChannels < 1
                || largeChannels % groups != 0
                || smallChannels % groups != 0) {
            throw new IllegalArgumentException(
                    "Geometry: groups=%d must be at least 1 and divide the channels of both sides, %d and %d"
                            .formatted(groups, largeChannels, smallChannels));
        }
    }

    /** The shape of x for a batch. */
    public Shape large(int batch) {
        return side(batch, true);
    }

    /** The shape of y for a batch. */
    public Shape small(int batch) {
        return side(batch, false);
    }

    private Shape side(int batch, boolean isLarge) {
        int[] sizes = new int[axes.size() + 2];
        sizes[0] = batch;
        for (int i = 0; i < axes.size(); i++) {
            sizes[i + 1] = isLarge ? axes.get(i).large() : axes.get(i).small();
        }
        sizes[sizes.length - 1] = isLarge ? largeChannels : smallChannels;
        return Shape.of(sizes);
    }

    /** The shape of k. */
    public Shape kernel() {
        int[] sizes = new int[axes.size() + 2];
        for (int i = 0; i < axes.size(); i++) {
            sizes[i] = axes.get(i).kernel();
        }
        sizes[axes.size()] = largeChannels / groups;
        sizes[axes.size() + 1] = smallChannels;
        return Shape.of(sizes);
    }

    /** Number of kernel taps over all axes. */
    public int taps() {
        return axes.stream().mapToInt(Axis::kernel).reduce(1, (a, b) -> a * b);
    }

    /**
     * The multiply-adds that any of the three faces needs: each has two factors from the data, none of them a zero of
     * padding, and goes to a result that is kept.
     */
    public long multiplyAdds(int batch) {
        long products = (long) batch * (largeChannels / groups) * smallChannels;
        for (Axis axis : axes) {
            products *= axis.meetings();
        }
        return products;
    }

    /** The same geometry with three axes: axes of length one in front. */
    public Geometry toThreeAxes() {
        List<Axis> three = new ArrayList<>(axes);
        while (three.size() < 3) {
            three.add(0, Axis.UNIT);
        }
        return new Geometry(three, largeChannels, smallChannels, groups);
    }
}
