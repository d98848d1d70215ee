package transconv.training;

import java.util.Objects;
import java.util.function.BinaryOperator;
import transconv.config.Config;
import transconv.ops.Value;

/** A loss that its user wrote. */
record OwnLoss(String name, BinaryOperator<Value> formula) implements Loss {

    OwnLoss {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("loss: the name '%s' is blank; give one".formatted(name));
        }
        Objects.requireNonNull(formula, "loss '%s': the formula is null; give one".formatted(name));
    }

    @Override
    public Value lower(Value prediction, Value target) {
        Value losses = formula.apply(prediction, LossOps.fitted(name, prediction, target));
        int batch = prediction.shape().size(0);
        if (losses.shape().rank() == 0 || losses.shape().size(0) != batch) {
            throw new IllegalArgumentException(
                    "%s: the formula gives %s for prediction %s; it must keep the batch axis, (%d, ...)"
                            .formatted(name, losses.shape(), prediction.shape(), batch));
        }
        return LossOps.ofSamples(losses);
    }

    @Override
    public Config config() {
        throw new UnsupportedOperationException(
                "%s: a loss of your own is code and cannot be written down; give it to compile again after loading"
                        .formatted(name));
    }

    @Override
    public String toString() {
        return name;
    }
}
