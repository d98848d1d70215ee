package transconv.layers;

import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/**
 * The one source of chance: weights and shuffling draw their seeds from it, so that one call makes a whole run
 * repeatable, as {@code keras.utils.set_random_seed}. The numbers differ from Keras'.
 *
 * <pre>{@code
 * RandomSeed.set(42);
 * System.out.println(RandomSeed.next() == 0); // false
 * }</pre>
 */
public final class RandomSeed {

    private static final ThreadLocal<SplittableRandom> OWN = new ThreadLocal<>();

    private static SplittableRandom seeds = new SplittableRandom();

    private RandomSeed() {}

    /** Starts the sequence of seeds anew; within {@link #during} that of this thread alone. */
    public static synchronized void set(long seed) {
        if (OWN.get() == null) {
            seeds = new SplittableRandom(seed);
        } else {
            OWN.set(new SplittableRandom(seed));
        }
    }

    /** The next seed of the sequence. */
    public static synchronized long next() {
        SplittableRandom own = OWN.get();
        return (own == null ? seeds : own).nextLong();
    }

    /**
     * Does work whose seeds are a sequence of its own, begun with {@code seed}: what other threads draw meanwhile
     * changes nothing, and afterwards the sequence outside goes on where it stood. Threads that the work starts itself
     * draw from the sequence outside.
     *
     * @throws Exception what the work throws
     */
    public static <T> T during(long seed, Callable<T> work) throws Exception {
        Objects.requireNonNull(work, "RandomSeed: work is null; give what is to be done");
        SplittableRandom outside = OWN.get();
        OWN.set(new SplittableRandom(seed));
        try {
            return work.call();
        } finally {
            if (outside == null) {
                OWN.remove();
            } else {
                OWN.set(outside);
            }
        }
    }
}
