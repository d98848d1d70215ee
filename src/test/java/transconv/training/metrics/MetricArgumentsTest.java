package transconv.training.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.shape.Shape;

/** The words in which wrong arguments and wrong arrays are refused. */
class MetricArgumentsTest {

    private static final String SHARE = " must be at least 0 and at most 1; give a share";
    private static final String RAISE = "; raise it or leave it at its default";
    private static final String UNUSED = " after an update; set it before the first, or call reset()";
    private static final String SHAPES_DECIDE =
            " depends on the shapes of target and output; use Metrics.named(name, target, output)";

    static Stream<Arguments> refused() {
        return Stream.of(
                refused("accuracy: name=' ' must not be blank; leave it unset for 'accuracy'", () -> new Accuracy()
                        .name(" ")),
                refused(
                        "binary_accuracy: threshold=NaN must be a finite number; change it or leave it at its default",
                        () -> new BinaryAccuracy().threshold(Double.NaN)),
                refused(
                        "top_k_categorical_accuracy: k=0 must be at least 1" + RAISE,
                        () -> new TopKCategoricalAccuracy().k(0)),
                refused(
                        "sparse_top_k_categorical_accuracy: k=-2 must be at least 1" + RAISE,
                        () -> new SparseTopKCategoricalAccuracy().k(-2)),
                refused("binary_crossentropy: labelSmoothing=1.5" + SHARE, () -> new BinaryCrossentropy()
                        .labelSmoothing(1.5)),
                refused("categorical_crossentropy: labelSmoothing=-0.5" + SHARE, () -> new CategoricalCrossentropy()
                        .labelSmoothing(-0.5)),
                refused("precision: thresholds=1.5" + SHARE, () -> new Precision().thresholds(0.5, 1.5)),
                refused(
                        "recall: thresholds=[] must be one or more numbers; leave it unset for the default",
                        () -> new Recall().thresholds()),
                refused("precision: topK=0 must be at least 1" + RAISE, () -> new Precision().topK(0)),
                refused("precision_at_recall: recall=1.2" + SHARE, () -> new PrecisionAtRecall(1.2)),
                refused("recall_at_precision: precision=-0.1" + SHARE, () -> new RecallAtPrecision(-0.1)),
                refused(
                        "sensitivity_at_specificity: specificity=NaN" + SHARE,
                        () -> new SensitivityAtSpecificity(Double.NaN)),
                refused(
                        "specificity_at_sensitivity: numThresholds=0 must be at least 1" + RAISE,
                        () -> new SpecificityAtSensitivity(0.5).numThresholds(0)),
                refused("auc: numThresholds=1 must be at least 2" + RAISE, () -> new AUC().numThresholds(1)),
                refused("auc: thresholds=-0.5" + SHARE, () -> new AUC().thresholds(-0.5)),
                refused("auc: curve=null must be one of [ROC, PR, PRGAIN]", () -> new AUC().curve(null)),
                refused("auc: summationMethod=null must be one of [INTERPOLATION, MAJORING, MINORING]", () -> new AUC()
                        .summationMethod(null)),
                refused(
                        "auc: numLabels=3 must be left unset without multiLabel; set multiLabel(true) before it",
                        () -> new AUC().numLabels(3)),
                refused("auc: labelWeights=-1.0 must be a finite number at least 0; change it", () -> new AUC()
                        .labelWeights(1, -1)),
                refused("f1_score: average=null must be one of [NONE, MICRO, MACRO, WEIGHTED]", () -> new F1Score()
                        .average(null)),
                refused(
                        "f1_score: threshold=0.0 must be above 0 and at most 1; leave it unset for the highest of a"
                                + " sample",
                        () -> new F1Score().threshold(0)),
                refused(
                        "fbeta_score: beta=0.0 must be a finite number above 0; change it or leave it at its default",
                        () -> new FBetaScore().beta(0)),
                refused(
                        "r2_score: classAggregation=null must be one of"
                                + " [NONE, UNIFORM_AVERAGE, VARIANCE_WEIGHTED_AVERAGE]",
                        () -> new R2Score().classAggregation(null)),
                refused("r2_score: numRegressors=-1 must be at least 0" + RAISE, () -> new R2Score().numRegressors(-1)),
                refused("mean_io_u: numClasses=0 must be at least 1" + RAISE, () -> new MeanIoU(0)),
                refused(
                        "io_u: targetClassIds=3 must be at least 0 and below numClasses=3; choose another",
                        () -> new IoU(3, 0, 3)),
                refused(
                        "one_hot_io_u: targetClassIds=[] must be one or more classes; give those that count",
                        () -> new OneHotIoU(3)),
                refused("metric 'accuracy'" + SHAPES_DECIDE, () -> Metrics.named("accuracy")),
                refused("metric 'CE'" + SHAPES_DECIDE, () -> Metrics.named("CE")),
                refused("metric 'mean_io_u' needs arguments; use new MeanIoU(...)", () -> Metrics.named("mean_io_u")),
                refused(
                        "metric 'accuracy': output () has no last axis to choose by; reshape it to (1,)",
                        () -> Metrics.accuracyFor(Shape.of(), Shape.of())));
    }

