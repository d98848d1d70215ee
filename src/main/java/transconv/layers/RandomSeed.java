package transconv.layers;

import java.util.SplittableRandom;

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

    private static SplittableRandom seeds = new SplittableRandom();

    private RandomSeed() {}

    /** Starts the sequence of seeds anew. */
    public static synchronized void set(long seed) {
        seeds = new SplittableRandom(seed);
    }

    /** The next seed of the sequence. */
    public static synchronized long next() {
        return seeds.nextLong();
    }
}
