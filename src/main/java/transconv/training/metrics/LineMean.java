package transconv.training.metrics;

import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.config.Config;

/** The mean of what lines of targets and predictions along one axis give. */
abstract class LineMean<T extends LineMean<T>> extends SampleMean<T> {

    private int axis = -1;

    LineMean(String name) {
        super(name);
    }

    /** @param target, prediction the values along the axis at one position; they are reused for the next */
    abstract double of(float[] target, float[] prediction);

    final int axis() {
        return axis;
    }

    final void setAxis(int axis) {
        this.axis = axis;
    }

    final void readAxis(Config config) {
        if (config.has("axis")) {
            setAxis(config.integer("axis"));
        }
    }

    @Override
    final Values values(INDArray targets, INDArray predictions) {
        TargetAndPrediction both = TargetAndPrediction.alike(name(), targets, predictions);
        FloatTensor prediction = both.prediction();
        int along = axis < 0 ? prediction.rank() + axis : axis;
        if (along < 0 || along >= prediction.rank()) {
            throw refused("axis", axis, "an axis of predictions %s".formatted(prediction.shapeText()));
        }
        int length = prediction.shape()[along];
        int inner = 1;
        for (int a = along + 1; a < prediction.rank(); a++) {
            inner *= prediction.shape()[a];
        }
        double[] each = new double[prediction.data().length / length];
        float[] targetLine = new float[length];
        float[] predictionLine = new float[length];
        for (int position = 0; position < each.length; position++) {
            int first = position / inner * length * inner + position % inner;
            for (int i = 0; i < length; i++) {
                targetLine[i] = both.target().data()[first + i * inner];
                predictionLine[i] = prediction.data()[first + i * inner];
            }
            each[position] = of(targetLine, predictionLine);
        }
        return Values.of(each, prediction.shapeWithout(along));
    }
}
