package transconv.models;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Means over the batches of an epoch, weighted by samples, and metrics, by the names that Keras logs them under. */
final class Meter {

    private final Compilation compilation;
    private final double[] sums;
    private long count;

    Meter(Compilation compilation) {
        this.compilation = compilation;
        int outputs = compilation.outputNames.size();
        sums = new double[outputs == 1 ? 1 : 1 + outputs];
        compilation.metrics.forEach(metric -> metric.metric().reset());
    }

    void add(double[] losses, int samples) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += losses[i] * samples;
        }
        count += samples;
    }

    /** The sums and the count, for a backup; metrics are not in it. */
    double[] state() {
        double[] state = Arrays.copyOf(sums, sums.length + 1);
        state[sums.length] = count;
        return state;
    }

    /** Goes on where another one stood. */
    void restore(double[] state) {
        if (state.length != sums.length + 1) {
            throw new IllegalArgumentException(
                    "losses of an epoch: %d numbers must be %d".formatted(state.length, sums.length + 1));
        }
        System.arraycopy(state, 0, sums, 0, sums.length);
        count = (long) state[sums.length];
    }

    double loss() {
        return sums[0] / count;
    }

    /**
     * A metric with several results has one log for each, {@code f1_score_0}.
     *
     * @param prefix {@code val_} for validation
     */
    Map<String, Double> logs(String prefix) {
        Map<String, Double> logs = new LinkedHashMap<>();
        logs.put(prefix + "loss", loss());
        for (int i = 1; i < sums.length; i++) {
            logs.put(prefix + compilation.outputNames.get(i - 1) + "_loss", sums[i] / count);
        }
        for (OutputMetric metric : compilation.metrics) {
            double[] results = metric.metric().results();
            for (int i = 0; i < results.length; i++) {
                logs.put(prefix + metric.name() + (results.length == 1 ? "" : "_" + i), results[i]);
            }
        }
        return logs;
    }
}
