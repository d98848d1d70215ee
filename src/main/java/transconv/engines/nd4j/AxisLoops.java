package transconv.engines.nd4j;

import java.nio.FloatBuffer;
import java.util.Arrays;
import transconv.engines.AxisPass;

/** Loops over the axis of an {@link AxisPass}: over rows where it is the last, else over slices. NaN stays NaN. */
final class AxisLoops {

    private AxisLoops() {}

    /** Four sums at a time, since one would wait for itself. */
    static void sumRows(AxisPass pass, FloatBuffer x, FloatBuffer out) {
        int at = 0;
        for (int row = 0; row < pass.outer(); row++) {
            int end = at + pass.length();
            double a = 0;
            double b = 0;
            double c = 0;
            double d = 0;
            for (; at + 3 < end; at += 4) {
                a += x.get(at);
                b += x.get(at + 1);
                c += x.get(at + 2);
                d += x.get(at + 3);
            }
            for (; at < end; at++) {
                a += x.get(at);
            }
            out.put(row, (float) (a + b + (c + d)));
        }
    }

    /** @param sums work memory for a slice */
    static void sumSlices(AxisPass pass, FloatBuffer x, FloatBuffer out, double[] sums) {
        int inner = pass.inner();
        int at = 0;
        for (int outer = 0; outer < pass.outer(); outer++) {
            Arrays.fill(sums, 0);
            for (int l = 0; l < pass.length(); l++, at += inner) {
                for (int i = 0; i < inner; i++) {
                    sums[i] += x.get(at + i);
                }
            }
            for (int i = 0; i < inner; i++) {
                out.put(outer * inner + i, (float) sums[i]);
            }
        }
    }

    static void maxOfRows(AxisPass pass, FloatBuffer x, FloatBuffer out) {
        int at = 0;
        for (int row = 0; row < pass.outer(); row++) {
            int end = at + pass.length();
            float a = x.get(at);
            float b = a;
            float c = a;
            float d = a;
            for (; at + 3 < end; at += 4) {
                a = Math.max(a, x.get(at));
                b = Math.max(b, x.get(at + 1));
                c = Math.max(c, x.get(at + 2));
                d = Math.max(d, x.get(at + 3));
            }
            for (; at < end; at++) {
                a = Math.max(a, x.get(at));
            }
            out.put(row, Math.max(Math.max(a, b), Math.max(c, d)));
        }
    }

    static void maxOfSlices(AxisPass pass, FloatBuffer x, FloatBuffer out) {
        int inner = pass.inner();
        int at = 0;
        for (int outer = 0; outer < pass.outer(); outer++) {
            int to = outer * inner;
            for (int i = 0; i < inner; i++) {
                out.put(to + i, x.get(at + i));
            }
            at += inner;
            for (int l = 1; l < pass.length(); l++, at += inner) {
                for (int i = 0; i < inner; i++) {
                    out.put(to + i, Math.max(out.get(to + i), x.get(at + i)));
                }
            }
        }
    }

    static void repeatSlices(AxisPass pass, FloatBuffer x, FloatBuffer out) {
        int inner = pass.inner();
        int to = 0;
        for (int outer = 0; outer < pass.outer(); outer++) {
            int from = outer * inner;
            for (int l = 0; l < pass.length(); l++, to += inner) {
                for (int i = 0; i < inner; i++) {
                    out.put(to + i, x.get(from + i));
                }
            }
        }
    }
}
