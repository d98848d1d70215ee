package transconv.ops;

import java.util.List;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/** Inputs y and k, output x of the trilinear form in {@link Geometry}: the transposed convolution. */
public record TransposedConvolution(Geometry geometry) implements Op {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        int batch = inputs.get(0).size(0);
        Op.requireShapes("TransposedConvolution", List.of(geometry.small(batch), geometry.kernel()), inputs);
        return geometry.large(batch);
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        Value y = output.inputs().get(0);
        Value k = output.inputs().get(1);
        return input == 0
                ? output.graph().apply(new Convolution(geometry), outputGradient, k)
                : output.graph().apply(new KernelGradient(geometry), outputGradient, y);
    }
}
