package transconv.engines.reference;

import java.util.Arrays;
import java.util.List;
import transconv.ops.Concatenate;
import transconv.ops.Pad;
import transconv.ops.Reshape;
import transconv.ops.Transpose;
import transconv.shape.Shape;

/** Ops that change where values stand, not the values. */
final class MovementKernels {

    private MovementKernels() {}

    static double[] reshape(Reshape op, Shape output, List<Tensor> in) {
        return in.get(0).values();
    }

    static double[] transpose(Transpose op, Shape output, List<Tensor> in) {
        Tensor x = in.get(0);
        int[] strides = Offsets.strides(x.shape());
        int[] reordered = op.order().stream().mapToInt(axis -> strides[axis]).toArray();
        int[] from = Offsets.of(output, 0, reordered);
        return Arrays.stream(from).mapToDouble(i -> x.values()[i]).toArray();
    }

    /** Copies the box that input and output have in common. */
    static double[] pad(Pad op, Shape output, List<Tensor> in) {
        Tensor x = in.get(0);
        int[] readStrides = Offsets.strides(x.shape());
        int[] writeStrides = Offsets.strides(output);
        int[] kept = new int[output.rank()];
        int readStart = 0;
        int writeStart = 0;
        for (int axis = 0; axis < kept.length; axis++) {
            int begin = op.begin().get(axis);
            int end = op.end().get(axis);
            kept[axis] = x.shape().size(axis) + Math.min(begin, 0) + Math.min(end, 0);
            readStart += Math.max(-begin, 0) * readStrides[axis];
            writeStart += Math.max(begin, 0) * writeStrides[axis];
        }
        double[] out = new double[output.elements()];
        copy(Shape.of(kept), x.values(), readStart, readStrides, out, writeStart, writeStrides);
        return out;
    }

    static double[] concatenate(Concatenate op, Shape output, List<Tensor> in) {
        int[] writeStrides = Offsets.strides(output);
        double[] out = new double[output.elements()];
        int begin = 0;
        for (Tensor x : in) {
            int writeStart = begin * writeStrides[op.axis()];
            copy(x.shape(), x.values(), 0, Offsets.strides(x.shape()), out, writeStart, writeStrides);
            begin += x.shape().size(op.axis());
        }
        return out;
    }

    private static void copy(
            Shape box, double[] x, int readStart, int[] readStrides, double[] out, int writeStart, int[] writeStrides) {
        int[] from = Offsets.of(box, readStart, readStrides);
        int[] to = Offsets.of(box, writeStart, writeStrides);
        for (int i = 0; i < from.length; i++) {
            out[to[i]] = x[from[i]];
        }
    }
}
