package transconv.training.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Metrics against values made by hand, where Keras gives none or few digits. */
class MetricTest {

    @TestFactory
    Stream<DynamicTest> withoutUpdates() {
        return Stream.of(
                        new MeanSquaredError(),
                        new SparseCategoricalCrossentropy(),
                        new Mean(),
                        new Sum(),
                        new Precision(),
                        new AUC(),
                        new RecallAtPrecision(0.5),
                        new F1Score(),
                        new MeanIoU(2))
                .map(metric ->
                        DynamicTest.dynamicTest(metric.name(), () -> assertEquals(0, ((Metric) metric).result())));
    }

    /** Keras refuses weights together with ignored positions; the mean is over the weights of those that count. */
    @Test
    void weightsOfSamplesWithIgnoredPositions() {
        Metric metric = new SparseCategoricalCrossentropy().fromLogits(true).ignoreClass(-1);
        // logits of 0 cost log 2 at every position that counts; one of four of the first sample does not
        metric.update(
                Nd4j.createFromArray(0f, -1f, 1f, 1f, 0f, 0f, 1f, 1f).reshape(2, 4),
                Nd4j.zeros(2, 4, 2),
                Nd4j.createFromArray(4f, 1f));
        assertEquals(Math.log(2), metric.result(), 1e-15);
    }

    /** In Keras, too, each update of predictions with one axis counts as one sample. */
    @Test
    void oneAxisIsReduced() {
        Metric metric = new MeanAbsoluteError();
        metric.update(Nd4j.createFromArray(1f, 3f, 5f), Nd4j.zeros(3), null);
        metric.update(Nd4j.createFromArray(9f), Nd4j.zeros(1), null);
        assertEquals(6, metric.result());
    }

    @Test
    void meanOfSingleValues() {
        Mean mean = new Mean();
        mean.update(2);
        mean.update(5);
        mean.update(Nd4j.scalar(8f), null);
        assertEquals(5, mean.result());
        Sum sum = new Sum();
        sum.update(Nd4j.createFromArray(1f, 2f, 3f, 4f).reshape(2, 2), Nd4j.createFromArray(1f, 0.5f));
        assertEquals(6.5, sum.result());
    }

    @Test
    void weightsMayHaveALastAxis() {
        Metric metric = new MeanAbsoluteError();
        metric.update(
                Nd4j.createFromArray(1f, 3f).reshape(2, 1),
                Nd4j.zeros(2, 1),
                Nd4j.createFromArray(3f, 1f).reshape(2, 1));
        assertEquals(1.5, metric.result());
    }

    /** Constant targets have a variance of exactly 0, whatever their value; Keras' float sums leave a rest. */
    @Test
    void constantTargetsExplainNothing() {
        Metric metric = new R2Score();
        INDArray target = Nd4j.ones(1000, 1).muli(0.1f);
        metric.update(target, target.add(0.5), null);
        assertEquals(0, metric.result());
        assertTrue(Double.isNaN(new R2Score().result()));
    }

    @Test
    void sumsKeepTheirDigits() {
        Metric metric = new MeanSquaredError();
        INDArray target = Nd4j.zeros(100, 1000);
        INDArray prediction = Nd4j.ones(100, 1000).muli(0.1f);
        for (int i = 0; i < 100; i++) {
            metric.update(target, prediction, null);
        }
        assertEquals((double) 0.1f * 0.1f, metric.result(), 1e-13);
    }

    /** The area under the curve is the share of pairs that are in the right order; ties count half. */
    @Test
    void areaIsTheShareOfPairsInOrder() {
        Random random = new Random(8);
        int n = 60;
        float[] target = new float[n];
        float[] prediction = new float[n];
        for (int i = 0; i < n; i++) {
            target[i] = random.nextInt(2);
            // on the middle of the steps between 11 thresholds
            prediction[i] = (random.nextInt(10) + 0.5f) / 10;
        }
        double right = 0;
        double pairs = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (target[i] == 1 && target[j] == 0) {
                    pairs++;
                    right += prediction[i] > prediction[j] ? 1 : prediction[i] == prediction[j] ? 0.5 : 0;
                }
            }
        }
        Metric auc = new AUC().numThresholds(11);
        auc.update(Nd4j.createFromArray(target), Nd4j.createFromArray(prediction), null);
        assertEquals(right / pairs, auc.result(), 1e-12);
    }

    /** Keras broadcasts weights of images along the wrong axis, or fails; here a weight is its sample's. */
    @Test
    void weightsOfImagesCountForAllTheirPixels() {
        Metric metric = new TruePositives();
        metric.update(Nd4j.ones(2, 2, 3), Nd4j.ones(2, 2, 3), Nd4j.createFromArray(0.5f, 2f));
        assertEquals(15, metric.result());
        Metric iou = new BinaryIoU(1);
        iou.update(
                Nd4j.ones(2, 2, 2),
                Nd4j.createFromArray(1f, 1f, 1f, 1f, 0f, 0f, 0f, 0f).reshape(2, 2, 2),
                Nd4j.createFromArray(0.5f, 1.5f));
        assertEquals(0.25, iou.result(), 1e-6);
    }

    @Test
    void noNumberIsNeverPositive() {
        Metric metric = new TruePositives().thresholds(0, 0.25, 0.5, 0.75, 1);
        metric.update(Nd4j.createFromArray(1f, 1f), Nd4j.createFromArray(Float.NaN, 0.6f), null);
        assertArrayEquals(new double[] {1, 1, 1, 0, 0}, metric.results());
        Metric error = new MeanSquaredError();
        error.update(Nd4j.zeros(2, 1), Nd4j.createFromArray(Float.NaN, 0.6f).reshape(2, 1), null);
        assertTrue(Double.isNaN(error.result()));
    }

    @TestFactory
    Stream<DynamicTest> typesOfTargets() {
        INDArray prediction =
                Nd4j.createFromArray(0.1f, 0.7f, 0.2f, 0.8f, 0.1f, 0.1f).reshape(2, 3);
        return Stream.of(DataType.INT, DataType.LONG, DataType.UBYTE, DataType.DOUBLE, DataType.FLOAT)
                .map(type -> DynamicTest.dynamicTest(type.name(), () -> {
                    Metric metric = new SparseCategoricalAccuracy();
                    metric.update(Nd4j.createFromArray(1f, 2f).castTo(type), prediction, null);
                    assertEquals(0.5, metric.result());
                }));
    }

    /** Views of larger arrays, and arrays that are left as they were. */
    @Test
    void viewsAreReadAndNothingIsChanged() {
        INDArray all = Nd4j.createFromArray(0f, 1f, 0f, 1f, 9f, 9f).reshape(3, 2);
        INDArray targets = all.get(NDArrayIndex.interval(0, 2), NDArrayIndex.all());
        Metric metric = new Hinge();
        metric.update(targets, Nd4j.zeros(2, 2), null);
        assertEquals(1, metric.result());
        assertArrayEquals(new float[] {0, 1, 0, 1, 9, 9}, all.data().asFloat());
        Metric column = new MeanAbsoluteError();
        column.update(all.getColumn(1, true), Nd4j.zeros(3, 1), null);
        assertEquals(11.0 / 3, column.result(), 1e-15);
    }
}
