package transconv.training;

import java.util.function.BinaryOperator;
import transconv.ops.Value;

/** A loss without parameters: a formula of prediction and target, of one shape. */
record FormulaLoss(String className, BinaryOperator<Value> formula, boolean mixesSamples) implements Loss {

    @Override
    public Value lower(Value prediction, Value target) {
        return LossOps.ofSamples(formula.apply(prediction, LossOps.fitted(name(), prediction, target)));
    }

    @Override
    public String toString() {
        return name();
    }
}
