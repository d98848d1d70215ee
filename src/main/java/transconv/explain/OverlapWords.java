package transconv.explain;

import java.util.Arrays;
import transconv.shape.PyTorchRule;

/** How many stamps reach an output, in words. */
final class OverlapWords {

    private OverlapWords() {}

    /** Of one axis: by how many taps each of the {@code stride} output phases is reached. */
    static int[] tapsOfPhases(int kernel, int stride, int dilation) {
        int[] taps = new int[stride];
        for (int tap = 0; tap < kernel; tap++) {
            taps[tap * dilation % stride]++;
        }
        return taps;
    }

    static String of(PyTorchRule rule) {
        int[] taps = tapsOfPhases(rule.kernelSize(), rule.stride(), rule.dilation());
        int least = Arrays.stream(taps).min().orElseThrow();
        int most = Arrays.stream(taps).max().orElseThrow();
        if (least == 0) {
            return "some get none";
        }
        return least == most ? "even, %d each".formatted(least) : "uneven, %d or %d".formatted(least, most);
    }
}
