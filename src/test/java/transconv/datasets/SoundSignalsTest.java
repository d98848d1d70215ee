package transconv.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class SoundSignalsTest {

    private static float[] floats(INDArray array) {
        return array.reshape(array.length()).toFloatVector();
    }

    @Test
    void aPartialIsItsFormula() {
        // 100 Hz at 800 Hz: an eighth of a turn a sample, halved in a hundredth of a second
        SoundSignals.Partial partial = new SoundSignals.Partial(2, 100, 0, 100 * Math.log(2), 0);
        double[] signal = SoundSignals.signal(List.of(partial), 17, 800, 400);
        assertEquals(0, signal[0]);
        assertEquals(2 * Math.sqrt(0.5) * Math.pow(0.5, 1 / 8.0), signal[1], 1e-12);
        assertEquals(2 * Math.pow(0.5, 2 / 8.0), signal[2], 1e-12);
        assertEquals(-2 * Math.pow(0.5, 6 / 8.0), signal[6], 1e-12);
        assertEquals(2 * 0.5 * Math.pow(0.5, 2 / 8.0), signal[10], 1e-12);
    }

    @Test
    void aChirpsPhaseIsTheIntegralOfItsFrequency() {
        // from 10 Hz by 20 Hz/s: after 1 s 10 + 10 = 20 turns; after 0.5 s 5 + 2.5 = 7.5 turns
        SoundSignals.Partial partial = new SoundSignals.Partial(1, 10, 20, 0, Math.PI / 2);
        double[] signal = SoundSignals.signal(List.of(partial), 101, 100, 50);
        assertEquals(1, signal[0], 1e-9);
        assertEquals(-1, signal[50], 1e-9);
        assertEquals(1, signal[100], 1e-9);
    }

    @Test
    void partialsFadeBelowTheLimitAndEndAtIt() {
        double[] loudness = new double[5];
        double[] frequencies = {80, 85, 90, 95, 100};
        for (int f = 0; f < 5; f++) {
            SoundSignals.Partial partial = new SoundSignals.Partial(1, frequencies[f], 0, 0, Math.PI / 2);
            loudness[f] = SoundSignals.signal(List.of(partial), 1, 1000, 100)[0];
        }
        double[] cosine = {1, 0.5 + Math.sqrt(0.125), 0.5, 0.5 - Math.sqrt(0.125), 0};
        assertArrayEquals(cosine, loudness, 1e-9);
    }

    @ParameterizedTest
    @EnumSource(SoundSignals.Kind.class)
    void theLowRateHoldsTheHighRatesSamplesWhereAllFits(SoundSignals.Kind kind) {
        for (int factor : new int[] {2, 4}) {
            // 0.8 * 1000 Hz, half of the quarter rate, so that nothing fades at the low rate that does not at the high
            SoundSignals.Pairs pairs =
                    new SoundSignals(3).kinds(kind).samples(512).pairs(0, 10, factor);
            float[] high = floats(pairs.high());
            float[] low = floats(pairs.low());
            assertArrayEquals(new long[] {10, 512 / factor, 1}, pairs.low().shape());
            for (int i = 0; i < low.length; i++) {
                assertEquals(high[i * factor], low[i], 1e-6);
            }
        }
    }

    @Test
    void whatTheLowRateCannotHoldIsNotInIt() {
        // 3000 Hz at a quarter of 8000 Hz would appear as 1000 Hz
        SoundSignals.Partial high = new SoundSignals.Partial(1, 3000, 0, 0, 1);
        SoundSignals.Partial low = new SoundSignals.Partial(1, 300, 0, 0, 1);
        assertArrayEquals(new double[64], SoundSignals.signal(List.of(high), 64, 2000, 1000));
        assertArrayEquals(
                SoundSignals.signal(List.of(low), 64, 2000, 1000),
                SoundSignals.signal(List.of(low, high), 64, 2000, 1000));
    }

    /**
     * The share of a signal's energy above {@code from} Hz, by a discrete Fourier transform under Blackman's window.
     */
    private static double above(float[] signal, int offset, int n, double rate, double from) {
        double high = 0;
        double all = 0;
        for (int k = 0; k <= n / 2; k++) {
            double re = 0;
            double im = 0;
            for (int i = 0; i < n; i++) {
                double turn = 2 * Math.PI * i / n;
                double value = (0.42 - 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn)) * signal[offset + i];
                re += value * Math.cos(k * turn);
                im -= value * Math.sin(k * turn);
            }
            double energy = re * re + im * im;
            all += energy;
            high += k * rate / n > from ? energy : 0;
        }
        return high / all;
    }

    @ParameterizedTest
    @EnumSource(SoundSignals.Kind.class)
    void nothingLiesAboveTheBandLimit(SoundSignals.Kind kind) {
        float[] signals = floats(
                new SoundSignals(2).kinds(kind).rate(8000, 1500).samples(512).generate(0, 12));
        for (int n = 0; n < 12; n++) {
            double share = above(signals, n * 512, 512, 8000, 1600);
            assertTrue(share < 1e-6, kind + " " + n + ": " + share + " of the energy above 1600 Hz");
            assertTrue(above(signals, n * 512, 512, 8000, 60) > 0.5, kind + " " + n + " is no tone");
        }
    }

    @Test
    void thePeakIsNineTenths() {
        float[] signals = floats(new SoundSignals(8).samples(300).generate(0, 30));
        for (int n = 0; n < 30; n++) {
            float peak = 0;
            for (int i = 0; i < 300; i++) {
                peak = Math.max(peak, Math.abs(signals[n * 300 + i]));
            }
            assertEquals(0.9f, peak, 1e-6);
        }
    }

    @Test
    void pluckedStringsDie() {
        float[] signals = floats(new SoundSignals(1)
                .kinds(SoundSignals.Kind.PLUCKED_STRING)
                .samples(4000)
                .generate(0, 10));
        for (int n = 0; n < 10; n++) {
            double early = 0;
            double late = 0;
            for (int i = 0; i < 1000; i++) {
                early += Math.pow(signals[n * 4000 + i], 2);
                late += Math.pow(signals[n * 4000 + 3000 + i], 2);
            }
            // 3/8 s later, at 3 to 13 a second: by exp(-2 * 1.125) or more
            assertTrue(late < 0.106 * early && late > 0, "string " + n + ": " + late / early);
        }
    }

    @Test
    void theSameSeedGivesTheSameBitsWhereverTheRangeBegins() {
        float[] six = floats(new SoundSignals(5).samples(128).generate(0, 6));
        assertArrayEquals(
                Arrays.copyOfRange(six, 512, 768),
                floats(new SoundSignals(5).samples(128).generate(4, 2)));
        assertEquals(-1_756_817_234, Arrays.hashCode(six));
        assertNotEquals(
                Arrays.hashCode(six),
                Arrays.hashCode(floats(new SoundSignals(6).samples(128).generate(0, 6))));
    }

    private static void refused(String words, Executable call) {
        assertEquals(words, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void refusals() {
        refused(
                "SoundSignals.pairs: factor=3 must be at least 1 and divide samples=1024; choose another of both",
                () -> new SoundSignals(1).pairs(0, 1, 3));
        refused(
                "SoundSignals.pairs: factor=0 must be at least 1 and divide samples=1024; choose another of both",
                () -> new SoundSignals(1).pairs(0, 1, 0));
        refused(
                "SoundSignals.rate: bandLimit(5000): must be 200 to 4000; give a number in that range",
                () -> new SoundSignals(1).rate(8000, 5000));
        refused("SoundSignals.samples(0): must be 1 to 10000000; give a number in that range", () -> new SoundSignals(1)
                .samples(0));
        refused(
                "SoundSignals.generate(2147483647, 1): first must be at least 0 and count 1 to 2097151; ask for fewer"
                        + " samples at a time",
                () -> new SoundSignals(1).generate(Integer.MAX_VALUE, 1));
    }
}
