package transconv.training.metrics;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The mean of what labels and lines of predicted scores, one for each class, give. */
abstract class LabelMean<T extends LabelMean<T>> extends SampleMean<T> {

    LabelMean(String name) {
        super(name);
    }

    /** @param scores the values of all classes at one position */
    abstract double of(float label, float[] scores);

    /** Whether the label says that its position does not count. */
    boolean ignores(float label) {
        return false;
    }

    @Override
    final Values values(INDArray targets, INDArray predictions) {
        TargetAndPrediction both = TargetAndPrediction.labelled(name(), targets, predictions);
        float[] labels = both.target().data();
        float[] scores = both.prediction().data();
        int classes = both.prediction().last();
        double[] each = new double[labels.length];
        boolean[] counted = new boolean[labels.length];
        for (int i = 0; i < each.length; i++) {
            counted[i] = !ignores(labels[i]);
            each[i] = counted[i] ? of(labels[i], Arrays.copyOfRange(scores, i * classes, (i + 1) * classes)) : 0;
        }
        return new Values(each, both.prediction().shape()[0], counted);
    }
}
