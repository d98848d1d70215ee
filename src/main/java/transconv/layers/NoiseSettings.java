package transconv.layers;

import java.util.OptionalLong;
import transconv.config.Config;
import transconv.ops.Ops;
import transconv.ops.Value;
import transconv.shape.Shape;

/** How a layer draws its noise. */
final class NoiseSettings {

    private final Noise.Distribution distribution;
    private OptionalLong seed = OptionalLong.empty();
    private boolean sharedByBatch;
    private Noise noise;

    NoiseSettings(Noise.Distribution distribution) {
        this.distribution = distribution;
        renew();
    }

    private void renew() {
        noise = new Noise(distribution, seed, sharedByBatch);
    }

    void seed(long seed) {
        this.seed = OptionalLong.of(seed);
        renew();
    }

    void sharedByBatch(boolean sharedByBatch) {
        this.sharedByBatch = sharedByBatch;
        renew();
    }

    /** @param shape (batch, ...) */
    Value draw(Shape shape, Pass pass) {
        return pass.noise(noise, shape);
    }

    /**
     * 1 with the probability 1 - rate, else 0.
     *
     * @param shape (batch, ...)
     */
    Value kept(double rate, Shape shape, Pass pass) {
        Value drawn = draw(shape, pass);
        // Rounded, so that engines that compute in floats keep the same values as one in doubles.
        return Ops.greaterEqual(drawn, Ops.fill(drawn.graph(), shape, (float) rate));
    }

    /**
     * The input where it is kept, times 1 / (1 - rate), else 0.
     *
     * @param maskShape the input's, with length 1 on the axes along which all is kept or dropped together
     */
    Value dropped(Value input, double rate, Shape maskShape, Pass pass) {
        if (rate == 0) {
            return input;
        }
        if (rate == 1) {
            return Ops.affine(input, 0, 0);
        }
        Value mask = Ops.affine(kept(rate, maskShape, pass), 1 / (1 - rate), 0);
        return Ops.multiply(input, Ops.broadcast(mask, input.shape()));
    }

    void describe(Config config) {
        config.with("seed", seed.isPresent() ? seed.getAsLong() : null);
    }

    /** @return the seed, if there is one */
    static OptionalLong readSeed(Config config) {
        if (!config.has("seed")) {
            return OptionalLong.empty();
        }
        // Not as a double, which has no room for every long.
        Object written = config.values().get("seed");
        return OptionalLong.of(written instanceof Long whole ? whole : config.integer("seed"));
    }

    /** @throws IllegalArgumentException if the value is outside, or NaN */
    static double fromZeroToOne(String layer, String argument, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(
                    "%s: %s=%s must be from 0 (no noise) to 1; change it, or leave the layer out"
                            .formatted(layer, argument, value));
        }
        return value;
    }

    /** The same without 1, at which noise would have no bounds. */
    static double belowOne(String layer, String argument, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(
                    "%s: %s=%s must be at least 0 (no noise) and below 1, where noise has no bounds; change it"
                            .formatted(layer, argument, value));
        }
        return value;
    }
}
