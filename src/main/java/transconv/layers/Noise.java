package transconv.layers;

import java.util.OptionalLong;

/**
 * Where one layer's random numbers come from: drawn anew for every step of training, and for every use of a shared
 * layer. Without a seed they follow from {@link RandomSeed}; with one they are the same in every run, and two layers
 * with one seed draw the same, as in Keras. The numbers themselves differ from Keras'.
 */
public final class Noise {

    /** How they are distributed. */
    public enum Distribution {
        /** Evenly in [0, 1). */
        UNIFORM,
        /** With mean 0 and deviation 1. */
        NORMAL
    }

    private final Distribution distribution;
    private final OptionalLong seed;
    private final boolean sharedByBatch;

    /**
     * @param seed          of the layer, if it has one
     * @param sharedByBatch whether all samples of a batch get the same numbers
     */
    public Noise(Distribution distribution, OptionalLong seed, boolean sharedByBatch) {
        this.distribution = distribution;
        this.seed = seed;
        this.sharedByBatch = sharedByBatch;
    }

    public Distribution distribution() {
        return distribution;
    }

    public OptionalLong seed() {
        return seed;
    }

    public boolean sharedByBatch() {
        return sharedByBatch;
    }
}