    static Stream<Arguments> arraysThatDoNotFit() {
        INDArray weights = Nd4j.createFromArray(1f, 2f, 3f);
        return Stream.of(
                refused("mean_squared_error: target=null must be an array (samples, ...)", () -> new MeanSquaredError()
                        .update(null, zeros(2, 3), null)),
                refused(
                        "mean_squared_error: target (2, 1) and prediction (2, 3) must have the same shape; give one"
                                + " target for each value",
                        () -> new MeanSquaredError().update(zeros(2, 1), zeros(2, 3), null)),
                refused(
                        "hinge: target (3,) and prediction (2, 3) must have the same shape; give one target for each"
                                + " value",
                        () -> new Hinge().update(zeros(3), zeros(2, 3), null)),
                refused(
                        "mean_squared_error: sampleWeights (3,) for 2 samples; give one weight for each sample,"
                                + " (samples)",
                        () -> new MeanSquaredError().update(zeros(2, 3), zeros(2, 3), weights)),
                refused(
                        "precision: sampleWeights (3,) for 2 samples; give one weight for each sample, (samples)",
                        () -> new Precision().update(zeros(2, 3), zeros(2, 3), weights)),
                refused(
                        "mean_squared_error: sampleWeights with predictions (samples); reshape targets and predictions"
                                + " to (samples, 1)",
                        () -> new MeanSquaredError().update(zeros(3), zeros(3), weights)),
                refused(
                        "cosine_similarity: axis=2 must be an axis of predictions (2, 3)",
                        () -> new CosineSimilarity().axis(2).update(zeros(2, 3), zeros(2, 3), null)),
                refused(
                        "sparse_categorical_accuracy: target (2, 3) and prediction (2, 3) must be labels (samples, ...)"
                                + " and scores (samples, ..., classes); give one label for each line of scores, or take"
                                + " the metric for one-hot targets",
                        () -> new SparseCategoricalAccuracy().update(zeros(2, 3), zeros(2, 3), null)),
                refused(
                        "sparse_categorical_crossentropy: label 3.0 in target must be at least 0 and below 3, the"
                                + " classes of the prediction; change the label or set ignoreClass",
                        () -> new SparseCategoricalCrossentropy()
                                .update(Nd4j.createFromArray(0f, 3f), zeros(2, 3), null)),
                refused(
                        "precision: classId=3 must be a class of predictions (samples, ..., classes), received (2, 3);"
                                + " choose another",
                        () -> new Precision().classId(3).update(zeros(2, 3), zeros(2, 3), null)),
                refused(
                        "recall: topK=4 must be at most the classes of predictions (samples, ..., classes), received"
                                + " (2, 3); lower it",
                        () -> new Recall().topK(4).update(zeros(2, 3), zeros(2, 3), null)),
                refused(
                        "auc: prediction (2, 3, 4) with multiLabel must be (samples, classes)",
                        () -> new AUC().multiLabel(true).update(zeros(2, 3, 4), zeros(2, 3, 4), null)),
                refused(
                        "auc: prediction (2, 3) with multiLabel must be (samples, 4)",
                        () -> new AUC().multiLabel(true).numLabels(4).update(zeros(2, 3), zeros(2, 3), null)),
                refused(
                        "auc: 2 labelWeights for prediction (2, 3); give one for each class",
                        () -> new AUC().labelWeights(1, 2).update(zeros(2, 3), zeros(2, 3), null)),
                refused("auc: prediction (2, 4) has 4 labels after updates with 3; call reset()", () -> {
                    Metric metric = new AUC().multiLabel(true);
                    metric.update(zeros(2, 3), zeros(2, 3), null);
                    metric.update(zeros(2, 4), zeros(2, 4), null);
                }),
                refused("f1_score: prediction (2, 3, 4) must be (samples, classes); reshape it", () -> new F1Score()
                        .update(zeros(2, 3, 4), zeros(2, 3, 4), null)),
                refused("r2_score: prediction (3,) must be (samples, outputs); reshape it", () -> new R2Score()
                        .update(zeros(3), zeros(3), null)),
                refused("r2_score: prediction (2, 4) has 4 outputs after updates with 3; call reset()", () -> {
                    Metric metric = new R2Score();
                    metric.update(zeros(2, 3), zeros(2, 3), null);
                    metric.update(zeros(2, 4), zeros(2, 4), null);
                }),
                refused(
                        "io_u: target (2,) and prediction (3,) must be labels of the same positions; sparseYTrue and"
                                + " sparseYPred say which of them are labels already",
                        () -> new IoU(3, 0).update(zeros(2), zeros(3), null)),
                refused(
                        "one_hot_mean_io_u: target (2, 3) must have a last axis of at most numClasses=2; or say that"
                                + " it holds labels",
                        () -> new OneHotMeanIoU(2).update(zeros(2, 3), zeros(2, 3), null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"refused", "arraysThatDoNotFit"})
    void isRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    static Stream<Arguments> untimely() {
        return Stream.of(
                refused("precision: thresholds=[0.3]" + UNUSED, () -> updated(new Precision())
                        .thresholds(0.3)),
                refused("recall: classId=1" + UNUSED, () -> updated(new Recall())
                        .classId(1)),
                refused("auc: numThresholds=9" + UNUSED, () -> updated(new AUC())
                        .numThresholds(9)),
                refused("recall_at_precision: numThresholds=9" + UNUSED, () -> updated(new RecallAtPrecision(0.5))
                        .numThresholds(9)),
                refused("f1_score: result() of 3 results; read results(), or set average", () -> updated(new F1Score())
                        .result()),
                refused(
                        "true_positives: result() of 2 results; read results(), or set one threshold",
                        () -> updated(new TruePositives().thresholds(0.2, 0.4)).result()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("untimely")
    void isRefusedAtItsTime(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalStateException.class, call).getMessage());
    }

    @Test
    void valuesHaveNoTargets() {
        assertEquals(
                "mean: takes values, and no targets and predictions; call update(values, sampleWeights)",
                assertThrows(UnsupportedOperationException.class, () -> new Mean().update(zeros(2), zeros(2), null))
                        .getMessage());
    }

    /** What was refused has left nothing. */
    @Test
    void refusedSamplesDoNotCount() {
        Metric metric = new MeanSquaredError();
        metric.update(Nd4j.createFromArray(1f, 3f).reshape(2, 1), zeros(2, 1), null);
        assertThrows(
                IllegalArgumentException.class,
                () -> metric.update(zeros(2, 1), zeros(2, 1), Nd4j.createFromArray(1f, 2f, 3f)));
        assertEquals(5, metric.result());
        Metric labelled = new SparseCategoricalCrossentropy().fromLogits(true);
        assertThrows(
                IllegalArgumentException.class, () -> labelled.update(Nd4j.createFromArray(0f, 3f), zeros(2, 3), null));
        assertEquals(0, labelled.result());
    }

    private static <T extends BaseMetric<T>> T updated(T metric) {
        metric.update(zeros(2, 3), zeros(2, 3), null);
        return metric;
    }

    private static INDArray zeros(int... shape) {
        return Nd4j.zeros(shape);
    }

    private static Arguments refused(String message, Executable call) {
        return Arguments.of(message, call);
    }
}
