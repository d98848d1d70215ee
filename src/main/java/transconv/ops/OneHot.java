package transconv.ops;

import java.util.List;
import java.util.stream.IntStream;
import transconv.shape.Shape;

/** Input of whole numbers from 0 to depth - 1, (axes...); (axes..., depth) with 1 at the number and 0 elsewhere. */
public record OneHot(int depth) implements Op {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Op.requireInputs("OneHot", 1, inputs);
        return Shape.of(IntStream.concat(IntStream.of(inputs.get(0).toArray()), IntStream.of(depth))
                .toArray());
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        return null;
    }
}
