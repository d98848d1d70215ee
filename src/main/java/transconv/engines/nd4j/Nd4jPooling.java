package transconv.engines.nd4j;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.shape.Axis;

/** Maxima of windows, as loops over windows, taps and channels. */
final class Nd4jPooling {

    private final Axis depth;
    private final Axis height;
    private final Axis width;
    private final int batch;
    private final int channels;
    /** Where the taps of the present window lie in the large side that are not beyond it, in C order. */
    private final int[] taps;

    private int tapsInside;

    /** @param large the shape of the large side, (batch, axes..., channels) */
    Nd4jPooling(List<Axis> axes, long[] large) {
        List<Axis> three = new ArrayList<>(axes);
        while (three.size() < 3) {
            three.add(0, Axis.UNIT);
        }
        depth = three.get(0);
        height = three.get(1);
        width = three.get(2);
        batch = (int) large[0];
        channels = (int) large[large.length - 1];
        taps = new int[depth.kernel() * height.kernel() * width.kernel()];
    }

    /** What is done with a window, once {@link #taps} are its own. */
    @FunctionalInterface
    private interface Window {
        void accept(int small);
    }

    Runnable max(INDArray x, INDArray y) {
        FloatBuffer from = Floats.of(x);
        FloatBuffer to = Floats.of(y);
        return () -> eachWindow(small -> max(from, to, small));
    }

    private void max(FloatBuffer x, FloatBuffer y, int small) {
        for (int c = 0; c < channels; c++) {
            y.put(small + c, Float.NEGATIVE_INFINITY);
        }
        for (int tap = 0; tap < tapsInside; tap++) {
            int large = taps[tap];
            for (int c = 0; c < channels; c++) {
                y.put(small + c, Math.max(y.get(small + c), x.get(large + c)));
            }
        }
    }

    /** The gradient by x: each window's goes to its first largest value. */
    Runnable maxGradient(INDArray x, INDArray y, INDArray yGradient, INDArray xGradient) {
        FloatBuffer from = Floats.of(x);
        FloatBuffer largest = Floats.of(y);
        FloatBuffer gradient = Floats.of(yGradient);
        FloatBuffer to = Floats.of(xGradient);
        return () -> {
            xGradient.assign(0);
            eachWindow(small -> maxGradient(from, largest, gradient, to, small));
        };
    }

    private void maxGradient(FloatBuffer x, FloatBuffer y, FloatBuffer gradient, FloatBuffer out, int small) {
        for (int c = 0; c < channels; c++) {
            float largest = y.get(small + c);
            for (int tap = 0; tap < tapsInside; tap++) {
                int large = taps[tap] + c;
                float value = x.get(large);
                if (value == largest || value != value) {
                    out.put(large, out.get(large) + gradient.get(small + c));
                    break;
                }
            }
        }
    }

    private void eachWindow(Window window) {
        int small = 0;
        for (int sample = 0; sample < batch; sample++) {
            for (int d = 0; d < depth.small(); d++) {
                for (int h = 0; h < height.small(); h++) {
                    for (int w = 0; w < width.small(); w++, small += channels) {
                        findTaps(sample, d, h, w);
                        window.accept(small);
                    }
                }
            }
        }
    }

    private void findTaps(int sample, int d, int h, int w) {
        tapsInside = 0;
        for (int i = 0; i < depth.kernel(); i++) {
            int atDepth = position(depth, d, i);
            for (int j = 0; j < height.kernel() && atDepth >= 0; j++) {
                int atHeight = position(height, h, j);
                for (int k = 0; k < width.kernel() && atHeight >= 0; k++) {
                    int atWidth = position(width, w, k);
                    if (atWidth >= 0) {
                        int position = ((sample * depth.large() + atDepth) * height.large() + atHeight) * width.large()
                                + atWidth;
                        taps[tapsInside++] = position * channels;
                    }
                }
            }
        }
    }

    /** The large position of a tap, or -1 beyond the large side. */
    private static int position(Axis axis, int small, int tap) {
        int position = small * axis.stride() + tap * axis.dilation() - axis.crop();
        return position < axis.large() ? Math.max(position, -1) : -1;
    }
}
