package transconv.layers;

import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.shape.Shape;

/** Where a layer that was saved gets its weights from when it is built again. */
@FunctionalInterface
public interface WeightValues {

    /**
     * @param weight its name within the layer: {@code kernel}
     * @return float values of that shape in C order; kept, not copied
     * @throws IllegalArgumentException if there are none of that name and shape
     */
    INDArray of(String weight, Shape shape);
}
