package transconv.ops;

import java.util.List;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/** Inputs x and k, output y of the trilinear form in {@link Geometry}: the convolution. */
public record Convolution(Geometry geometry) implements Op {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        int batch = inputs.get(0).size(0);
        Op.requireShapes("Convolution", List.of(geometry.large(batch), geometry.kernel()), inputs);
        return geometry.small(batch);
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        Value x = output.inputs().get(0);
        Value k = output.inputs().get(1);
        return input == 0
                ? output.graph().apply(new TransposedConvolution(geometry), outputGradient, k)
                : output.graph().apply(new KernelGradient(geometry), x, outputGradient);
    }
}
