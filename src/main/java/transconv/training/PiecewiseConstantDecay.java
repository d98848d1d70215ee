package transconv.training;

import java.util.Arrays;
import java.util.Set;
import transconv.config.Config;

/**
 * A learning rate that stays until a step and then changes. Source: Keras 3, {@code PiecewiseConstantDecay}.
 *
 * <pre>{@code
 * LearningRateSchedule schedule = new PiecewiseConstantDecay(new long[] {100, 200}, new double[] {0.1, 0.05, 0.01});
 * System.out.println(schedule.at(100) + " " + schedule.at(101)); // 0.1 0.05
 * }</pre>
 */
public final class PiecewiseConstantDecay implements LearningRateSchedule {

    private final long[] boundaries;
    private final double[] values;

    /**
     * The rates and where they change.
     *
     * @param boundaries the last step of every rate but the last one, increasing, at least one
     * @param values     the rates, at least 0, one more than boundaries
     * @throws IllegalArgumentException if they are not so
     */
    public PiecewiseConstantDecay(long[] boundaries, double[] values) {
        if (boundaries.length == 0 || values.length != boundaries.length + 1) {
            throw new IllegalArgumentException(
                    ("PiecewiseConstantDecay: boundaries=%s and values=%s must be one or more steps and "
                                    + "one rate more than steps; add or remove a rate")
                            .formatted(Arrays.toString(boundaries), Arrays.toString(values)));
        }
        for (int i = 1; i < boundaries.length; i++) {
            if (boundaries[i] <= boundaries[i - 1]) {
                throw new IllegalArgumentException(
                        "PiecewiseConstantDecay: boundaries=%s must increase; put %d before %d or leave one out"
                                .formatted(Arrays.toString(boundaries), boundaries[i], boundaries[i - 1]));
            }
        }
        for (int i = 0; i < values.length; i++) {
            Arguments.notNegative("PiecewiseConstantDecay", "values[" + i + "]", values[i]);
        }
        this.boundaries = boundaries.clone();
        this.values = values.clone();
    }

    @Override
    public double at(long step) {
        int piece = 0;
        while (piece < boundaries.length && step > boundaries[piece]) {
            piece++;
        }
        return values[piece];
    }

    @Override
    public Config config() {
        return Config.of(className())
                .with("boundaries", Arrays.stream(boundaries).boxed().toList())
                .with("values", Arrays.stream(values).boxed().toList());
    }

    /** From Keras' settings. */
    static PiecewiseConstantDecay of(Config config) {
        config.requireOnly(Set.of("boundaries", "values", "name"));
        return new PiecewiseConstantDecay(Setting.wholes(config, "boundaries"), Setting.numbers(config, "values"));
    }
}
