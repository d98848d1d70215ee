package transconv.datasets;

import java.util.SplittableRandom;

/** The random numbers of one sample of a generated set: the same for the same seed and index on every machine. */
final class Draws {

    private final SplittableRandom random;

    /** @param stream keeps what is drawn apart: one stream's draws do not shift another's */
    Draws(long seed, long index, int stream) {
        // Two steps of SplittableRandom's own mixing, so that neighbouring seeds and indexes share no sample.
        long mixed = new SplittableRandom(seed).nextLong() + index;
        random = new SplittableRandom(new SplittableRandom(mixed).nextLong() + stream);
    }

    /** Evenly from {@code low} to {@code high}. */
    double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** Evenly one of the whole numbers {@code low} to {@code high}, both included. */
    int whole(int low, int high) {
        return low + (int) (random.nextDouble() * ((double) high - low + 1));
    }

    /** -1 or 1. */
    int sign() {
        return random.nextDouble() < 0.5 ? -1 : 1;
    }

    /** A standard normal number after Box and Muller (1958); StrictMath makes it the same on every machine. */
    double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }

    /** Refuses a range of samples that is not one, or that does not fit one Java array of {@code size} values each. */
    static void check(String place, int first, int count, long size) {
        long most = (Integer.MAX_VALUE - 8) / size;
        if (first < 0 || count < 1 || count > most || first > Integer.MAX_VALUE - count) {
            throw new IllegalArgumentException(
                    "%s(%d, %d): first must be at least 0 and count 1 to %d; ask for fewer samples at a time"
                            .formatted(place, first, count, most));
        }
    }
}
