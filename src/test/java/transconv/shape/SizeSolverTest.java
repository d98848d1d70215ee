package transconv.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeSolverTest {

    @Test
    void fourToEight() {
        assertEquals(
                List.of(
                        "kernel_size=5, stride=1, padding=0, output_padding=0, dilation=1",
                        "kernel_size=1, stride=2, padding=0, output_padding=1, dilation=1",
                        "kernel_size=2, stride=2, padding=0, output_padding=0, dilation=1",
                        "kernel_size=3, stride=2, padding=1, output_padding=1, dilation=1",
                        "kernel_size=4, stride=2, padding=1, output_padding=0, dilation=1"),
                SizeSolver.upToKernel(5).stride(2).padding(1).toSize(4, 8).stream()
                        .map(PyTorchRule::toString)
                        .toList());
    }

    /** The solver's answers are exactly those of trying every setting, and each gives the size. */
    @Test
    void findsAllAndNothingElse() {
        SizeSolver solver = SizeSolver.upToKernel(5).stride(3).padding(2).dilation(3);
        int answers = 0;
        for (int in = 1; in <= 7; in++) {
            for (int out = 1; out <= 16; out++) {
                Set<PyTorchRule> tried = new HashSet<>();
                for (int k = 1; k <= 5; k++) {
                    for (int s = 1; s <= 3; s++) {
                        for (int p = 0; p <= 2; p++) {
                            for (int d = 1; d <= 3; d++) {
                                for (int a = 0; a <= 3; a++) {
                                    if (gives(new PyTorchRule(k, s, p, a, d), in, out)) {
                                        tried.add(new PyTorchRule(k, s, p, a, d));
                                    }
                                }
                            }
                        }
                    }
                }
                List<PyTorchRule> found = solver.toSize(in, out);
                assertEquals(tried, new HashSet<>(found), in + " to " + out);
                assertEquals(tried.size(), found.size(), "none twice");
                answers += found.size();
            }
        }
        assertTrue(answers > 1000, "answers: " + answers);
    }

    private static boolean gives(PyTorchRule rule, int in, int out) {
        try {
            return rule.transposedConvolution(in).large() == out;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    @Test
    void noAnswerIsAnEmptyList() {
        assertEquals(List.of(), SizeSolver.upToKernel(2).stride(2).padding(0).toSize(4, 100));
        assertThrows(
                IllegalArgumentException.class, () -> SizeSolver.upToKernel(3).toSize(0, 4));
        assertThrows(IllegalArgumentException.class, () -> SizeSolver.upToKernel(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5 | outputPadding=0 resolves the two input sizes 5 and 6 that both give 3: the transposed convolution"
                        + " gives 5",
                "6 | outputPadding=1 resolves the two input sizes 5 and 6 that both give 3: the transposed convolution"
                        + " gives 6"
            })
    void mirrorResolvesWhatTheFloorLost(int size, String message) {
        Mirror mirror = SizeSolver.mirrorOf(
                PyTorchRule.kernelSize(3).stride(2).padding(1).convolution(size));
        assertEquals(message, mirror.message());
        assertEquals(size, mirror.pyTorch().get().transposedConvolution(3).large());
        assertEquals(mirror.outputPadding(), mirror.pyTorch().get().outputPadding());
    }

    @Test
    void mirrorOfLargeAndUnitStrides() {
        Mirror wide = SizeSolver.mirrorOf(PyTorchRule.kernelSize(3).stride(4).convolution(9));
        assertEquals(
                "outputPadding=2 resolves the 4 input sizes 7 to 10 that all give 2: the transposed convolution gives"
                        + " 9",
                wide.message());
        Mirror unit = SizeSolver.mirrorOf(PyTorchRule.kernelSize(3).convolution(9));
        assertEquals("no outputPadding is needed: 9 is the only input size that gives 7", unit.message());
    }

    /**
     * Every mirror restores its size in PyTorch's arguments, and all sizes it names, and no others, give the same
     * output.
     */
    @Test
    void mirrorsOfPyTorchConvolutions() {
        int mirrors = 0;
        for (int size = 1; size <= 12; size++) {
            for (int k = 1; k <= 4; k++) {
                for (int s = 1; s <= 4; s++) {
                    for (int p = 0; p <= 2; p++) {
                        for (int d = 1; d <= 2; d++) {
                            PyTorchRule rule = new PyTorchRule(k, s, p, 0, d);
                            if (d * (k - 1) + 1 > size + 2 * p) {
                                continue;
                            }
                            Axis convolution = rule.convolution(size);
                            Mirror mirror = SizeSolver.mirrorOf(convolution);
                            Axis restored = mirror.pyTorch().get().transposedConvolution(convolution.small());
                            assertEquals(convolution, restored);
                            assertEquals(GuideRule.lost(size, GuideRule.dilated(k, d), s, p), mirror.outputPadding());
                            for (int other = Math.max(1, d * (k - 1) + 1 - 2 * p); other <= size + s; other++) {
                                assertEquals(
                                        other >= mirror.smallestInput() && other <= mirror.largestInput(),
                                        rule.convolution(other).small() == convolution.small(),
                                        mirror + " " + other);
                            }
                            mirrors++;
                        }
                    }
                }
            }
        }
        assertTrue(mirrors > 1000, "mirrors: " + mirrors);
    }

    @Test
    void mirrorOfKerasSame() {
        Mirror even = SizeSolver.mirrorOf(KerasRule.convolution(6, 3, 2, 1, Padding.SAME));
        assertFalse(even.pyTorch().exists());
        assertEquals(
                "kernel_size=3, strides=2, dilation_rate=1, padding='same', output_padding=None",
                even.keras().toString());
        Mirror odd = SizeSolver.mirrorOf(KerasRule.convolution(5, 3, 2, 1, Padding.SAME));
        assertEquals(
                "kernel_size=3, strides=2, dilation_rate=1, padding='same', output_padding=0",
                odd.keras().toString());
        assertEquals(
                "kernel_shape=3, strides=2, dilations=1, pads=[1, 1], output_padding=0",
                odd.onnx().toString());
    }
}
