package transconv.explain;

import java.util.Arrays;

/** Numbers over up to three axes, always kept with three: leading axes of length 1 fill up. */
record Values(int rank, int[] sizes, double[] data) {

    static Values of(String what, double[] line) {
        return of(what, 1, new double[][][] {{line}});
    }

    static Values of(String what, double[][] matrix) {
        return of(what, 2, new double[][][] {matrix});
    }

    static Values of(String what, double[][][] volume) {
        return of(what, 3, volume);
    }

    private static Values of(String what, int rank, double[][][] volume) {
        if (volume.length == 0 || volume[0].length == 0 || volume[0][0].length == 0) {
            throw new IllegalArgumentException("explain: %s is empty; give at least one number".formatted(what));
        }
        int[] sizes = {volume.length, volume[0].length, volume[0][0].length};
        double[] data = new double[sizes[0] * sizes[1] * sizes[2]];
        int at = 0;
        for (double[][] slice : volume) {
            for (double[] row : slice) {
                if (slice.length != sizes[1] || row.length != sizes[2]) {
                    throw new IllegalArgumentException(
                            "explain: a part of %s is %d x %d, the first is %d x %d; all need the same lengths"
                                    .formatted(what, slice.length, row.length, sizes[1], sizes[2]));
                }
                for (double value : row) {
                    data[at++] = value;
                }
            }
        }
        return new Values(rank, sizes, data);
    }

    /** Other numbers over as many axes. */
    static Values of(int rank, int[] sizes, double[] data) {
        return new Values(rank, sizes.clone(), data);
    }

    /** The last two axes as rows and columns, slices of a third one under another. */
    double[][] rows() {
        double[][] rows = new double[sizes[0] * sizes[1]][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(data, row * sizes[2], (row + 1) * sizes[2]);
        }
        return rows;
    }
}
