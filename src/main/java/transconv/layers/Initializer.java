package transconv.layers;

import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.config.Config;
import transconv.config.Configurable;
import transconv.shape.Shape;

/**
 * Makes the first values of a weight. Also a lambda is one, though one that cannot be written down with its model.
 * Source: Keras 3, {@code keras.initializers}.
 */
@FunctionalInterface
public interface Initializer extends Configurable {

    /**
     * @param shape  the weight's shape, in Keras' layout: fans are its last two axes times the axes before them
     * @param weight the weight's name, for messages
     * @return float values in C order, a new array
     */
    INDArray values(Shape shape, String weight);

    /** @throws UnsupportedOperationException unless overridden: code has no settings to write down */
    @Override
    default Config config() {
        throw new UnsupportedOperationException(
                ("initializer %s is code and cannot be written down; take one of Initializers, or keep what it makes by"
                                + " Initializers.values(...)")
                        .formatted(className()));
    }
}
