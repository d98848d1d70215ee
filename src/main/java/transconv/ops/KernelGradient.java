package transconv.ops;

import java.util.List;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/**
 * Inputs x and y, output k of the trilinear form in {@link Geometry}: the gradient of the kernel of a convolution or of
 * its transpose.
 */
public record KernelGradient(Geometry geometry) implements Op {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        int batch = inputs.get(0).size(0);
        Op.requireShapes("KernelGradient", List.of(geometry.large(batch), geometry.small(batch)), inputs);
        return geometry.kernel();
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        Value x = output.inputs().get(0);
        Value y = output.inputs().get(1);
        return input == 0
                ? output.graph().apply(new TransposedConvolution(geometry), y, outputGradient)
                : output.graph().apply(new Convolution(geometry), x, outputGradient);
    }
}
