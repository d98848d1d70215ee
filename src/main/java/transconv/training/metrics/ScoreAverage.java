package transconv.training.metrics;

/**
 * How the scores of several classes become one. Source: Keras 3, {@code average} of {@code keras.metrics.FBetaScore}.
 *
 * <pre>{@code
 * Metric metric = new F1Score().average(ScoreAverage.MACRO);
 * System.out.println(metric.config().text("average")); // macro
 * }</pre>
 */
public enum ScoreAverage {
    /** They do not: there is one result for each class. */
    NONE,
    /** One score of the counts of all classes. */
    MICRO,
    /** The mean of the classes' scores. */
    MACRO,
    /** The mean of the classes' scores, weighted by how often each is the target. */
    WEIGHTED
}
