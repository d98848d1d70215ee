package transconv.ops;

import java.util.List;
import transconv.shape.Shape;

/**
 * What is computed: one operation with its shape rule and its gradient, free of any engine. Shapes include the batch
 * axis, channels are last.
 */
public sealed interface Op
        permits Activate,
                ActivateGradient,
                Add,
                AddBias,
                Convolution,
                Dot,
                KernelGradient,
                Loss,
                LossGradient,
                Reshape,
                SumPositions,
                TransposedConvolution {

    /**
     * The output's shape.
     *
     * @throws IllegalArgumentException if the inputs do not fit the operation
     */
    Shape outputShape(List<Shape> inputs);

    /**
     * The gradient of one input, as a value made of ops in the same graph.
     *
     * @param output         the value that this op computed
     * @param outputGradient the gradient of that value, of the same shape
     * @param input          which input, from 0
     * @throws UnsupportedOperationException if the op is not differentiable by that input
     */
    Value gradient(Value output, Value outputGradient, int input);

    /** Fails unless the shapes are the wanted ones. */
    static void requireShapes(String op, List<Shape> wanted, List<Shape> received) {
        if (!wanted.equals(received)) {
            throw new IllegalArgumentException("%s: input shapes %s; it needs %s".formatted(op, received, wanted));
        }
    }
}
