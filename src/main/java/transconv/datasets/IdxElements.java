package transconv.datasets;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Turns stored IDX elements, a buffer at a time, into the elements of a new array. */
final class IdxElements {

    private final String place;
    private final IdxFile.ElementType from;
    private final DataType to;
    private final double divisor;
    /** The float of each ubyte: nearly every IDX file holds ubytes, and 47 million are read within a second. */
    private final float[] ofUbyte = new float[256];

    private float[] floats = {};

    IdxElements(String place, IdxFile.ElementType from, DataType to, double divisor) {
        if (to != DataType.FLOAT && to != DataType.DOUBLE && to != DataType.INT) {
            throw new IllegalArgumentException(
                    "%s: data type %s; it must be FLOAT, DOUBLE or INT".formatted(place, to));
        }
        double used = to == DataType.FLOAT ? (float) divisor : divisor;
        if (used == 0 || !Double.isFinite(used)) {
            throw new IllegalArgumentException(
                    "%s: divisor %s; as %s it must be a finite number other than 0".formatted(place, divisor, to));
        }
        boolean whole = from != IdxFile.ElementType.FLOAT && from != IdxFile.ElementType.DOUBLE && divisor == 1;
        if (to == DataType.INT && !whole) {
            throw new IllegalArgumentException("%s: %s elements divided by %s into INT; read them as FLOAT or DOUBLE"
                    .formatted(place, from, divisor));
        }
        this.place = place;
        this.from = from;
        this.to = to;
        this.divisor = divisor;
        for (int b = 0; b < ofUbyte.length; b++) {
            ofUbyte[b] = b / (float) divisor;
        }
    }

    INDArray allocate(long[] shape) {
        return Nd4j.createUninitialized(to, shape);
    }

    /** Puts {@code count} stored elements into the array from its element {@code first} on. */
    void put(byte[] stored, int count, INDArray array, long first) {
        ByteBuffer elements = ByteBuffer.wrap(stored);
        switch (to) {
            case FLOAT -> {
                floats = floats.length < count ? new float[count] : floats;
                if (from == IdxFile.ElementType.UBYTE) {
                    for (int i = 0; i < count; i++) {
                        floats[i] = ofUbyte[stored[i] & 0xFF];
                    }
                } else {
                    for (int i = 0; i < count; i++) {
                        floats[i] = (float) from.value(elements, i) / (float) divisor;
                    }
                }
                ((FloatPointer) array.data().pointer()).getPointer(first).put(floats, 0, count);
            }
            case DOUBLE -> {
                double[] values = new double[count];
                for (int i = 0; i < count; i++) {
                    values[i] = from.value(elements, i) / divisor;
                }
                ((DoublePointer) array.data().pointer()).getPointer(first).put(values, 0, count);
            }
            default -> {
                int[] values = new int[count];
                for (int i = 0; i < count; i++) {
                    values[i] = (int) from.value(elements, i);
                }
                ((IntPointer) array.data().pointer()).getPointer(first).put(values, 0, count);
            }
        }
    }
}
