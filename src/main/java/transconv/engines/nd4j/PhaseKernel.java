package transconv.engines.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.shape.Geometry;

/**
 * The kernel's taps of one phase and group as a matrix (taps * small channels, large channels), each tap transposed.
 */
final class PhaseKernel {

    private final INDArray matrix;
    private final List<Copy> copies = new ArrayList<>();

    /** @param k the whole kernel (three axes, large channels / groups, small channels), contiguous */
    PhaseKernel(List<Phase> phase, INDArray k, Geometry geometry, int group, Scratch scratch) {
        long large = geometry.largeChannels() / geometry.groups();
        long small = geometry.smallChannels() / geometry.groups();
        int height = geometry.axes().get(1).kernel();
        int width = geometry.axes().get(2).kernel();
        int taps = phase.get(0).taps().length
                * phase.get(1).taps().length
                * phase.get(2).taps().length;
        matrix = scratch.zeros(taps * small, large);
        long[] shape = {small, large};
        for (int t0 : phase.get(0).taps()) {
            for (int t1 : phase.get(1).taps()) {
                for (int t2 : phase.get(2).taps()) {
                    long tap = (long) (t0 * height + t1) * width + t2;
                    long from = k.offset() + tap * large * geometry.smallChannels() + group * small;
                    long to = matrix.offset() + copies.size() * small * large;
                    copies.add(new Copy(
                            Nd4j.create(k.data(), shape, new long[] {1, geometry.smallChannels()}, from, 'c'),
                            Nd4j.create(matrix.data(), shape, new long[] {large, 1}, to, 'c')));
                }
            }
        }
    }

    void copy() {
        copies.forEach(Copy::run);
    }

    INDArray matrix() {
        return matrix;
    }
}
