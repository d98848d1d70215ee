package transconv.layers;

import java.util.List;
import java.util.stream.IntStream;
import transconv.config.Config;
import transconv.ops.Ops;
import transconv.ops.Value;
import transconv.shape.Shape;

/** A layer that joins inputs of one shape, element by element; axes of length 1 are repeated to the others' length. */
abstract class MergeLayer extends Layer {

    /** The greatest number of inputs. */
    int mostInputs() {
        return Integer.MAX_VALUE;
    }

    @Override
    public List<Shape> outputShapes(List<Shape> inputShapes) {
        if (inputShapes.size() < 2 || inputShapes.size() > mostInputs()) {
            throw new IllegalArgumentException(
                    "%d inputs; it joins %s".formatted(inputShapes.size(), mostInputs() == 2 ? "two" : "at least two"));
        }
        Shape output = inputShapes.get(0);
        for (Shape other : inputShapes) {
            output = joined(output, other, inputShapes);
        }
        return List.of(output);
    }

    private static Shape joined(Shape a, Shape b, List<Shape> all) {
        boolean fits = a.rank() == b.rank()
                && IntStream.range(0, a.rank())
                        .allMatch(axis -> a.size(axis) == b.size(axis) || a.size(axis) == 1 || b.size(axis) == 1);
        if (!fits) {
            throw new IllegalArgumentException(
                    "inputs of shape %s; all need the same, but for axes of length 1".formatted(all));
        }
        return Shape.of(IntStream.range(0, a.rank())
                .map(axis -> Math.max(a.size(axis), b.size(axis)))
                .toArray());
    }

    @Override
    protected void makeWeights(List<Shape> inputShapes) {}

    @Override
    protected List<Value> lower(List<Value> inputs, Pass pass) {
        Shape sample = outputShapes(
                        inputs.stream().map(input -> input.shape().from(1)).toList())
                .get(0);
        Shape output = sample.prepend(inputs.get(0).shape().size(0));
        List<Value> alike =
                inputs.stream().map(input -> Ops.broadcast(input, output)).toList();
        return List.of(finish(alike.stream().reduce(this::join).orElseThrow(), inputs.size()));
    }

    /** Two values of one shape. */
    abstract Value join(Value a, Value b);

    /** What is left to do once all are joined. */
    Value finish(Value joined, int inputs) {
        return joined;
    }

    @Override
    protected void describe(Config config) {}
}
