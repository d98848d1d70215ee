package transconv.layers;

import transconv.shape.Shape;

/**
 * A layer that applies an activation function: its output has its input's shape.
 *
 * @param <T> the layer's own class, so that its setters chain
 */
abstract class ActivationFunctionLayer<T extends ActivationFunctionLayer<T>> extends Layer {

    @Override
    public final T name(String name) {
        super.name(name);
        return self();
    }

    @SuppressWarnings("unchecked")
    final T self() {
        return (T) this;
    }

    @Override
    public Shape outputShape(Shape inputShape) {
        return inputShape;
    }

    final double notNegative(String argument, double value) {
        return checked(argument, value, value >= 0 && value != Double.POSITIVE_INFINITY, "a finite number at least 0");
    }

    final double finite(String argument, double value) {
        return checked(argument, value, Double.isFinite(value), "a finite number");
    }

    private double checked(String argument, double value, boolean holds, String rule) {
        requireUnbuilt(argument);
        if (!holds) {
            throw new IllegalArgumentException("%s: %s=%s must be %s; change it or leave it at its default"
                    .formatted(label(), argument, value, rule));
        }
        return value;
    }
}
