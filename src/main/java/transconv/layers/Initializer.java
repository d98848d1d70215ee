package transconv.layers;

import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.shape.Shape;

/** Makes the first values of a weight. Source: Keras 3, {@code keras.initializers}. */
@FunctionalInterface
public interface Initializer {

    /**
     * @param shape  the weight's shape; fans are its last two axes times the axes before them, as in Keras
     * @param weight the weight's name, for messages
     * @return float values in C order, a new array
     */
    INDArray values(Shape shape, String weight);
}
