package transconv.layers;

import java.util.OptionalLong;
import java.util.SplittableRandom;
import transconv.config.Config;
import transconv.shape.Shape;

/**
 * A random matrix (product of all axes but the last, last) with orthonormal columns, or rows where these are fewer,
 * times a gain. Source: Saxe et al. (2014), arXiv 1312.6120; Keras 3, {@code Orthogonal}.
 */
final class OrthogonalInitializer extends RandomInitializer {

    private final double gain;

    OrthogonalInitializer(double gain, OptionalLong seed) {
        super(seed);
        this.gain = finite("Orthogonal", "gain", gain);
    }

    @Override
    public OrthogonalInitializer seed(long seed) {
        return new OrthogonalInitializer(gain, OptionalLong.of(seed));
    }

    @Override
    float[] draw(Shape shape, String weight, SplittableRandom random) {
        if (shape.rank() < 2) {
            throw new IllegalArgumentException(
                    "%s: Orthogonal needs at least two axes, the shape %s has %d; take another initializer"
                            .formatted(weight, shape, shape.rank()));
        }
        int columns = shape.last();
        int rows = shape.elements() / columns;
        double[][] vectors = new double[Math.min(rows, columns)][Math.max(rows, columns)];
        for (int j = 0; j < vectors.length; j++) {
            do {
                for (int i = 0; i < vectors[j].length; i++) {
                    vectors[j][i] = normal(random);
                }
            } while (!orthonormalize(vectors, j));
        }
        float[] values = new float[shape.elements()];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double value = rows >= columns ? vectors[column][row] : vectors[row][column];
                values[row * columns + column] = (float) (gain * value);
            }
        }
        return values;
    }

    /**
     * Gram and Schmidt's step, which makes the Q of the QR decomposition whose R has a positive diagonal: that one is
     * uniformly distributed. Done twice, it is orthogonal to rounding (Giraud et al., 2005).
     *
     * @return whether anything is left of the vector
     */
    private static boolean orthonormalize(double[][] vectors, int j) {
        double[] vector = vectors[j];
        double drawn = Math.sqrt(dot(vector, vector));
        for (int pass = 0; pass < 2; pass++) {
            for (int k = 0; k < j; k++) {
                double share = dot(vectors[k], vector);
                for (int i = 0; i < vector.length; i++) {
                    vector[i] -= share * vectors[k][i];
                }
            }
        }
        double norm = Math.sqrt(dot(vector, vector));
        if (!(norm > 1e-8 * drawn)) {
            return false;
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= norm;
        }
        return true;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Override
    public String className() {
        return "Orthogonal";
    }

    @Override
    public Config config() {
        return super.config().with("gain", gain);
    }
}
