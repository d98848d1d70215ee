package transconv.training.metrics;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What is read off the counts of true and false, positive and negative predictions at some thresholds. */
abstract class ConfusionMetric<T extends ConfusionMetric<T>> extends BaseMetric<T> {

    private static final float DROPPED = -1e10f;

    private ConfusionCounts[] counts;
    private Integer classId;
    private Integer topK;

    ConfusionMetric(String name) {
        super(name);
    }

    abstract double[] allThresholds();

    /** How many counts are kept, for the last axis' classes in turn; 1 keeps one for all. */
    int labels(FloatTensor prediction) {
        return 1;
    }

    /** What a prediction stands for; the prediction itself unless there are logits. */
    float probability(float prediction) {
        return prediction;
    }

    /** A factor of the samples' weights for each of the last axis' classes; null for none. */
    double[] labelWeights(FloatTensor prediction) {
        return null;
    }

    final Integer classId() {
        return classId;
    }

    final void setClassId(int classId) {
        requireUnused("classId", classId);
        this.classId = classId;
    }

    final Integer topK() {
        return topK;
    }

    final void setTopK(int topK) {
        requireUnused("topK", topK);
        this.topK = requireAtLeast(1, "topK", topK);
    }

    /** Counts that were made with other settings would be wrong. */
    final void requireUnused(String argument, Object value) {
        if (counts != null) {
            throw new IllegalStateException("%s: %s=%s after an update; set it before the first, or call reset()"
                    .formatted(name(), argument, value));
        }
    }

    final ConfusionCounts counts() {
        return counts == null ? new ConfusionCounts(allThresholds()) : counts[0];
    }

    /** The counts of all labels; none before the first update. */
    final ConfusionCounts[] countsOfLabels() {
        return counts == null ? new ConfusionCounts[0] : counts;
    }

    @Override
    public final void update(INDArray targets, INDArray predictions, INDArray sampleWeights) {
        TargetAndPrediction both = TargetAndPrediction.alike(name(), targets, predictions);
        FloatTensor prediction = both.prediction();
        float[] weights =
                weights(sampleWeights, prediction.rank() == 0 ? 1 : prediction.shape()[0]);
        int classes = prediction.last();
        int only = classId == null ? -1 : chosenClass(prediction);
        boolean[] kept = topK == null ? null : topOfLines(prediction);
        double[] labelWeights = labelWeights(prediction);
        int labels = labels(prediction);
        if (counts == null) {
            ConfusionCounts[] fresh = new ConfusionCounts[labels];
            Arrays.setAll(fresh, label -> new ConfusionCounts(allThresholds()));
            counts = fresh;
        } else if (counts.length != labels) {
            throw new IllegalArgumentException("%s: prediction %s has %d labels after updates with %d; call reset()"
                    .formatted(name(), prediction.shapeText(), labels, counts.length));
        }
        int values = prediction.data().length;
        int positions = weights == null ? values : values / weights.length;
        for (int i = 0; i < values; i++) {
            if (only >= 0 && i % classes != only) {
                continue;
            }
            double weight = (weights == null ? 1 : weights[i / positions])
                    * (labelWeights == null ? 1 : labelWeights[i % classes]);
            float value = kept == null || kept[i] ? probability(prediction.data()[i]) : DROPPED;
            counts[i % labels].add(both.target().data()[i] != 0, value, weight);
        }
    }

    private int chosenClass(FloatTensor prediction) {
        int index = classId < 0 ? prediction.last() + classId : classId;
        if (prediction.rank() < 2 || index < 0 || index >= prediction.last()) {
            throw refused(
                    "classId",
                    classId,
                    "a class of predictions (samples, ..., classes), received %s; choose another"
                            .formatted(prediction.shapeText()));
        }
        return index;
    }

    private boolean[] topOfLines(FloatTensor prediction) {
        int classes = prediction.last();
        if (prediction.rank() < 2 || topK > classes) {
            throw refused(
                    "topK",
                    topK,
                    "at most the classes of predictions (samples, ..., classes), received %s; lower it"
                            .formatted(prediction.shapeText()));
        }
        float[] data = prediction.data();
        boolean[] kept = new boolean[data.length];
        for (int first = 0; first < data.length; first += classes) {
            for (int i = first; i < first + classes; i++) {
                int better = 0;
                for (int j = first; j < first + classes; j++) {
                    // of equal ones the first is kept
                    better += data[j] > data[i] || (data[j] == data[i] && j < i) ? 1 : 0;
                }
                kept[i] = better < topK;
            }
        }
        return kept;
    }

    @Override
    public final void reset() {
        counts = null;
    }

    static double[] ratios(double[] part, double[] rest) {
        double[] ratios = new double[part.length];
        for (int i = 0; i < part.length; i++) {
            ratios[i] = ratioOrZero(part[i], part[i] + rest[i]);
        }
        return ratios;
    }
}
