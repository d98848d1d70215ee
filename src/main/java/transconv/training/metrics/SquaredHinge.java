package transconv.training.metrics;

/**
 * The mean of {@code max(1 - target prediction, 0)²} with targets of -1 and 1; an update whose targets are all 0
 * or 1 is taken as -1 and 1. Source: Keras 3, {@code keras.metrics.SquaredHinge}.
 *
 * <pre>{@code
 * Metric metric = new SquaredHinge();
 * metric.update(Nd4j.createFromArray(new float[][] {{-1}}), Nd4j.createFromArray(new float[][] {{0.5f}}), null);
 * System.out.println(metric.result()); // 2.25
 * }</pre>
 */
public final class SquaredHinge extends ElementMean<SquaredHinge> {

    public SquaredHinge() {
        super("squared_hinge");
    }

    @Override
    double of(float target, float prediction) {
        double margin = Math.max(1 - (double) target * prediction, 0);
        return margin * margin;
    }

    @Override
    void prepare(float[] targets) {
        BinaryLabels.toSigns(targets);
    }
}
