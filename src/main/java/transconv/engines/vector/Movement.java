package transconv.engines.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import transconv.ops.Concatenate;
import transconv.ops.Pad;
import transconv.ops.Transpose;
import transconv.shape.Shape;

/** Ops that change where values stand, not the values: copies of boxes. */
final class Movement {

    private Movement() {}

    static Step transpose(Transpose op, Shape shape, float[] x, float[] out) {
        int[] strides = BoxCopy.strides(shape.toArray());
        int[] box = op.order().stream().mapToInt(shape::size).toArray();
        int[] read = op.order().stream().mapToInt(axis -> strides[axis]).toArray();
        BoxCopy copy = new BoxCopy(box, 0, read, 0, BoxCopy.strides(box));
        return Step.of("strided copy", () -> copy.run(x, out));
    }

    static Step pad(Pad op, Shape from, Shape to, float[] x, float[] out) {
        int[] read = BoxCopy.strides(from.toArray());
        int[] write = BoxCopy.strides(to.toArray());
        int[] kept = new int[to.rank()];
        int readStart = 0;
        int writeStart = 0;
        for (int axis = 0; axis < kept.length; axis++) {
            int begin = op.begin().get(axis);
            int end = op.end().get(axis);
            kept[axis] = from.size(axis) + Math.min(begin, 0) + Math.min(end, 0);
            readStart += Math.max(-begin, 0) * read[axis];
            writeStart += Math.max(begin, 0) * write[axis];
        }
        BoxCopy copy = new BoxCopy(kept, readStart, read, writeStart, write);
        int length = to.elements();
        boolean whole = Arrays.equals(kept, to.toArray());
        return Step.of(whole ? "copy of a box" : "zeros and copy of a box", () -> {
            if (!whole) {
                Arrays.fill(out, 0, length, 0);
            }
            copy.run(x, out);
        });
    }

    /** @param in one array a shape */
    static Step concatenate(Concatenate op, List<Shape> shapes, List<float[]> in, Shape to, float[] out) {
        int[] write = BoxCopy.strides(to.toArray());
        List<Runnable> copies = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < in.size(); i++) {
            int[] box = shapes.get(i).toArray();
            float[] x = in.get(i);
            BoxCopy copy = new BoxCopy(box, 0, BoxCopy.strides(box), begin * write[op.axis()], write);
            copies.add(() -> copy.run(x, out));
            begin += box[op.axis()];
        }
        return Step.of("copy of each input", () -> copies.forEach(Runnable::run));
    }
}
