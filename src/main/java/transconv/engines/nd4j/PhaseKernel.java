package transconv.engines.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import transconv.shape.Geometry;

/** The kernel's taps of one phase as a matrix (taps * small channels, large channels), each tap transposed. */
final class PhaseKernel {

    private record Copy(INDArray from, INDArray to) {
    }

    private final INDArray matrix;
    private final List<Copy> copies = new ArrayList<>();

    /** @param k (all taps * large channels, small channels) of a group */
    PhaseKernel(List<Phase> phase, INDArray k, Geometry geometry, int largeChannels, int smallChannels, Scratch scratch) {
        int height = geometry.axes().get(1).kernel();
        int width = geometry.axes().get(2).kernel();
        int taps = phase.get(0).taps().length * phase.get(1).taps().length * phase.get(2).taps().length;
        matrix = scratch.zeros((long) taps * smallChannels, largeChannels);
        long row = 0;
        for (int t0 : phase.get(0).taps()) {
            for (int t1 : phase.get(1).taps()) {
                for (int t2 : phase.get(2).taps()) {
                    long first = ((long) (t0 * height + t1) * width + t2) * largeChannels;
                    INDArray tap = k.get(NDArrayIndex.interval(first, first + largeChannels), NDArrayIndex.all());
                    INDArray rows = matrix.get(NDArrayIndex.interval(row, row + smallChannels), NDArrayIndex.all());
                    copies.add(new Copy(tap.transpose(), rows));
                    row += smallChannels;
                }
            }
        }
    }

    void copy() {
        copies.forEach(copy -> copy.to().assign(copy.from()));
    }

    INDArray matrix() {
        return matrix;
    }
}
