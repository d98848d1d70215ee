package transconv.engines.vector;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import transconv.shape.Axis;

/**
 * Output rows that meet the kernel's rows alike: at the same distances from a base row of the input. Rows of the kernel
 * that fall outside of the input are left out, so nothing is multiplied by zero along depth and height.
 *
 * @param meetings   the distances and kernel rows
 * @param outputRows counted over depth and height
 * @param baseRows   for each output row the input row to which distances are relative
 */
record RowClass(List<Meeting> meetings, List<Integer> outputRows, List<Integer> baseRows) {

    /**
     * Input row {@code baseRow + distance} is multiplied by a row of the kernel, both counted over depth and height.
     */
    record Meeting(int distance, int kernelRow) {}

    /** @param axes depth, height and width, of which the first two matter */
    static Collection<RowClass> of(List<Axis> axes, boolean transposed) {
        Axis depth = axes.get(0);
        Axis height = axes.get(1);
        int outputHeight = transposed ? height.large() : height.small();
        int inputHeight = transposed ? height.small() : height.large();
        Map<List<Meeting>, RowClass> classes = new LinkedHashMap<>();
        for (int d = 0; d < (transposed ? depth.large() : depth.small()); d++) {
            for (int h = 0; h < outputHeight; h++) {
                List<Meeting> meetings = new ArrayList<>();
                int base = -1;
                for (int kd = 0; kd < depth.kernel(); kd++) {
                    for (int kh = 0; kh < height.kernel(); kh++) {
                        int fromDepth = input(depth, transposed, d, kd);
                        int fromHeight = input(height, transposed, h, kh);
                        if (fromDepth >= 0 && fromHeight >= 0) {
                            int row = fromDepth * inputHeight + fromHeight;
                            base = base < 0 ? row : base;
                            meetings.add(new Meeting(row - base, kd * height.kernel() + kh));
                        }
                    }
                }
                RowClass rows = classes.computeIfAbsent(
                        meetings, alike -> new RowClass(alike, new ArrayList<>(), new ArrayList<>()));
                rows.outputRows.add(d * outputHeight + h);
                rows.baseRows.add(Math.max(base, 0));
            }
        }
        return classes.values();
    }

    /** The input position that an output position meets at a tap, or -1. */
    private static int input(Axis axis, boolean transposed, int output, int tap) {
        if (!transposed) {
            int large = output * axis.stride() + tap * axis.dilation() - axis.crop();
            return large < axis.large() ? large : -1;
        }
        int scaled = output + axis.crop() - tap * axis.dilation();
        return scaled % axis.stride() == 0 && scaled / axis.stride() < axis.small() ? scaled / axis.stride() : -1;
    }
}
