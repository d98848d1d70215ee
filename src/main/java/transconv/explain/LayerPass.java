package transconv.explain;

import transconv.ops.Convolution;
import transconv.ops.Graph;
import transconv.ops.KernelGradient;
import transconv.ops.TransposedConvolution;
import transconv.ops.Value;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/** What training asks of a convolution or of its transpose: its output, and the slopes by its input and its kernel. */
public enum LayerPass {
    FORWARD("forward"),
    INPUT_GRADIENT("gradient by the input"),
    KERNEL_GRADIENT("gradient by the kernel");

    private final String words;

    LayerPass(String words) {
        this.words = words;
    }

    /** Whether this pass of a layer is a transposed convolution: of a convolution, the gradient by its input is one. */
    boolean isTransposed(boolean layerIsTransposed) {
        return this == (layerIsTransposed ? FORWARD : INPUT_GRADIENT);
    }

    /** The shapes of the two tensors that the pass joins. */
    Shape[] operands(Geometry geometry, boolean layerIsTransposed, int batch) {
        if (this == KERNEL_GRADIENT) {
            return new Shape[] {geometry.large(batch), geometry.small(batch)};
        }
        return new Shape[] {
            isTransposed(layerIsTransposed) ? geometry.small(batch) : geometry.large(batch), geometry.kernel()
        };
    }

    Value apply(Geometry geometry, boolean layerIsTransposed, Graph graph, Value... operands) {
        if (this == KERNEL_GRADIENT) {
            return graph.apply(new KernelGradient(geometry), operands);
        }
        return isTransposed(layerIsTransposed)
                ? graph.apply(new TransposedConvolution(geometry), operands)
                : graph.apply(new Convolution(geometry), operands);
    }

    /** {@code gradient by the kernel}. */
    @Override
    public String toString() {
        return words;
    }
}
