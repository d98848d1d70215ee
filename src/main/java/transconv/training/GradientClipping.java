package transconv.training;

import java.lang.ref.Reference;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Bounds gradients as Keras does: each by its norm, all by their common norm, or each value. A NaN stays one. */
final class GradientClipping {

    private final String kind;
    private final double bound;

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

    /**
     * Bounds the gradients where they stand.
     *
     * @param gradients in C order, each with an array of its own
     */
    void clip(List<INDArray> gradients) {
        switch (kind) {
            case "clipvalue" -> gradients.forEach(this::boundValues);
            case "clipnorm" -> gradients.forEach(gradient -> scale(gradient, Math.sqrt(squares(gradient))));
            default -> {
                double norm = Math.sqrt(gradients.stream()
                        .mapToDouble(GradientClipping::squares)
                        .sum());
                // An infinite norm has no direction left: Keras makes everything NaN, so that it shows.
                double safe = Double.isInfinite(norm) ? Double.NaN : norm;
                gradients.forEach(gradient -> scale(gradient, safe));
            }
        }
    }

    // Not by ND4J's scalar max and min, which turn a NaN into the bound.
    private void boundValues(INDArray gradient) {
        Nd4j.exec(DynamicCustomOp.builder("clipbyvalue")
                .addInputs(gradient)
                .addOutputs(gradient)
                .addFloatingPointArguments(-bound, bound)
                .build());
    }

    private void scale(INDArray gradient, double norm) {
        if (Double.isNaN(norm)) {
            // ND4J takes a tiny number for a factor that is NaN.
            gradient.assign(Double.NaN);
        } else if (norm > bound) {
            gradient.muli(bound / norm);
        }
    }

    // Summed in order by one thread: ND4J's own sum changes its last digits with the number of threads.
    private static double squares(INDArray gradient) {
        double sum = 0;
        if (gradient.dataType() == DataType.FLOAT) {
            var values = gradient.data().asNioFloat();
            for (int i = 0; i < gradient.length(); i++) {
                sum += (double) values.get(i) * values.get(i);
            }
            Reference.reachabilityFence(gradient);
            return sum;
        }
        for (long i = 0; i < gradient.length(); i++) {
            double value = gradient.data().getDouble(i);
            sum += value * value;
        }
        return sum;
    }
}
