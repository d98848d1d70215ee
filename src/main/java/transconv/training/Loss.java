package transconv.training;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import transconv.ops.Activate;
import transconv.ops.FusedActivation;
import transconv.ops.LossFunction;
import transconv.ops.Value;

/**
 * What training makes small. A sample's loss is the mean over its values, a batch's the mean over its samples. Source:
 * Keras 3, {@code keras.losses}.
 *
 * <pre>{@code
 * Loss loss = Loss.named("binary_crossentropy");
 * System.out.println(loss); // BINARY_CROSSENTROPY
 * }</pre>
 */
public enum Loss {
    /** {@code -(t log p + (1 - t) log(1 - p))} for targets and predictions in [0, 1]. */
    BINARY_CROSSENTROPY,
    /** {@code (p - t)²}. */
    MEAN_SQUARED_ERROR;

    /**
     * A loss by Keras' name, {@code "binary_crossentropy"}, {@code "mean_squared_error"} or {@code "mse"}.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Loss named(String name) {
        if (name.equals("mse")) {
            return MEAN_SQUARED_ERROR;
        }
        return Arrays.stream(values())
                .filter(loss -> loss.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "loss '%s' is not known; choose one of %s".formatted(name, names())));
    }

    private static List<String> names() {
        return Arrays.stream(values())
                .map(loss -> loss.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /**
     * The loss of each sample, (batch), in the prediction's graph.
     *
     * @param prediction (batch, ...)
     * @param target     of the same shape
     */
    public Value lower(Value prediction, Value target) {
        if (this == MEAN_SQUARED_ERROR) {
            return prediction
                    .graph()
                    .apply(new transconv.ops.Loss(LossFunction.MEAN_SQUARED_ERROR), prediction, target);
        }
        // Keras, too, goes back behind a closing sigmoid: the logits lose no digits where the probability is near 0 or
        // 1.
        if (prediction.op() instanceof Activate activate && activate.function() == FusedActivation.SIGMOID) {
            Value logits = prediction.inputs().get(0);
            return prediction
                    .graph()
                    .apply(new transconv.ops.Loss(LossFunction.BINARY_CROSSENTROPY_FROM_LOGITS), logits, target);
        }
        return prediction.graph().apply(new transconv.ops.Loss(LossFunction.BINARY_CROSSENTROPY), prediction, target);
    }
}
