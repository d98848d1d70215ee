package transconv.models;

import java.util.Set;
import transconv.config.Config;
import transconv.layers.RandomSeed;

/**
 * Where a model's training takes its chance from: a seed and the number of steps made. Nothing else decides, so that
 * training which goes on from a saved model is the same as training that was never stopped.
 */
final class Chance {

    private Long seed;
    private long steps;
    /** How often noise was drawn since the last step: more than once where the caller makes steps of gradients. */
    private long draws;

    private long seed() {
        if (seed == null) {
            seed = RandomSeed.next();
        }
        return seed;
    }

    /** For the order of the samples in an epoch that begins now. */
    long orderSeed() {
        return seed() ^ Long.rotateLeft(steps * 0x9E3779B97F4A7C15L, 17);
    }

    /** For the step that comes next; gradients that are computed again before it have other noise. */
    NoiseSource noise() {
        return new NoiseSource(seed(), steps, draws++);
    }

    void stepMade() {
        steps++;
        draws = 0;
    }

    Config config() {
        return Config.of("chance").with("seed", seed).with("steps", steps).with("draws", draws);
    }

    /** Goes on where another one stood. */
    static Chance of(Config config) {
        Chance chance = new Chance();
        chance.read(config);
        return chance;
    }

    /**
     * As above, for a run that is begun again: it draws its seed all the same, so that what is drawn afterwards is the
     * same as in a run that was never stopped.
     */
    void resume(Config config) {
        seed();
        read(config);
    }

    private void read(Config config) {
        config.requireOnly(Set.of("seed", "steps", "draws"));
        if (config.has("seed")) {
            seed = config.whole("seed");
        }
        steps = config.whole("steps");
        draws = config.whole("draws");
        if (steps < 0 || draws < 0) {
            throw new IllegalArgumentException(
                    "chance: steps=%d and draws=%d must be at least 0".formatted(steps, draws));
        }
    }
}
