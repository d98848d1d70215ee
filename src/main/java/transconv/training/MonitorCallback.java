package transconv.training;

import java.util.Map;
import java.util.OptionalDouble;
import transconv.config.Config;

/**
 * A callback that acts when a logged value gets better, or no longer does. Source: Keras 3, {@code MonitorCallback};
 * where Keras warns and goes on, it fails: a name that is not logged, a mode that the name does not tell.
 *
 * <pre>{@code
 * MonitorCallback<?> callback = new ReduceLROnPlateau().monitor("val_accuracy").verbose(1);
 * System.out.println(callback.monitor() + " " + callback.mode()); // val_accuracy AUTO
 * }</pre>
 *
 * @param <T> the callback itself, which its setters return
 */
public abstract class MonitorCallback<T extends MonitorCallback<T>> implements StatefulCallback {

    private String monitor = "val_loss";
    private MonitorMode mode = MonitorMode.AUTO;
    private int verbose;
    private boolean found;

    MonitorCallback() {}

    /** The name of the value in the logs; default {@code val_loss}. */
    public final T monitor(String monitor) {
        if (monitor == null || monitor.isBlank()) {
            throw new IllegalArgumentException(
                    "%s: monitor=%s must name a log; give loss, val_loss or a metric".formatted(name(), monitor));
        }
        this.monitor = monitor;
        return self();
    }

    /** Which way it gets better; default {@link MonitorMode#AUTO}. */
    public final T mode(MonitorMode mode) {
        if (mode == null) {
            throw new IllegalArgumentException(
                    "%s: mode=null must be AUTO, MIN or MAX; leave it unset for AUTO".formatted(name()));
        }
        this.mode = mode;
        return self();
    }

    /** 1 prints what it does on {@code System.out}, 0 nothing; default 0. */
    public final T verbose(int verbose) {
        this.verbose = Arguments.verbose(name(), verbose);
        return self();
    }

    public final String monitor() {
        return monitor;
    }

    public final MonitorMode mode() {
        return mode;
    }

    /** @throws IllegalArgumentException if the mode is AUTO and the monitored name does not tell it */
    @Override
    public void onTrainBegin(TrainingProgress progress) {
        found = false;
        direction();
    }

    /** The monitored name and the mode, then the callback's own settings. */
    @Override
    public Config config() {
        return Config.of(className()).with("monitor", monitor).with("mode", mode);
    }

    final String name() {
        return getClass().getSimpleName();
    }

    /**
     * The monitored value; empty if it was logged before and is not now.
     *
     * @throws IllegalArgumentException if it was not logged in this run yet
     */
    final OptionalDouble current(TrainingProgress progress) {
        Map<String, Double> logs = progress.logs();
        Double value = logs.get(monitor);
        if (value != null) {
            found = true;
            return OptionalDouble.of(value);
        }
        if (!found) {
            boolean validated = logs.keySet().stream().anyMatch(log -> log.startsWith("val_"));
            throw new IllegalArgumentException("%s: monitor=%s is not among the logs %s; %s"
                    .formatted(
                            name(),
                            monitor,
                            logs.keySet(),
                            monitor.startsWith("val_") && !validated
                                    ? "let fit validate, or monitor one of these"
                                    : "monitor one of these"));
        }
        return OptionalDouble.empty();
    }

    /** Whether a value is better than another one by more than {@code minDelta}; than NaN, none is, as in Keras. */
    final boolean improves(double value, OptionalDouble reference, double minDelta) {
        if (reference.isEmpty()) {
            return true;
        }
        return direction() == MonitorMode.MIN
                ? value + minDelta < reference.getAsDouble()
                : value - minDelta > reference.getAsDouble();
    }

    final void say(TrainingProgress progress, String message) {
        if (verbose > 0 && !progress.interrupted()) {
            System.out.println(message);
        }
    }

    @SuppressWarnings("unchecked")
    private T self() {
        return (T) this;
    }

    private MonitorMode direction() {
        if (mode != MonitorMode.AUTO) {
            return mode;
        }
        return MonitorMode.of(monitor)
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s: monitor=%s does not tell by its name whether less or more is better; set mode(MIN) or mode(MAX)"
                                .formatted(name(), monitor)));
    }
}
