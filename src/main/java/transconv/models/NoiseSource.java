package transconv.models;

import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.layers.Noise;
import transconv.ops.Value;

/**
 * The random numbers of a training run. They follow from the run's seed, the step and the sample's place in its batch,
 * so that neither the cut into micro-batches nor the number of cores shows in them.
 */
final class NoiseSource {

    private final long seed;
    private final long step;

    NoiseSource(long seed, long step) {
        this.seed = seed;
        this.step = step;
    }

    /**
     * Numbers for some samples, (rows, ...).
     *
     * @param which the noise's number within the model
     * @param first the place of the first sample in its batch
     */
    INDArray rows(Noise noise, int which, Value value, int first, int rows) {
        int width = value.shape().elements() / value.shape().size(0);
        float[] numbers = new float[rows * width];
        long source = noise.seed().orElse(seed + which);
        for (int row = 0; row < rows; row++) {
            // SplittableRandom mixes its seed, so that neighbouring seeds give unrelated numbers.
            SplittableRandom random = new SplittableRandom(
                    new SplittableRandom(source).nextLong() + new SplittableRandom(step).nextLong() * 31 + first + row);
            for (int i = 0; i < width; i++) {
                numbers[row * width + i] = (float)
                        (noise.distribution() == Noise.Distribution.UNIFORM ? random.nextDouble() : normal(random));
            }
        }
        long[] sizes = value.shape().toLongArray();
        sizes[0] = rows;
        return Nd4j.createFromArray(numbers).reshape('c', sizes);
    }

    /** Box and Muller (1958); StrictMath makes it the same on every machine. */
    private static double normal(SplittableRandom random) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }
}
