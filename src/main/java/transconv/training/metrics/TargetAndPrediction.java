package transconv.training.metrics;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Targets and predictions of one update, after their shapes were brought together. */
record TargetAndPrediction(FloatTensor target, FloatTensor prediction) {

    /**
     * Both of the same shape. Source: Keras 3, {@code squeeze_or_expand_to_same_rank}; what is then still different
     * Keras broadcasts, so that a forgotten axis gives a wrong number, and here it is refused.
     */
    static TargetAndPrediction alike(String owner, INDArray targets, INDArray predictions) {
        FloatTensor target = FloatTensor.of(owner, "target", targets);
        FloatTensor prediction = FloatTensor.of(owner, "prediction", predictions);
        FloatTensor fittedTarget = fitted(target, prediction);
        FloatTensor fittedPrediction = fitted(prediction, target);
        if (!fittedTarget.hasShape(fittedPrediction.shape())) {
            throw new IllegalArgumentException(
                    "%s: target %s and prediction %s must have the same shape; give one target for each value"
                            .formatted(owner, target.shapeText(), prediction.shapeText()));
        }
        return new TargetAndPrediction(fittedTarget, fittedPrediction);
    }

    /** Targets are labels: the prediction's shape without its last axis, or with a last axis of length 1. */
    static TargetAndPrediction labelled(String owner, INDArray targets, INDArray predictions) {
        FloatTensor target = FloatTensor.of(owner, "target", targets);
        FloatTensor prediction = FloatTensor.of(owner, "prediction", predictions);
        FloatTensor labels = target.rank() == prediction.rank() && target.last() == 1 && target.rank() > 0
                ? target.withoutLastAxis()
                : target;
        if (prediction.rank() < 2
                || !labels.hasShape(prediction.withoutLastAxis().shape())) {
            throw new IllegalArgumentException(
                    ("%s: target %s and prediction %s must be labels (samples, ...) and scores (samples, ..., classes);"
                                    + " give one label for each line of scores, or take the metric for one-hot targets")
                            .formatted(owner, target.shapeText(), prediction.shapeText()));
        }
        return new TargetAndPrediction(labels, prediction);
    }

    private static FloatTensor fitted(FloatTensor tensor, FloatTensor to) {
        if (tensor.rank() == to.rank() + 1 && tensor.last() == 1 && to.rank() != 1) {
            return tensor.withoutLastAxis();
        }
        if (tensor.rank() == 1 && to.rank() == 2 && to.last() == 1) {
            return tensor.reshape(tensor.shape()[0], 1);
        }
        return tensor;
    }
}
