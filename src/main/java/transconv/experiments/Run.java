package transconv.experiments;

import java.util.Map;

/**
 * One finished run of an experiment.
 *
 * <pre>{@code
 * Results results = Experiment.of("sum", setting -> Measures.of("y", setting.number("x") + 1))
 *         .grid(Grid.of().vary("x", 2)).listener(ExperimentListener.SILENT).run();
 * Run run = results.runs().get(0);
 * System.out.println(run.setting() + " -> " + run.measures()); // x=2 -> {y=3.0}
 * }</pre>
 *
 * @param number   its place in the grid, from 1
 * @param seed     what {@link transconv.layers.RandomSeed} began with
 * @param measures by name; empty if it failed
 * @param failure  the message of the failure, or null
 */
public record Run(int number, Setting setting, long seed, Map<String, Double> measures, String failure) {

    /** Whether it ended with an exception. */
    public boolean failed() {
        return failure != null;
    }
}
