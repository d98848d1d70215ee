package transconv.layers;

import java.util.List;
import transconv.config.Config;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * Its inputs one after another along one axis; all other axes have to be equal. Source: Keras 3, {@code Concatenate}.
 *
 * <pre>{@code
 * Tensor a = Layers.input(4, 4, 3), b = Layers.input(4, 4, 8);
 * System.out.println(Layers.concatenate().apply(a, b).shape()); // (4, 4, 11)
 * }</pre>
 */
public final class Concatenate extends Layer {

    private int axis = -1;

    /** Counted with the batch axis as 0, or from the last as -1; not 0; default -1, the channels. */
    public Concatenate axis(int axis) {
        requireUnbuilt("axis");
        if (axis == 0) {
            throw new IllegalArgumentException(
                    "%s: axis=0 is the samples'; choose 1 or more, or -1 for the last".formatted(label()));
        }
        this.axis = axis;
        return this;
    }

    @Override
    public Concatenate name(String name) {
        super.name(name);
        return this;
    }

    @Override
    public List<Shape> outputShapes(List<Shape> inputShapes) {
        if (inputShapes.size() < 2) {
            throw new IllegalArgumentException("%d inputs; it joins at least two".formatted(inputShapes.size()));
        }
        return List.of(op(inputShapes.get(0).rank() + 1)
                .outputShape(inputShapes.stream().map(shape -> shape.prepend(1)).toList())
                .from(1));
    }

    private transconv.ops.Concatenate op(int rank) {
        int counted = axis < 0 ? rank + axis : axis;
        if (counted < 1 || counted >= rank) {
            throw new IllegalArgumentException(
                    "axis=%d: inputs with the batch axis have axes 0 to %d; choose from 1 to %d"
                            .formatted(axis, rank - 1, rank - 1));
        }
        return new transconv.ops.Concatenate(counted);
    }

    @Override
    protected void makeWeights(List<Shape> inputShapes) {}

    @Override
    protected List<Value> lower(List<Value> inputs, Pass pass) {
        Value first = inputs.get(0);
        return List.of(first.graph().apply(op(first.shape().rank()), inputs.toArray(Value[]::new)));
    }

    @Override
    protected void describe(Config config) {
        config.with("axis", axis);
    }

    @Override
    protected void configure(Config config) {
        if (config.has("axis")) {
            axis(config.integer("axis"));
        }
    }
}
