package transconv.ops;

import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.shape.Shape;

/**
 * A weight: a named tensor that lives longer than any graph. Its array stays the same object for life; changes are
 * written into it and told by {@link #changed}, so that every program of every model that shares the weight sees them.
 */
public final class Parameter {

    private final Supplier<String> name;
    private final Shape shape;
    private final INDArray value;
    private long changes;

    /**
     * @param name  unique within a model, {@code conv2d_transpose/kernel}
     * @param value the initial values, floating point; kept, not copied
     */
    public Parameter(String name, INDArray value) {
        this(() -> name, value);
    }

    /** @param name asked for when it is needed: a layer may get its name after its weights */
    public Parameter(Supplier<String> name, INDArray value) {
        this.name = name;
        this.shape = Shape.of(value.shape());
        this.value = value;
    }

    public String name() {
        return name.get();
    }

    public Shape shape() {
        return shape;
    }

    /** The live values, in C order. Who writes into them calls {@link #changed} afterwards. */
    public INDArray value() {
        return value;
    }

    /** Says that the values are others now: engines keep copies in layouts of their own. */
    public void changed() {
        changes++;
    }

    /** How often {@link #changed} was called. */
    public long changes() {
        return changes;
    }

    @Override
    public String toString() {
        return name() + " " + shape;
    }
}
