package transconv.layers;

import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.config.Config;
import transconv.config.Configurable;

/**
 * What a weight must keep to: it is put back there after each step of the optimizer. Also a lambda is one, though one
 * that cannot be written down with its model. Source: Keras 3, {@code keras.constraints}.
 *
 * <pre>{@code
 * INDArray weight = Nd4j.createFromArray(-1f, 0f, 2f);
 * Constraint halved = w -> w.muli(0.5);
 * halved.apply(weight);
 * System.out.println(weight.maxNumber()); // 1.0
 * }</pre>
 */
@FunctionalInterface
public interface Constraint extends Configurable {

    /** Changes the weight in place. */
    void apply(INDArray weight);

    /** @throws UnsupportedOperationException unless overridden: code has no settings to write down */
    @Override
    default Config config() {
        throw new UnsupportedOperationException(
                "constraint %s is code and cannot be written down; take one of Constraints, or override config()"
                        .formatted(className()));
    }
}
