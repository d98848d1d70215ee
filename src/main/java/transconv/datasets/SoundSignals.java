package transconv.datasets;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sound-like signals made of partials, and pairs of them at a low and a high sampling rate, for upsampling in one
 * dimension. The same seed and settings give the same signals on every machine.
 *
 * <p>A signal is the sum of a_k(t) sin(phase_k(t)), computed at each time t in s and not filtered from another signal:
 * a partial fades out as a raised cosine while its frequency passes from 80 to 100 % of the limit, so none lies above
 * it and nothing aliases. Limit is {@link #bandLimit}, and for the low rate half of that rate where this is less. Each
 * signal's largest magnitude at the high rate is 0.9.
 *
 * <p>Sources: Moorer (1977), Signal Processing Aspects of Computer Music, additive synthesis; Fletcher, Blackham and
 * Stratton (1962), Quality of Piano Tones: partials of a stiff string, f_k = k f_0 sqrt(1 + B k²).
 *
 * <pre>{@code
 * SoundSignals.Pairs pairs = new SoundSignals(1).samples(256).pairs(0, 5, 4);
 * System.out.println(pairs.low().size(1) + " " + pairs.high().size(1)); // 64 256
 * }</pre>
 */
public final class SoundSignals {

    /** What makes a signal sound. */
    public enum Kind {
        /** A tone of 80 Hz or more with up to 12 harmonics k f_0 of amplitude 1 / k, at random phases. */
        HARMONICS,
        /** A tone that glides evenly from one frequency to another, with two harmonics. */
        CHIRP,
        /**
         * A string plucked at a share p of its length: sin(k pi p) / k² for partial k, the higher ones dying sooner.
         */
        PLUCKED_STRING
    }

    private static final int PARTIALS = 40;
    private static final double PEAK = 0.9;
    /** Of the limit, from where on a partial fades. */
    private static final double FADE = 0.8;

    private static final double LOWEST = 80;

    private final long seed;
    private double samplingRate = 8000;
    private double bandLimit = 1000;
    private int samples = 1024;
    private List<Kind> kinds = List.of(Kind.values());

    /** @param seed chooses one of 2^64 endless sequences of signals */
    public SoundSignals(long seed) {
        this.seed = seed;
    }

    /**
     * Samples a second at the high rate, in Hz, 8000 by default; and no partial lies above {@code bandLimit} in Hz,
     * 1000 by default: all of it is then in the low-rate signal too, down to a quarter of the rate.
     *
     * @throws IllegalArgumentException if the rate is not 400 to 1,000,000 Hz, or the limit not 200 Hz to half the rate
     */
    public SoundSignals rate(double samplingRate, double bandLimit) {
        double checkedRate = Interval.check("SoundSignals.rate: samplingRate", samplingRate, 400, 1e6);
        this.bandLimit = Interval.check("SoundSignals.rate: bandLimit", bandLimit, 200, checkedRate / 2);
        this.samplingRate = checkedRate;
        return this;
    }

    /** How long a signal is at the high rate, in samples; 1024 by default, from 1 to 10,000,000. */
    public SoundSignals samples(int samples) {
        this.samples = Interval.check("SoundSignals.samples", samples, 1, 10_000_000);
        return this;
    }

    /** The kinds to draw from, each equally likely; all by default. */
    public SoundSignals kinds(Kind first, Kind... others) {
        Set<Kind> chosen = EnumSet.of(first, others);
        kinds = List.copyOf(chosen);
        return this;
    }

    /**
     * The same signals at two rates; sample i of {@code low} is taken at the time of sample i * factor of {@code high}.
     *
     * @param low  FLOAT [n, samples / factor, 1 channel]
     * @param high FLOAT [n, samples, 1 channel] in [-0.9, 0.9]
     */
    public record Pairs(INDArray low, INDArray high) {}

    /**
     * Signals {@code first} to {@code first + count - 1} of an endless sequence: FLOAT [count, samples, 1 channel] in
     * [-0.9, 0.9]; disjoint ranges make training and test sets.
     *
     * @throws IllegalArgumentException if first is negative, or count is below 1 or too large for one array
     */
    public INDArray generate(int first, int count) {
        return pairs(first, count, 1).high();
    }

    /**
     * Signals {@code first} to {@code first + count - 1} at the sampling rate and at that rate / {@code factor}.
     *
     * @throws IllegalArgumentException as {@link #generate}, or if factor is below 1 or does not divide the samples
     */
    public Pairs pairs(int first, int count, int factor) {
        Draws.check("SoundSignals.generate", first, count, samples);
        if (factor < 1 || samples % factor != 0) {
            throw new IllegalArgumentException(
                    "SoundSignals.pairs: factor=%d must be at least 1 and divide samples=%d; choose another of both"
                            .formatted(factor, samples));
        }
        int few = samples / factor;
        float[] low = new float[count * few];
        float[] high = new float[count * samples];
        for (int n = 0; n < count; n++) {
            List<Partial> partials = partials(new Draws(seed, first + n, 0));
            double[] fine = signal(partials, samples, samplingRate, bandLimit);
            double peak = 0;
            for (double value : fine) {
                peak = Math.max(peak, Math.abs(value));
            }
            double gain = peak == 0 ? 0 : PEAK / peak;
            copy(fine, gain, high, n * samples);
            double lowRate = samplingRate / factor;
            copy(signal(partials, few, lowRate, Math.min(bandLimit, lowRate / 2)), gain, low, n * few);
        }
        return new Pairs(
                Nd4j.createFromArray(low).reshape(count, few, 1),
                Nd4j.createFromArray(high).reshape(count, samples, 1));
    }

    private static void copy(double[] values, double gain, float[] to, int offset) {
        for (int i = 0; i < values.length; i++) {
            to[offset + i] = (float) (gain * values[i]);
        }
    }

    /**
     * One sine: its phase is phase + 2 pi (frequency t + glide t² / 2), its frequency frequency + glide t, its
     * amplitude amplitude exp(-decay t), for t in s, frequency in Hz, glide in Hz/s and decay in 1/s.
     */
    record Partial(double amplitude, double frequency, double glide, double decay, double phase) {}

    static double[] signal(List<Partial> partials, int samples, double rate, double limit) {
        double[] sum = new double[samples];
        for (Partial partial : partials) {
            for (int i = 0; i < samples; i++) {
                double t = i / rate;
                double loudness = partial.amplitude() * faded(partial.frequency() + partial.glide() * t, limit);
                if (loudness != 0) {
                    double phase = partial.phase() + 2 * Math.PI * t * (partial.frequency() + partial.glide() * t / 2);
                    sum[i] += loudness * StrictMath.exp(-partial.decay() * t) * StrictMath.sin(phase);
                }
            }
        }
        return sum;
    }

    private static double faded(double frequency, double limit) {
        double along = (frequency / limit - FADE) / (1 - FADE);
        return along <= 0 ? 1 : along >= 1 ? 0 : 0.5 + 0.5 * StrictMath.cos(Math.PI * along);
    }

    private List<Partial> partials(Draws draws) {
        return switch (kinds.get(draws.whole(0, kinds.size() - 1))) {
            case HARMONICS -> harmonics(draws);
            case CHIRP -> chirp(draws);
            case PLUCKED_STRING -> string(draws);
        };
    }

    private List<Partial> harmonics(Draws draws) {
        double tone = draws.between(LOWEST, Math.max(LOWEST, bandLimit * 0.4));
        Partial[] partials = new Partial[draws.whole(1, 12)];
        for (int k = 1; k <= partials.length; k++) {
            partials[k - 1] = new Partial(draws.between(0.5, 1) / k, k * tone, 0, 0, turn(draws));
        }
        return List.of(partials);
    }

    private List<Partial> chirp(Draws draws) {
        double from = draws.between(LOWEST, bandLimit * FADE);
        double to = draws.between(LOWEST, bandLimit * FADE);
        double glide = (to - from) * samplingRate / samples;
        Partial[] partials = new Partial[3];
        for (int k = 1; k <= partials.length; k++) {
            partials[k - 1] = new Partial(1.0 / (1 << (k - 1)), k * from, k * glide, 0, turn(draws));
        }
        return List.of(partials);
    }

    private List<Partial> string(Draws draws) {
        double tone = draws.between(LOWEST, Math.max(LOWEST, bandLimit * 0.25));
        double place = draws.between(0.1, 0.5);
        double stiffness = draws.between(0, 0.0005);
        double decay = draws.between(3, 12);
        // The first sample comes a little after the pluck, whose jump no band limit would hold.
        double since = draws.between(0.001, 0.02);
        Partial[] partials = new Partial[PARTIALS];
        for (int k = 1; k <= PARTIALS; k++) {
            double frequency = k * tone * Math.sqrt(1 + stiffness * k * k);
            double dying = decay * (1 + 0.02 * k * k);
            double amplitude = StrictMath.sin(k * Math.PI * place) / (k * k) * StrictMath.exp(-dying * since);
            partials[k - 1] = new Partial(amplitude, frequency, 0, dying, 2 * Math.PI * frequency * since);
        }
        return List.of(partials);
    }

    private static double turn(Draws draws) {
        return draws.between(0, 2 * Math.PI);
    }
}
