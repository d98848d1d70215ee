package transconv.training.metrics;

/**
 * The mean of {@code max(1 - target prediction, 0)} with targets of -1 and 1; an update whose targets are all 0 or
 * 1 is taken as -1 and 1. Source: Keras 3, {@code keras.metrics.Hinge}.
 *
 * <pre>{@code
 * Metric metric = new Hinge();
 * metric.update(Nd4j.createFromArray(new float[][] {{-1}}), Nd4j.createFromArray(new float[][] {{0.5f}}), null);
 * System.out.println(metric.result()); // 1.5
 * }</pre>
 */
public final class Hinge extends ElementMean<Hinge> {

    public Hinge() {
        super("hinge");
    }

    @Override
    double of(float target, float prediction) {
        return Math.max(1 - (double) target * prediction, 0);
    }

    @Override
    void prepare(float[] targets) {
        BinaryLabels.toSigns(targets);
    }
}
