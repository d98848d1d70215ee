package transconv.models;

import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.layers.Noise;
import transconv.shape.Shape;

/**
 * The random numbers of one step of a training run. They follow from the run's seed or the layer's, the step, and the
 * sample's place in its batch, so that neither the cut into micro-batches nor the number of cores shows in them.
 */
final class NoiseSource {

    private final long seed;
    private final long step;
    private final long draw;

    /** @param draw tells draws for one step apart */
    NoiseSource(long seed, long step, long draw) {
        this.seed = seed;
        this.step = step;
        this.draw = draw;
    }

    /**
     * Numbers for some samples, (rows, ...).
     *
     * @param number tells noises of one seed apart
     * @param shape  of the value to be fed, (batch, ...)
     * @param first  the place of the first sample in its batch
     */
    INDArray rows(Noise noise, int number, Shape shape, int first, int rows) {
        int width = shape.elements() / shape.size(0);
        float[] numbers = new float[rows * width];
        long source = mixed(mixed(mixed(mixed(noise.seed().orElse(seed)) + step) + draw) + number);
        for (int row = 0; row < rows; row++) {
            SplittableRandom random = new SplittableRandom(source + (noise.sharedByBatch() ? 0 : first + row));
            switch (noise.distribution()) {
                case UNIFORM -> drawUniform(random, numbers, row * width, width);
                case NORMAL -> drawNormal(random, numbers, row * width, width);
            }
        }
        long[] sizes = shape.toLongArray();
        sizes[0] = rows;
        return Nd4j.create(numbers, sizes, 'c');
    }

    /** SplittableRandom mixes its seed, so that neighbouring seeds give unrelated numbers. */
    private static long mixed(long seed) {
        return new SplittableRandom(seed).nextLong();
    }

    /** The 24 bits that a float in [0, 1) has; a double's 53 would be rounded up to 1 now and then. */
    private static void drawUniform(SplittableRandom random, float[] to, int from, int count) {
        for (int i = 0; i < count; i++) {
            to[from + i] = (random.nextLong() >>> 40) * 0x1p-24f;
        }
    }

    /** Marsaglia and Bray (1964); StrictMath makes it the same on every machine. */
    private static void drawNormal(SplittableRandom random, float[] to, int from, int count) {
        for (int i = 0; i < count; i += 2) {
            double x;
            double y;
            double square;
            do {
                x = 2 * random.nextDouble() - 1;
                y = 2 * random.nextDouble() - 1;
                square = x * x + y * y;
            } while (square >= 1 || square == 0);
            double factor = Math.sqrt(-2 * StrictMath.log(square) / square);
            to[from + i] = (float) (factor * x);
            if (i + 1 < count) {
                to[from + i + 1] = (float) (factor * y);
            }
        }
    }
}
