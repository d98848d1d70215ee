package transconv.layers;

import transconv.ops.Ops;
import transconv.ops.Value;

/**
 * The largest of its inputs. Inputs and output of one shape; axes of length 1 are repeated. Source: Keras 3, {@code
 * Maximum}.
 *
 * <pre>{@code
 * Tensor a = Layers.input(4, 3), b = Layers.input(4, 1);
 * System.out.println(Layers.maximum().apply(a, b).shape()); // (4, 3)
 * }</pre>
 */
public final class Maximum extends MergeLayer {

    @Override
    public Maximum name(String name) {
        super.name(name);
        return this;
    }

    @Override
    Value join(Value a, Value b) {
        return Ops.maximum(a, b);
    }
}
