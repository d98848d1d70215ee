package transconv.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import transconv.ops.AxisMatrix;
import transconv.ops.MaxPool;
import transconv.ops.Ops;
import transconv.ops.Resample;
import transconv.ops.Value;
import transconv.shape.Axis;

/** What a pooling layer makes of the values of a window. Positions that padding adds do not count. */
enum Pooling {
    /** The largest value; its gradient goes to the first that is largest. */
    MAX {
        @Override
        Value ofWindows(Value input, List<Axis> axes) {
            return input.graph().apply(new MaxPool(axes), input);
        }

        /** Here all that are largest share the gradient, as in TensorFlow. */
        @Override
        Value ofAll(Value input, int... axes) {
            return Ops.max(input, axes);
        }
    },
    /** The mean value. */
    AVERAGE {
        @Override
        Value ofWindows(Value input, List<Axis> axes) {
            Value output = input;
            for (int i = 0; i < axes.size(); i++) {
                output = output.graph().apply(new Resample(i + 1, means(axes.get(i))), output);
            }
            return output;
        }

        @Override
        Value ofAll(Value input, int... axes) {
            return Ops.mean(input, axes);
        }
    };

    /** One value a window; input (batch, axes..., channels). */
    abstract Value ofWindows(Value input, List<Axis> axes);

    /** One value for all positions of the axes, which stay with length 1. */
    abstract Value ofAll(Value input, int... axes);

    private static AxisMatrix means(Axis axis) {
        List<List<AxisMatrix.Entry>> rows = new ArrayList<>();
        for (int window = 0; window < axis.small(); window++) {
            int first = window * axis.stride() - axis.crop();
            int[] positions = IntStream.range(Math.max(0, first), Math.min(axis.large(), first + axis.kernel()))
                    .toArray();
            rows.add(IntStream.of(positions)
                    .mapToObj(position -> new AxisMatrix.Entry(position, 1.0 / positions.length))
                    .toList());
        }
        return new AxisMatrix(axis.large(), rows);
    }
}
