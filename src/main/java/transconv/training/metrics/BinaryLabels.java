package transconv.training.metrics;

/** Targets of 0 and 1 for metrics that want -1 and 1. */
final class BinaryLabels {

    private BinaryLabels() {}

    /** Changes 0 to -1 if all labels are 0 or 1. Source: Keras 3, {@code convert_binary_labels_to_hinge}. */
    static void toSigns(float[] labels) {
        for (float label : labels) {
            if (label != 0 && label != 1) {
                return;
            }
        }
        for (int i = 0; i < labels.length; i++) {
            labels[i] = 2 * labels[i] - 1;
        }
    }
}
