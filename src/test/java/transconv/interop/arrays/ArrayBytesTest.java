package transconv.interop.arrays;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import transconv.interop.StoredArrays;

class ArrayBytesTest {

    private static final INDArray BYTES =
            Nd4j.createFromArray(new int[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}).castTo(DataType.BYTE);

    @Test
    void valuesAreThoseOfTheArrayAndNotOfTheMemoryBehindIt() {
        assertEquals("010203040506070809", StoredArrays.hex(BYTES));
        assertEquals("010407020508030609", StoredArrays.hex(BYTES.transpose()));
        assertEquals("040506", StoredArrays.hex(BYTES.getRow(1)));
        assertEquals("020508", StoredArrays.hex(BYTES.getColumn(1)));
        INDArray corner = BYTES.get(NDArrayIndex.interval(1, 3), NDArrayIndex.interval(1, 3));
        assertEquals("05060809", StoredArrays.hex(corner));
        assertEquals("010203040506070809", StoredArrays.hex(BYTES.dup('f')));
        INDArray lower = BYTES.get(NDArrayIndex.interval(1, 3), NDArrayIndex.all());
        assertEquals("040506070809", StoredArrays.hex(lower));
    }

    @Test
    void partsOfArraysOfEveryTypeBeginAtTheirFirstValue() {
        for (DataType type : List.of(
                DataType.BOOL,
                DataType.BYTE,
                DataType.UBYTE,
                DataType.SHORT,
                DataType.UINT16,
                DataType.INT,
                DataType.UINT32,
                DataType.LONG,
                DataType.UINT64,
                DataType.HALF,
                DataType.BFLOAT16,
                DataType.FLOAT,
                DataType.DOUBLE)) {
            INDArray array = Nd4j.createFromArray(new int[][] {{0, 0}, {1, 0}}).castTo(type);
            assertEquals(
                    StoredArrays.hex(array).substring(4 * type.width()),
                    StoredArrays.hex(array.getRow(1)),
                    type.name());
        }
    }

    @Test
    void axesOfLengthOneDoNotMatterToTheLayout() {
        assertTrue(ArrayBytes.isContiguous(BYTES.reshape(3, 1, 3), 'c'));
        assertFalse(ArrayBytes.isContiguous(BYTES, 'f'));
        assertTrue(ArrayBytes.isContiguous(BYTES.transpose(), 'f'));
        assertTrue(ArrayBytes.isContiguous(BYTES.reshape(1, 9), 'f'));
        assertFalse(ArrayBytes.isContiguous(BYTES.getColumn(1), 'c'));
    }

    @Test
    void bytesOfAShapeAreCountedWithoutOverflow() {
        assertEquals(24, ArrayBytes.count(DataType.FLOAT, new long[] {2, 3}));
        assertEquals(8, ArrayBytes.count(DataType.DOUBLE, new long[0]));
        assertEquals(0, ArrayBytes.count(DataType.DOUBLE, new long[] {3, 0, 5}));
        for (long[] shape : new long[][] {
            {-1}, {1L << 62, 4}, {1L << 32, 1L << 32}, {0, Long.MAX_VALUE}, {Long.MIN_VALUE}, new long[33]
        }) {
            assertThrows(IllegalArgumentException.class, () -> ArrayBytes.count(DataType.FLOAT, shape));
        }
    }

    @Test
    void bytesOtherThan0And1AreMadeTruthValues() throws IOException {
        INDArray truth = ArrayBytes.read(
                new ByteArrayInputStream(new byte[] {0, 1, 2, -1}),
                DataType.BOOL,
                ByteOrder.LITTLE_ENDIAN,
                'c',
                new long[] {4});
        assertEquals("00010101", StoredArrays.hex(truth));
    }

    @Test
    void tooFewValuesAreSaid() {
        EOFException error = assertThrows(
                EOFException.class,
                () -> ArrayBytes.read(
                        new ByteArrayInputStream(new byte[7]), DataType.FLOAT, ByteOrder.BIG_ENDIAN, 'c', new long[] {2
                        }));
        assertEquals("the values end after 7 of 8 bytes", error.getMessage());
    }
}
