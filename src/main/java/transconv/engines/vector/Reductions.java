package transconv.engines.vector;

import java.util.Arrays;
import java.util.List;
import transconv.engines.AxisPass;
import transconv.shape.Shape;

/**
 * Sums and maxima over axes, one pass for every run of axes that adjoin: over rows where it is the last, else over
 * slices. Sums are kept in double. NaN stays NaN.
 */
final class Reductions {

    /** Slices below are taken several at a time: a loop over few values costs more than they do. */
    private static final int WIDE = 64;

    private Reductions() {}

    static Step sum(List<Integer> axes, Shape shape, float[] x, float[] out) {
        return reduce("sums in double", Reductions::sum, AxisPass.over(shape, axes), x, out);
    }

    static Step max(List<Integer> axes, Shape shape, float[] x, float[] out) {
        return reduce("maxima", Reductions::max, AxisPass.over(shape, axes), x, out);
    }

    private static Step reduce(String what, Passes.Loops loops, List<AxisPass> passes, float[] x, float[] out) {
        String parts = passes.get(0).inner() == 1 ? " of rows" : " of slices";
        return Passes.chain(what + parts, passes, loops, AxisPass::slices, x, out);
    }

    private static Runnable sum(AxisPass pass, float[] x, float[] out) {
        if (pass.inner() == 1) {
            return () -> sumRows(pass, x, out);
        }
        int together = Math.max(1, Math.min(WIDE / pass.inner(), pass.length()));
        double[] sums = new double[together * pass.inner()];
        return () -> sumSlices(pass, x, out, sums);
    }

    private static Runnable max(AxisPass pass, float[] x, float[] out) {
        return pass.inner() == 1 ? () -> maxOfRows(pass, x, out) : () -> maxOfSlices(pass, x, out);
    }

    private static void sumRows(AxisPass pass, float[] x, float[] out) {
        int length = pass.length();
        for (int row = 0; row < pass.outer(); row++) {
            out[row] = (float) sumRow(x, row * length, (row + 1) * length);
        }
    }

    /** Four sums at a time, since one would wait for itself. */
    private static double sumRow(float[] x, int begin, int end) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = begin;
        for (; i + 3 < end; i += 4) {
            a += x[i];
            b += x[i + 1];
            c += x[i + 2];
            d += x[i + 3];
        }
        for (; i < end; i++) {
            a += x[i];
        }
        return a + b + (c + d);
    }

    /** @param sums work memory for one or more slices, which are then added to the first */
    private static void sumSlices(AxisPass pass, float[] x, float[] out, double[] sums) {
        int inner = pass.inner();
        int slice = pass.length() * inner;
        for (int outer = 0; outer < pass.outer(); outer++) {
            Arrays.fill(sums, 0);
            int at = outer * slice;
            int end = at + slice;
            for (; at + sums.length <= end; at += sums.length) {
                add(x, at, sums, sums.length);
            }
            add(x, at, sums, end - at);
            for (int i = inner; i < sums.length; i++) {
                sums[i % inner] += sums[i];
            }
            for (int i = 0; i < inner; i++) {
                out[outer * inner + i] = (float) sums[i];
            }
        }
    }

    private static void add(float[] x, int from, double[] sums, int count) {
        for (int i = 0; i < count; i++) {
            sums[i] += x[from + i];
        }
    }

    private static void maxOfRows(AxisPass pass, float[] x, float[] out) {
        int length = pass.length();
        for (int row = 0; row < pass.outer(); row++) {
            out[row] = maxOfRow(x, row * length, (row + 1) * length);
        }
    }

    private static float maxOfRow(float[] x, int begin, int end) {
        float a = x[begin];
        float b = a;
        float c = a;
        float d = a;
        int i = begin;
        for (; i + 3 < end; i += 4) {
            a = Math.max(a, x[i]);
            b = Math.max(b, x[i + 1]);
            c = Math.max(c, x[i + 2]);
            d = Math.max(d, x[i + 3]);
        }
        for (; i < end; i++) {
            a = Math.max(a, x[i]);
        }
        return Math.max(Math.max(a, b), Math.max(c, d));
    }

    private static void maxOfSlices(AxisPass pass, float[] x, float[] out) {
        int inner = pass.inner();
        int at = 0;
        for (int outer = 0; outer < pass.outer(); outer++) {
            int to = outer * inner;
            System.arraycopy(x, at, out, to, inner);
            at += inner;
            for (int l = 1; l < pass.length(); l++, at += inner) {
                keepLarger(x, at, out, to, inner);
            }
        }
    }

    private static void keepLarger(float[] x, int from, float[] out, int to, int count) {
        for (int i = 0; i < count; i++) {
            out[to + i] = Math.max(out[to + i], x[from + i]);
        }
    }
}
