package transconv.layers;

import java.util.OptionalLong;

/**
 * Random numbers that are drawn anew for every step of training.
 *
 * @param seed of the layer; without one they follow from {@link RandomSeed}
 */
public record Noise(Distribution distribution, OptionalLong seed) {

    /** How they are distributed. */
    public enum Distribution {
        /** Evenly in [0, 1). */
        UNIFORM,
        /** With mean 0 and deviation 1. */
        NORMAL
    }
}
