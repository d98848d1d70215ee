package transconv.ops;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.Closeness;
import transconv.ops.Computation.Formula;
import transconv.shape.Shape;

/** A formula's stated gradients against differences of its values, in double precision on the reference engine. */
final class FiniteDifferences {

    private static final double STEP = 1e-5;

    private FiniteDifferences() {}

    static void require(String what, Formula formula, int[] by, INDArray... inputs) {
        INDArray seed = RandomGeometry.values(
                Shape.of(Computation.run("reference", formula, inputs).shape()), 99);
        List<INDArray> gradients = Computation.gradients("reference", formula, seed, by, inputs);
        Closeness closeness = new Closeness();
        for (int i = 0; i < by.length; i++) {
            INDArray input = inputs[by[i]];
            double[] slopes = new double[(int) Math.min(input.length(), 12)];
            double[] stated = new double[slopes.length];
            for (int j = 0; j < slopes.length; j++) {
                long at = j * input.length() / slopes.length;
                double above = sumAt(formula, seed, input, at, STEP, inputs);
                double below = sumAt(formula, seed, input, at, -STEP, inputs);
                slopes[j] = (above - below) / (2 * STEP);
                stated[j] = gradients.get(i).data().getDouble(at);
            }
            // Multilinear ops are exact but for rounding; a scale of 1 is added so that gradients of zero may be
            // rounded too.
            closeness.require(what + " by input " + by[i], withOne(slopes), withOne(stated), 1e-8);
        }
    }

    private static double sumAt(
            Formula formula, INDArray seed, INDArray input, long at, double step, INDArray... inputs) {
        double kept = input.data().getDouble(at);
        input.data().put(at, kept + step);
        try {
            return Computation.run("reference", formula, inputs)
                    .mul(seed)
                    .sumNumber()
                    .doubleValue();
        } finally {
            input.data().put(at, kept);
        }
    }

    private static double[] withOne(double[] values) {
        double[] longer = Arrays.copyOf(values, values.length + 1);
        longer[values.length] = 1;
        return longer;
    }
}
