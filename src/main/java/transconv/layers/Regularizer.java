package transconv.layers;

import transconv.config.Configurable;
import transconv.ops.Value;

/** A penalty on large weights or outputs that is added to the loss. Source: Keras 3, {@code keras.regularizers}. */
public interface Regularizer extends Configurable {

    /** The penalty of a whole tensor, of shape (1). */
    Value ofWeight(Value weight);

    /**
     * The penalties of each sample's outputs, (batch).
     *
     * @param output (batch, ...)
     * @throws UnsupportedOperationException if the penalty of a batch is no sum over its samples
     */
    default Value ofSamples(Value output) {
        throw new UnsupportedOperationException(
                "%s: it is no sum over samples and so no activityRegularizer; take l1, l2 or l1_l2"
                        .formatted(className()));
    }
}
