package transconv.layers;

import java.util.Objects;
import transconv.config.Config;
import transconv.ops.Activation;
import transconv.ops.Value;

/**
 * An activation function as a layer. Input and output (any axes). Source: Keras 3, {@code Activation}; the class has
 * another name here since the functions themselves are called so.
 *
 * <pre>{@code
 * Layer layer = Layers.activation("relu");
 * System.out.println(layer.type() + " " + layer.outputShape(Shape.of(4, 4, 8))); // Activation (4, 4, 8)
 * }</pre>
 */
public final class ActivationLayer extends ActivationFunctionLayer<ActivationLayer> {

    private final Activation activation;

    public ActivationLayer(Activation activation) {
        this.activation = Objects.requireNonNull(
                activation, "activation: null must be a function; take Activation.LINEAR for none");
    }

    /**
     * @param name Keras' name: {@code "relu"}
     * @throws IllegalArgumentException if there is none of that name
     */
    public ActivationLayer(String name) {
        this(Activation.named(name));
    }

    @Override
    public String type() {
        return "Activation";
    }

    @Override
    protected Value lower(Value input, Pass pass) {
        return activation.of(input);
    }

    @Override
    protected void describe(Config config) {
        config.with("activation", activation);
    }
}
