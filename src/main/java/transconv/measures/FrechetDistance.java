package transconv.measures;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How far two sets of feature vectors lie apart, taken as Gaussians with their means m and covariances C: |m1 - m2|² +
 * trace(C1 + C2 - 2 (C1 C2)^½), at least 0, in the features' unit squared. Of generated and real images by features of
 * Inception v3 it is known as FID; here features are any, such as those of a classifier that was trained on the real
 * images.
 *
 * <p>It depends on the number of samples (with few it is too large), so compare distances of equal numbers only.
 * Covariances may be singular. Source: Dowson and Landau, "The Fréchet distance between multivariate normal
 * distributions", 1982; Heusel et al., "GANs trained by a two time-scale update rule converge to a local Nash
 * equilibrium", 2017.
 *
 * <pre>{@code
 * INDArray real = Nd4j.createFromArray(new float[][] {{0, 1}, {2, 3}, {4, 0}});   // (samples, features)
 * System.out.println(Math.round(FrechetDistance.between(real, real.add(2)))); // 8
 * }</pre>
 */
public final class FrechetDistance {

    private FrechetDistance() {}

    /**
     * The distance of two sets of feature vectors, with unbiased covariances.
     *
     * @param first (samples, features), at least two samples
     * @param second (samples, features), as many features, in any number of samples from two
     * @throws IllegalArgumentException if the shapes are others, or a value is not finite
     */
    public static double between(INDArray first, INDArray second) {
        double[][] a = rows("first", first);
        double[][] b = rows("second", second);
        if (a[0].length != b[0].length) {
            throw new IllegalArgumentException(
                    "FrechetDistance: %d features in first, %d in second; take both from the same layer"
                            .formatted(a[0].length, b[0].length));
        }
        return between(mean(a), covariance(a), mean(b), covariance(b));
    }

    /**
     * The distance of two Gaussians.
     *
     * @param firstMean [features]
     * @param firstCovariance [features][features], symmetric, no eigenvalue below 0 but by rounding
     * @param secondMean as the first
     * @param secondCovariance as the first
     * @throws IllegalArgumentException if the sizes do not fit, a covariance is not symmetric, or a value is not finite
     */
    public static double between(
            double[] firstMean, double[][] firstCovariance, double[] secondMean, double[][] secondCovariance) {
        int features = firstMean.length;
        requireFinite("mean", firstMean);
        requireFinite("mean", secondMean);
        if (secondMean.length != features) {
            throw new IllegalArgumentException("FrechetDistance: means of %d and %d features; give both the same number"
                    .formatted(features, secondMean.length));
        }
        RealMatrix first = symmetric(firstCovariance, features);
        RealMatrix second = symmetric(secondCovariance, features);
        double distance = 0;
        for (int i = 0; i < features; i++) {
            distance += (firstMean[i] - secondMean[i]) * (firstMean[i] - secondMean[i]);
        }
        // The trace of (C1 C2)^½ is the sum of the singular values of F1 F2', where C = F' F.
        RealMatrix product = factor(first).multiply(factor(second).transpose());
        double trace = Arrays.stream(new SingularValueDecomposition(product).getSingularValues())
                .sum();
        return Math.max(0, distance + first.getTrace() + second.getTrace() - 2 * trace);
    }

    /** F with F' F = covariance, also of a singular one; eigenvalues that are zero but for rounding are zero. */
    private static RealMatrix factor(RealMatrix covariance) {
        EigenDecomposition eigen = new EigenDecomposition(covariance);
        double[] values = eigen.getRealEigenvalues();
        double rounding = values.length * Math.ulp(Arrays.stream(values).max().orElse(0));
        double[] roots = Arrays.stream(values)
                .map(value -> value > rounding ? Math.sqrt(value) : 0)
                .toArray();
        return MatrixUtils.createRealDiagonalMatrix(roots).multiply(eigen.getVT());
    }

    private static RealMatrix mirrored(RealMatrix matrix) {
        return matrix.add(matrix.transpose()).scalarMultiply(0.5);
    }

    private static RealMatrix symmetric(double[][] covariance, int features) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < covariance.length; i++) {
            requireFinite("covariance", covariance[i]);
            if (covariance.length != features || covariance[i].length != features) {
                throw new IllegalArgumentException(
                        "FrechetDistance: a covariance of %d x %d for %d features; give [%d][%d]"
                                .formatted(covariance.length, covariance[i].length, features, features, features));
            }
            for (int j = 0; j < i; j++) {
                largest = Math.max(largest, Math.abs(covariance[i][j]));
                difference = Math.max(difference, Math.abs(covariance[i][j] - covariance[j][i]));
            }
        }
        if (difference > 1e-6 * largest) {
            throw new IllegalArgumentException(
                    "FrechetDistance: a covariance differs by %s from its transpose; it must be symmetric; mend it"
                            .formatted(difference));
        }
        return mirrored(new Array2DRowRealMatrix(covariance));
    }

    private static double[][] rows(String what, INDArray features) {
        if (features == null || features.isEmpty() || features.rank() != 2 || features.size(0) < 2) {
            throw new IllegalArgumentException(
                    "FrechetDistance: %s=%s must be (samples, features) with at least 2 samples; reshape or add"
                            .formatted(what, features == null ? null : Arrays.toString(features.shape())));
        }
        double[] values = features.dup('c').data().asDouble();
        requireFinite(what, values);
        int width = Math.toIntExact(features.size(1));
        double[][] rows = new double[Math.toIntExact(features.size(0))][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(values, row * width, (row + 1) * width);
        }
        return rows;
    }

    private static void requireFinite(String what, double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "FrechetDistance: a value of %s is %s; every value must be finite; look for where it comes from"
                                .formatted(what, value));
            }
        }
    }

    private static double[] mean(double[][] rows) {
        double[] mean = new double[rows[0].length];
        for (double[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i] / rows.length;
            }
        }
        return mean;
    }

    private static double[][] covariance(double[][] rows) {
        double[] mean = mean(rows);
        double[][] sums = new double[mean.length][mean.length];
        double[] off = new double[mean.length];
        for (double[] row : rows) {
            for (int i = 0; i < off.length; i++) {
                off[i] = row[i] - mean[i];
            }
            for (int i = 0; i < off.length; i++) {
                for (int j = 0; j < off.length; j++) {
                    sums[i][j] += off[i] * off[j] / (rows.length - 1);
                }
            }
        }
        return sums;
    }
}
