package transconv.engines.nd4j;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.engines.SimplexThreshold;

/** Each row of channels minus the threshold that lets what is above it sum to 1. */
final class Nd4jSparsemax implements Runnable {

    private final FloatBuffer x;
    private final FloatBuffer out;
    private final float[] sorted;

    Nd4jSparsemax(INDArray x, INDArray out) {
        this.x = Floats.of(x);
        this.out = Floats.of(out);
        sorted = new float[(int) x.size(-1)];
    }

    @Override
    public void run() {
        for (int row = 0; row < x.capacity(); row += sorted.length) {
            x.get(row, sorted);
            Arrays.sort(sorted);
            double threshold = SimplexThreshold.of(sorted);
            for (int i = row; i < row + sorted.length; i++) {
                out.put(i, (float) Math.max(x.get(i) - threshold, 0));
            }
        }
    }
}
