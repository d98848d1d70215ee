package transconv.engines.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A group's channels as a contiguous matrix (all other axes, channels of the group): ND4J's matrix product goes wrong
 * on some strided matrices. With one group it is the tensor's own memory.
 */
final class Columns {

    private final INDArray strided;
    private final INDArray matrix;

    Columns(INDArray tensor, int group, int groups, Scratch scratch) {
        long rows = tensor.length() / tensor.size(-1);
        long width = tensor.size(-1) / groups;
        if (groups == 1) {
            matrix = tensor.reshape('c', rows, width);
            strided = matrix;
            return;
        }
        matrix = scratch.zeros(rows, width);
        strided = Nd4j.create(
                tensor.data(),
                new long[] {rows, width},
                new long[] {width * groups, 1},
                tensor.offset() + group * width,
                'c');
    }

    INDArray matrix() {
        return matrix;
    }

    /** Takes the tensor's present values. */
    void load() {
        if (matrix != strided) {
            matrix.assign(strided);
        }
    }

    /** Puts the values into the tensor. */
    void store() {
        if (matrix != strided) {
            strided.assign(matrix);
        }
    }
}
