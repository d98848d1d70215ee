package transconv.engines.onednn;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.engines.Precision;
import transconv.ops.Value;

/** Where the values of a program lie; and copies in another precision, where an op asks for one. */
final class Tensors {

    private final Map<Value, INDArray> arrays;
    private final ValuePrecisions precisions;
    private final Session session;
    private final Map<Value, INDArray> floatCopies = new HashMap<>();
    private final Map<Value, Pointer> halfCopies = new HashMap<>();
    private final Set<Value> loaded = new HashSet<>();

    /** @param arrays each value's memory as floats, of which bfloat16 fill half */
    Tensors(Map<Value, INDArray> arrays, ValuePrecisions precisions, Session session) {
        this.arrays = arrays;
        this.precisions = precisions;
        this.session = session;
    }

    Pointer at(Value value) {
        return arrays.get(value).data().addressPointer();
    }

    Stored stored(Value value) {
        return new Stored(at(value), precisions.of(value));
    }

    /** A value as floats: where it is kept, or in a copy. */
    INDArray floats(Value value) {
        return precisions.of(value) == Precision.FLOAT32
                ? arrays.get(value)
                : floatCopies.computeIfAbsent(value, kept -> {
                    INDArray copy = Nd4j.create(kept.shape().toLongArray());
                    session.closeWith(copy::close);
                    return copy;
                });
    }

    /** A value in a precision: where it is kept, or in a copy. */
    Stored in(Precision precision, Value value) {
        if (precisions.of(value) == precision) {
            return stored(value);
        }
        Pointer copy = precision == Precision.FLOAT32
                ? floats(value).data().addressPointer()
                : halfCopies.computeIfAbsent(
                        value, kept -> session.allocate((long) kept.shape().elements() * precision.bytes()));
        return new Stored(copy, precision);
    }

    /** Makes the copy of {@link #in}; null where there is none, or where an earlier step made it. */
    Step load(Precision precision, Value value) {
        boolean there = precisions.of(value) == precision || !loaded.add(value);
        return there ? null : convert(value, stored(value), in(precision, value));
    }

    /** Brings a value that was computed in the copy of {@link #in} to where it is kept; null where it is there. */
    Step store(Precision precision, Value value) {
        if (precisions.of(value) == precision) {
            return null;
        }
        loaded.add(value);
        return convert(value, in(precision, value), stored(value));
    }

    private Step convert(Value value, Stored from, Stored to) {
        long elements = value.shape().elements();
        dnnl_memory_desc source = session.flat(from.precision(), elements);
        dnnl_memory_desc target = session.flat(to.precision(), elements);
        return Primitive.reorder(
                session, source, session.memory(source, from.at()), target, session.memory(target, to.at()));
    }
}
