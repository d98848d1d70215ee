package transconv.measures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static transconv.measures.ImageMeasuresTest.refused;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.training.metrics.MeanIoU;

/** What is counted of labels: curves of scores, and confusion matrices. */
class LabelMeasuresTest {

    private static final INDArray LABELS = Nd4j.createFromArray(0, 1, 0, 1, 1);

    @Test
    void equalScoresAreOnePointAndCountHalf() {
        RocCurve curve = RocCurve.of(LABELS, Nd4j.createFromArray(0.2, 0.9, 0.5, 0.5, 0.5));
        assertArrayEquals(new double[] {Double.POSITIVE_INFINITY, 0.9, 0.5, 0.2}, curve.thresholds());
        assertArrayEquals(new double[] {0, 0, 0.5, 1}, curve.falsePositiveRates());
        assertArrayEquals(new double[] {0, 1 / 3.0, 1, 1}, curve.truePositiveRates());
        // of six pairs four are right and two are ties
        assertEquals(5 / 6.0, curve.area());
    }

    @Test
    void zerosOfBothSignsAreOneScore() {
        RocCurve curve = RocCurve.of(Nd4j.createFromArray(1, 0, 1, 0), Nd4j.createFromArray(0.0, -0.0, -0.0, 0.0));
        assertEquals(0.5, curve.area());
        assertEquals(2, curve.thresholds().length);
    }

    @Test
    void whatIsGivenBackIsACopy() {
        RocCurve curve = RocCurve.of(LABELS, Nd4j.createFromArray(0.2, 0.9, 0.5, 0.5, 0.5));
        curve.thresholds()[1] = 7;
        assertEquals(0.9, curve.thresholds()[1]);
        ConfusionMatrix matrix = ConfusionMatrix.of(LABELS, LABELS, 2);
        matrix.counts()[0][0] = 7;
        assertEquals(2, matrix.counts()[0][0]);
    }

    @Test
    void matricesAddUp() {
        INDArray target = Nd4j.createFromArray(new int[][] {{0, 1, 2}, {2, 2, 1}});
        INDArray prediction = Nd4j.createFromArray(new int[][] {{0, 2, 2}, {1, 2, 1}});
        ConfusionMatrix whole = ConfusionMatrix.of(target, prediction, 3);
        assertArrayEquals(new long[][] {{1, 0, 0}, {0, 1, 1}, {0, 1, 2}}, whole.counts());
        ConfusionMatrix sum = ConfusionMatrix.of(target.slice(0), prediction.slice(0), 3)
                .plus(ConfusionMatrix.of(target.slice(1), prediction.slice(1), 3));
        assertArrayEquals(whole.counts(), sum.counts());
        // 1, 1 / 3 and 2 / 4
        assertEquals((1 + 1 / 3.0 + 0.5) / 3, whole.meanIou(), 1e-15);
        assertArrayEquals(new double[] {1, 0.5, 2 / 3.0}, whole.precision());
        MeanIoU running = new MeanIoU(3);
        running.update(target, prediction, null);
        assertEquals(running.result(), whole.meanIou(), 1e-6);
        // transposed in memory only
        assertArrayEquals(
                whole.counts(),
                ConfusionMatrix.of(target.dup('f'), prediction, 3).counts());
    }

    @Test
    void aMatrixPrintsAsATable() {
        INDArray zeros = Nd4j.zeros(12);
        assertEquals(
                """
                true \\ predicted   0   1
                               0  12   0
                               1   0   0""",
                ConfusionMatrix.of(zeros, zeros, 2).toString());
    }

    @TestFactory
    Stream<DynamicTest> refusesCurves() {
        INDArray scores = Nd4j.createFromArray(0.1, 0.2, 0.3, 0.4, 0.5);
        return Stream.of(
                refused("RocCurve: 5 labels for 3 scores", () -> RocCurve.of(LABELS, Nd4j.zeros(3))),
                refused("RocCurve: all 5 labels are 1;", () -> RocCurve.of(Nd4j.ones(5), scores)),
                refused("RocCurve: all 5 labels are 0;", () -> RocCurve.of(Nd4j.zeros(5), scores)),
                refused("RocCurve: a label is 2.0; it must be 0 or 1", () -> RocCurve.of(LABELS.mul(2), scores)),
                refused(
                        "RocCurve: a label is NaN; it must be 0 or 1",
                        () -> RocCurve.of(Nd4j.createFromArray(0, 1, Double.NaN, 1, 1), scores)),
                refused(
                        "RocCurve: a score is NaN; every score must be finite",
                        () -> RocCurve.of(LABELS, Nd4j.createFromArray(0, 1, Double.NaN, 1, 1))),
                refused("RocCurve: scores=null must be an array", () -> RocCurve.of(LABELS, null)));
    }

    @TestFactory
    Stream<DynamicTest> refusesMatrices() {
        return Stream.of(
                refused("ConfusionMatrix: classes=1 must be at least 2", () -> ConfusionMatrix.of(LABELS, LABELS, 1)),
                refused(
                        "ConfusionMatrix: prediction [1, 5] for target [5]; give both the same shape",
                        () -> ConfusionMatrix.of(LABELS, LABELS.reshape(1, 5), 2)),
                refused(
                        "ConfusionMatrix: a prediction is 2.0; it must be a whole number from 0 to 1",
                        () -> ConfusionMatrix.of(LABELS, LABELS.mul(2), 2)),
                refused(
                        "ConfusionMatrix: a target is -1.0; it must be",
                        () -> ConfusionMatrix.of(LABELS.neg(), LABELS, 2)),
                refused(
                        "ConfusionMatrix: a prediction is 0.5; it must be a whole number",
                        () -> ConfusionMatrix.of(Nd4j.zeros(2), Nd4j.createFromArray(0, 0.5), 2)),
                refused(
                        "ConfusionMatrix: a prediction is NaN; it must be a whole number",
                        () -> ConfusionMatrix.of(Nd4j.zeros(2), Nd4j.createFromArray(0, Double.NaN), 2)),
                refused("ConfusionMatrix: target=null must be", () -> ConfusionMatrix.of(null, LABELS, 2)),
                refused("ConfusionMatrix: 2 classes plus 3 classes", () -> ConfusionMatrix.of(LABELS, LABELS, 2)
                        .plus(ConfusionMatrix.of(LABELS, LABELS, 3))));
    }
}
