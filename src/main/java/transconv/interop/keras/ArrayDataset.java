package transconv.interop.keras;

import io.jhdf.ObjectHeader;
import io.jhdf.WritableDatasetImpl;
import io.jhdf.api.Group;
import io.jhdf.object.message.DataLayoutMessage.ContiguousDataLayoutMessage;
import io.jhdf.object.message.DataSpace;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.FillValueMessage;
import io.jhdf.object.message.Message;
import io.jhdf.storage.HdfFileChannel;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A dataset of HDF5 whose values are those of an ND4J array; jHDF itself takes only Java's nested arrays. */
final class ArrayDataset extends WritableDatasetImpl {

    private final INDArray array;

    ArrayDataset(INDArray array, String name, Group parent) {
        super(sample(array), name, parent);
        this.array = array;
    }

    /** One value of the array's type and rank, from which jHDF makes the description. */
    private static Object sample(INDArray array) {
        Object value =
                switch (array.dataType()) {
                    case FLOAT -> 0f;
                    case LONG -> 0L;
                    default -> throw new IllegalArgumentException(
                            "an array of type %s; Keras' files hold FLOAT and LONG".formatted(array.dataType()));
                };
        int[] ones = new int[array.rank()];
        Arrays.fill(ones, 1);
        Class<?> type = value instanceof Float ? float.class : long.class;
        return ones.length == 0 ? value : Array.newInstance(type, ones);
    }

    @Override
    public long write(HdfFileChannel channel, long position) {
        long bytes = array.length() * array.dataType().width();
        // the header's length does not depend on the address
        long address = position + header(position, 0, bytes).limit();
        INDArray flat = array.isView() || array.ordering() != 'c' ? array.dup('c') : array;
        ByteBuffer values = flat.data().asNio().limit((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (long at = address; values.hasRemaining(); ) {
            at += channel.write(values, at);
        }
        // The buffer does not keep the array, which may be a copy.
        Reference.reachabilityFence(flat);
        channel.write(header(position, address, bytes), position);
        return address + bytes;
    }

    private ByteBuffer header(long position, long address, long bytes) {
        DataSpace sample = DataSpace.fromObject(getData());
        DataSpace space = array.rank() == 0 ? sample : DataSpace.modifyDimensions(sample, array.shape());
        List<Message> messages = List.of(
                DataTypeMessage.create(getDataType()),
                DataSpaceMessage.create(space),
                FillValueMessage.NO_FILL,
                ContiguousDataLayoutMessage.create(address, bytes));
        return new ObjectHeader.ObjectHeaderV2(position, messages).toBuffer();
    }
}
