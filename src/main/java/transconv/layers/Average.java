package transconv.layers;

import transconv.ops.Ops;
import transconv.ops.Value;

/**
 * The mean of its inputs. Inputs and output of one shape; axes of length 1 are repeated. Source: Keras 3, {@code
 * Average}.
 *
 * <pre>{@code
 * Tensor a = Layers.input(4, 3), b = Layers.input(4, 1);
 * System.out.println(Layers.average().apply(a, b).shape()); // (4, 3)
 * }</pre>
 */
public final class Average extends MergeLayer {

    @Override
    public Average name(String name) {
        super.name(name);
        return this;
    }

    @Override
    Value join(Value a, Value b) {
        return Ops.add(a, b);
    }

    @Override
    Value finish(Value joined, int inputs) {
        return Ops.affine(joined, 1.0 / inputs, 0);
    }
}
