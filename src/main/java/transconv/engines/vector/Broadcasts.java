package transconv.engines.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import transconv.engines.AxisPass;
import transconv.shape.Shape;

/** Repetition along axes, one pass for every run of axes that adjoin. */
final class Broadcasts {

    /** What is copied again and again should stay in the nearest cache. */
    private static final int NEAR = 2048;

    private Broadcasts() {}

    static Step repeat(Shape shape, Shape target, float[] x, float[] out) {
        List<Integer> repeated = IntStream.range(0, target.rank())
                .filter(axis -> shape.size(axis) != target.size(axis))
                .boxed()
                .toList();
        List<AxisPass> passes = new ArrayList<>(AxisPass.over(target, repeated));
        Collections.reverse(passes);
        return Passes.chain("copies of the values", passes, Broadcasts::repeat, AxisPass::elements, x, out);
    }

    private static Runnable repeat(AxisPass pass, float[] x, float[] out) {
        return pass.inner() == 1 ? () -> repeatValues(pass, x, out) : () -> repeatSlices(pass, x, out);
    }

    private static void repeatValues(AxisPass pass, float[] x, float[] out) {
        int length = pass.length();
        for (int row = 0; row < pass.outer(); row++) {
            Arrays.fill(out, row * length, (row + 1) * length, x[row]);
        }
    }

    private static void repeatSlices(AxisPass pass, float[] x, float[] out) {
        int inner = pass.inner();
        for (int outer = 0; outer < pass.outer(); outer++) {
            int begin = outer * pass.length() * inner;
            System.arraycopy(x, outer * inner, out, begin, inner);
            repeatFirst(out, begin, inner, pass.length() * inner);
        }
    }

    /** Fills an array's part with its first slice, twice as many at a time while they are few. */
    private static void repeatFirst(float[] out, int begin, int slice, int length) {
        int done = slice;
        int block = slice;
        while (done < length) {
            int count = Math.min(block, length - done);
            System.arraycopy(out, begin, out, begin + done, count);
            done += count;
            block = done < NEAR ? done : block;
        }
    }
}
