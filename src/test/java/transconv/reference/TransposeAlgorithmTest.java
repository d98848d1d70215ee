package transconv.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import transconv.reference.TransposeAlgorithm.Problem;
import transconv.reference.TransposeAlgorithm.Result;

class TransposeAlgorithmTest {

    record Case(String name, Problem problem) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static int[] axes(int... lengths) {
        return lengths;
    }

    /** Height 2 to 4 by stride 2, 3 taps and a crop; width 3 to 4 by 2 taps; 2 channels to 3; 2 samples. */
    private static final Problem STRIDED = new Problem(
            2, 3, 2, 1, axes(1, 4, 4), axes(1, 2, 3), axes(1, 3, 2), axes(1, 2, 1), axes(1, 1, 1), axes(0, 1, 0));

    static List<Case> cases() {
        int[] ones = {1, 1, 1};
        int[] zeros = {0, 0, 0};
        return List.of(
                new Case("crop, height is not width", STRIDED),
                new Case(
                        "stride 1",
                        new Problem(1, 2, 3, 1, axes(1, 6, 5), axes(1, 4, 4), axes(1, 3, 2), ones, ones, zeros)),
                new Case(
                        "dilation, output padding",
                        new Problem(
                                2,
                                2,
                                1,
                                1,
                                axes(1, 10, 7),
                                axes(1, 3, 2),
                                axes(1, 2, 3),
                                axes(1, 3, 2),
                                axes(1, 2, 3),
                                axes(0, 0, 1))),
                new Case(
                        "stride above kernel",
                        new Problem(
                                1, 1, 2, 1, axes(1, 9, 7), axes(1, 3, 2), axes(1, 2, 1), axes(1, 3, 4), ones, zeros)),
                new Case(
                        "stride above output",
                        new Problem(
                                1,
                                1,
                                1,
                                1,
                                axes(1, 1, 2),
                                axes(1, 1, 1),
                                axes(1, 2, 2),
                                axes(1, 3, 5),
                                ones,
                                axes(0, 1, 0))),
                new Case(
                        "negative crop",
                        new Problem(
                                1,
                                2,
                                2,
                                1,
                                axes(1, 7, 6),
                                axes(1, 2, 3),
                                axes(1, 3, 2),
                                axes(1, 2, 1),
                                ones,
                                axes(0, -1, -1))),
                new Case(
                        "crop beyond the kernel",
                        new Problem(
                                1,
                                1,
                                1,
                                1,
                                axes(1, 1, 2),
                                axes(1, 4, 4),
                                axes(1, 2, 2),
                                axes(1, 2, 1),
                                ones,
                                axes(0, 3, 2))),
                new Case(
                        "3-D",
                        new Problem(
                                1,
                                2,
                                3,
                                1,
                                axes(5, 4, 7),
                                axes(3, 2, 3),
                                axes(2, 2, 3),
                                axes(2, 2, 3),
                                axes(1, 2, 1),
                                axes(1, 0, 1))),
                new Case(
                        "groups",
                        new Problem(
                                2,
                                6,
                                4,
                                2,
                                axes(1, 5, 8),
                                axes(1, 3, 4),
                                axes(1, 2, 3),
                                axes(1, 2, 2),
                                ones,
                                axes(0, 1, 0))));
    }

    private static double[] values(int length, long seed) {
        return new Random(seed).ints(length, -5, 6).asDoubleStream().toArray();
    }

    private static int volume(int[] sizes) {
        return Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    }

    private static Result compute(TransposeAlgorithm algorithm, Problem p) {
        return algorithm.compute(p, input(p), kernel(p));
    }

    private static double[] input(Problem p) {
        return values(p.batch() * volume(p.small()) * p.smallChannels(), 1);
    }

    private static double[] kernel(Problem p) {
        return values(volume(p.kernel()) * p.largeChannels() / p.groups() * p.smallChannels(), 2);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void allComputeWhatTheThreeFacesCompute(Case some) {
        Problem p = some.problem;
        double[] wanted = new Convolution(
                        p.batch(),
                        p.largeChannels(),
                        p.smallChannels(),
                        p.groups(),
                        p.large(),
                        p.small(),
                        p.kernel(),
                        p.stride(),
                        p.dilation(),
                        p.crop())
                .transpose(input(p), kernel(p));
        assertTrue(Arrays.stream(wanted).anyMatch(value -> value != 0));
        for (TransposeAlgorithm algorithm : TransposeAlgorithm.values()) {
            assertArrayEquals(wanted, compute(algorithm, p).x(), 0, algorithm.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void scatterAndPhasesWasteNothing(Case some) {
        long useful = compute(TransposeAlgorithm.SCATTER, some.problem).multiplyAdds();
        assertEquals(
                useful, compute(TransposeAlgorithm.OUTPUT_PHASES, some.problem).multiplyAdds());
        assertTrue(useful
                <= compute(TransposeAlgorithm.PRODUCT_AND_COL2IM, some.problem).multiplyAdds());
        assertTrue(useful
                <= compute(TransposeAlgorithm.ZERO_INSERTION, some.problem).multiplyAdds());
    }

    /** Of 3 taps at 2 rows one is cropped, so 5 meet; 2 taps at 3 columns: 6; times 2 · 3 channels, 2 samples. */
    @Test
    void countsOfTheStridedCase() {
        assertCost(TransposeAlgorithm.SCATTER, 5 * 6 * 6 * 2, 0);
        assertCost(TransposeAlgorithm.OUTPUT_PHASES, 5 * 6 * 6 * 2, 0);
        // 4 x 4 outputs with 3 x 2 taps each; a grid of 6 x 5 with 2 channels.
        assertCost(TransposeAlgorithm.ZERO_INSERTION, 16 * 6 * 6 * 2, 6 * 5 * 2 * 2 * 8);
        // 2 x 3 inputs with 3 x 2 taps each; as many columns of 3 channels.
        assertCost(TransposeAlgorithm.PRODUCT_AND_COL2IM, 6 * 6 * 6 * 2, 6 * 6 * 3 * 2 * 8);
    }

    private static void assertCost(TransposeAlgorithm algorithm, long multiplyAdds, long workBytes) {
        Result result = compute(algorithm, STRIDED);
        assertEquals(multiplyAdds, result.multiplyAdds(), algorithm.toString());
        assertEquals(workBytes, result.workBytes(), algorithm.toString());
    }

    @ParameterizedTest
    @EnumSource(TransposeAlgorithm.class)
    void refusesArraysOfAnotherLength(TransposeAlgorithm algorithm) {
        double[] tooShort = new double[23];
        String message = assertThrows(
                        IllegalArgumentException.class, () -> algorithm.compute(STRIDED, tooShort, kernel(STRIDED)))
                .getMessage();
        assertEquals("TransposeAlgorithm: y has 23 values, its shape needs 24", message);
        message = assertThrows(
                        IllegalArgumentException.class, () -> algorithm.compute(STRIDED, input(STRIDED), tooShort))
                .getMessage();
        assertEquals("TransposeAlgorithm: k has 23 values, its shape needs 36", message);
    }
}
