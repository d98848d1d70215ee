package transconv.training;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Bounds gradients as Keras does: each by its norm, all by their common norm, or each value. A NaN stays one. */
final class GradientClipping {

    private final String kind;
    private final double bound;
    private final ArrayMemory memory = new ArrayMemory(Chunk.SIZE);
    private final double[] values = new double[Chunk.SIZE];
    private double factor = 1;

    /** The bound of this kind, NaN if there is none. */
    static double bound(GradientClipping clipping, String kind) {
        return clipping != null && clipping.kind.equals(kind) ? clipping.bound : Double.NaN;
    }

    private GradientClipping(String kind, double bound) {
        this.kind = kind;
        this.bound = bound;
    }

    /** A clipping of one of the three kinds, in place of an earlier one of the same kind or of none. */
    static GradientClipping of(String optimizer, String kind, double bound, GradientClipping earlier) {
        Arguments.positive(optimizer, kind, bound);
        if (earlier != null && !earlier.kind.equals(kind)) {
            throw new IllegalArgumentException(
                    "%s: %s=%s beside %s=%s; set only one of clipnorm, clipvalue and globalClipnorm"
                            .formatted(optimizer, kind, bound, earlier.kind, earlier.bound));
        }
        return new GradientClipping(kind, bound);
    }

    /** Comes once before a step, with all its gradients. */
    void beginStep(List<INDArray> gradients) {
        if (kind.equals("globalClipnorm")) {
            double sum = 0;
            for (INDArray gradient : gradients) {
                sum += squares(gradient);
            }
            // An infinite norm has no direction left: Keras makes everything NaN, so that it shows.
            factor = factor(Double.isInfinite(sum) ? Double.NaN : Math.sqrt(sum));
        }
    }

    /** Comes once before the chunks of a gradient. */
    void beginGradient(INDArray gradient) {
        if (kind.equals("clipnorm")) {
            factor = factor(Math.sqrt(squares(gradient)));
        }
    }

    /** Bounds values of a gradient where they stand. */
    void clip(double[] gradient, int count) {
        if (kind.equals("clipvalue")) {
            for (int i = 0; i < count; i++) {
                gradient[i] = Math.max(-bound, Math.min(gradient[i], bound));
            }
        } else if (factor != 1) {
            for (int i = 0; i < count; i++) {
                gradient[i] *= factor;
            }
        }
    }

    private double factor(double norm) {
        if (Double.isNaN(norm)) {
            return Double.NaN;
        }
        return norm > bound ? bound / norm : 1;
    }

    // In order, so that the last digits are the same on every machine.
    private double squares(INDArray gradient) {
        INDArray plain = ArrayMemory.plain(gradient);
        double sum = 0;
        int count;
        for (long first = 0; first < plain.length(); first += count) {
            count = (int) Math.min(values.length, plain.length() - first);
            memory.read(plain, first, values, count);
            for (int i = 0; i < count; i++) {
                sum += values[i] * values[i];
            }
        }
        return sum;
    }
}
