package transconv.training;

import java.lang.ref.Reference;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies pieces of arrays' memory to doubles and back, without making anything. */
final class ArrayMemory {

    private final Floats floats = new Floats();
    private final Doubles doubles = new Doubles();
    private final float[] singles;

    /** @param most how many values a piece may have */
    ArrayMemory(int most) {
        singles = new float[most];
    }

    /** The type that numbers of a type are held in to be read here: floats and doubles as they are. */
    static DataType plain(DataType type) {
        return type == DataType.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
    }

    /** The array itself where its memory can be read here, else a copy: of a view, or of numbers of another type. */
    static INDArray plain(INDArray array) {
        INDArray plain = array.castTo(plain(array.dataType()));
        return isInOrder(plain) ? plain : plain.dup('c');
    }

    private static boolean isInOrder(INDArray array) {
        long stride = 1;
        for (int axis = array.rank() - 1; axis >= 0; axis--) {
            if (array.size(axis) != 1 && array.stride(axis) != stride) {
                return false;
            }
            stride *= array.size(axis);
        }
        return true;
    }

    /** @param array plain */
    void read(INDArray array, long first, double[] to, int count) {
        if (array.dataType() == DataType.FLOAT) {
            floats.at(array, first).get(singles, 0, count);
            for (int i = 0; i < count; i++) {
                to[i] = singles[i];
            }
        } else {
            doubles.at(array, first).get(to, 0, count);
        }
        Reference.reachabilityFence(array);
    }

    /** @param array plain */
    void write(double[] from, int count, INDArray array, long first) {
        if (array.dataType() == DataType.FLOAT) {
            for (int i = 0; i < count; i++) {
                singles[i] = (float) from[i];
            }
            floats.at(array, first).put(singles, 0, count);
        } else {
            doubles.at(array, first).put(from, 0, count);
        }
        Reference.reachabilityFence(array);
    }

    /** One pointer for all arrays, which keeps none of them alive. */
    private static final class Floats extends FloatPointer {

        Floats() {
            super((Pointer) null);
        }

        FloatPointer at(INDArray array, long first) {
            address = array.data().address();
            return position(array.data().offset() + first);
        }
    }

    private static final class Doubles extends DoublePointer {

        Doubles() {
            super((Pointer) null);
        }

        DoublePointer at(INDArray array, long first) {
            address = array.data().address();
            return position(array.data().offset() + first);
        }
    }
}
