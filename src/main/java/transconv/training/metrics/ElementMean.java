package transconv.training.metrics;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The mean of what a target and its prediction give, element by element. */
abstract class ElementMean<T extends ElementMean<T>> extends SampleMean<T> {

    ElementMean(String name) {
        super(name);
    }

    abstract double of(float target, float prediction);

    /** Whether Keras takes the mean over the last axis first, even if that is the samples' axis. */
    boolean reducesLastAxis() {
        return true;
    }

    /** Comes before the values of an update with its targets, which may be changed. */
    void prepare(float[] targets) {}

    @Override
    final Values values(INDArray targets, INDArray predictions) {
        TargetAndPrediction both = TargetAndPrediction.alike(name(), targets, predictions);
        float[] target = both.target().data();
        float[] prediction = both.prediction().data();
        prepare(target);
        double[] each = new double[target.length];
        for (int i = 0; i < each.length; i++) {
            each[i] = of(target[i], prediction[i]);
        }
        int rank = both.prediction().rank();
        return new Values(
                each, rank > (reducesLastAxis() ? 1 : 0) ? both.prediction().shape()[0] : 0, null);
    }
}
