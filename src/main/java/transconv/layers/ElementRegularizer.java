package transconv.layers;

import java.util.stream.IntStream;
import transconv.config.Config;
import transconv.ops.Ops;
import transconv.ops.UnaryFunction;
import transconv.ops.Value;
import transconv.shape.Shape;

/** A penalty of each element for itself: {@code l1 |w| + l2 w²}. */
record ElementRegularizer(String className, double l1, double l2) implements Regularizer {

    ElementRegularizer {
        Regularizers.factor(className, "l1", l1);
        Regularizers.factor(className, "l2", l2);
    }

    @Override
    public Value ofWeight(Value weight) {
        return Ops.reshape(Ops.sum(ofElements(weight), axesFrom(0, weight)), Shape.of(1));
    }

    @Override
    public Value ofSamples(Value output) {
        return Ops.reshape(
                Ops.sum(ofElements(output), axesFrom(1, output)),
                Shape.of(output.shape().size(0)));
    }

    private static int[] axesFrom(int first, Value value) {
        return IntStream.range(first, value.shape().rank()).toArray();
    }

    private Value ofElements(Value value) {
        Value absolute = Ops.affine(Ops.unary(UnaryFunction.ABS, value), l1, 0);
        Value squared = Ops.affine(Ops.unary(UnaryFunction.SQUARE, value), l2, 0);
        return l2 == 0 ? absolute : l1 == 0 ? squared : Ops.add(absolute, squared);
    }

    @Override
    public Config config() {
        Config config = Config.of(className);
        return switch (className) {
            case "L1" -> config.with("l1", l1);
            case "L2" -> config.with("l2", l2);
            default -> config.with("l1", l1).with("l2", l2);
        };
    }
}
