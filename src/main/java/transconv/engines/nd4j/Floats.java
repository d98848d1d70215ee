package transconv.engines.nd4j;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The memory of arrays, for the loops that ND4J has no operation for, or only a slow or a wrong one. */
final class Floats {

    private Floats() {}

    /** The values of a contiguous array in C order; the buffer lives as long as the array. */
    static FloatBuffer of(INDArray array) {
        // A view's data begins at the view.
        return new FloatPointer(array.data().addressPointer())
                .position(0)
                .capacity(array.length())
                .asBuffer();
    }
}
