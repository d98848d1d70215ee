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
                AddBias,
                Affine,
                Binary,
                Broadcast,
                Clip,
                Concatenate,
                Convolution,
                Dot,
                Fill,
                Gather,
                KernelGradient,
                FusedLoss,
                LossGradient,
                Max,
                MaxPool,
                MaxPoolGradient,
                OneHot,
                Pad,
                Resample,
                Reshape,
                ScatterAdd,
                Sparsemax,
                Sum,
                SumPositions,
                Transpose,
                TransposedConvolution,
                Unary {

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
     * @return null where the gradient is 0 everywhere, as for comparisons
     * @throws UnsupportedOperationException if the op is not differentiable by that input
     */
    Value gradient(Value output, Value outputGradient, int input);

    /** Fails unless the shapes are the wanted ones. */
    static void requireShapes(String op, List<Shape> wanted, List<Shape> received) {
        if (!wanted.equals(received)) {
            throw new IllegalArgumentException("%s: input shapes %s; it needs %s".formatted(op, received, wanted));
        }
    }

    /** Fails unless there are so many inputs. */
    static void requireInputs(String op, int wanted, List<Shape> received) {
        if (received.size() != wanted) {
            throw new IllegalArgumentException(
                    "%s: %d inputs %s; it takes %d".formatted(op, received.size(), received, wanted));
        }
    }

    /** A shape with some axes of length 1. */
    static Shape reduced(String op, Shape shape, List<Integer> axes) {
        int[] sizes = shape.toArray();
        for (int axis : axes) {
            if (axis < 0 || axis >= sizes.length) {
                throw new IllegalArgumentException("%s: axis %d of shape %s; it must be from 0 to %d"
                        .formatted(op, axis, shape, sizes.length - 1));
            }
            sizes[axis] = 1;
        }
        return Shape.of(sizes);
    }
}
