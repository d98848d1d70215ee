package transconv.layers;

import transconv.ops.Ops;
import transconv.ops.Value;

/**
 * The first input minus the second. Inputs and output of one shape; axes of length 1 are repeated. Source: Keras 3,
 * {@code Subtract}.
 *
 * <pre>{@code
 * Tensor a = Layers.input(4, 3), b = Layers.input(4, 1);
 * System.out.println(Layers.subtract().apply(a, b).shape()); // (4, 3)
 * }</pre>
 */
public final class Subtract extends MergeLayer {

    @Override
    public Subtract name(String name) {
        super.name(name);
        return this;
    }

    @Override
    Value join(Value a, Value b) {
        return Ops.subtract(a, b);
    }

    @Override
    int mostInputs() {
        return 2;
    }
}
