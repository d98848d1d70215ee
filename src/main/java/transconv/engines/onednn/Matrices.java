package transconv.engines.onednn;

import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;
import transconv.engines.Precision;

/** Sums as products with a vector of equal numbers. Each is null where oneDNN has no quick one. */
final class Matrices {

    private static final long MANY_SUMS = 128;

    private final Session session;

    Matrices(Session session) {
        this.session = session;
    }

    /** The mean of each row times a factor. */
    Step meanOfRows(long rows, long columns, float factor, Pointer matrix, Pointer out) {
        Stored weights = equal(columns, factor / columns);
        return product(rows, columns, 1, floats(matrix), weights, out);
    }

    /**
     * The sum of each column. Some rows side by side are summed up apart first: a long sum in one number loses digits,
     * and many sums keep the CPU busier than one.
     */
    Step sumOfColumns(long rows, long columns, Stored matrix, Pointer out) {
        long together = Math.max(1, Math.min(rows, MANY_SUMS / columns));
        while (rows % together != 0) {
            together--;
        }
        if (together == 1) {
            return product(1, rows, columns, ones(rows, matrix.precision()), matrix, out);
        }
        Pointer sums = session.allocate(together * columns * Float.BYTES);
        return Passes.inOrder(
                product(
                        1,
                        rows / together,
                        together * columns,
                        ones(rows / together, matrix.precision()),
                        matrix,
                        sums),
                product(1, together, columns, equal(together, 1), floats(sums), out));
    }

    private Stored equal(long count, float value) {
        FloatPointer all = new FloatPointer(session.allocate(count * Float.BYTES));
        for (long i = 0; i < count; i++) {
            all.put(i, value);
        }
        return floats(all);
    }

    private Stored ones(long count, Precision precision) {
        if (precision == Precision.FLOAT32) {
            return equal(count, 1);
        }
        ShortPointer all = new ShortPointer(session.allocate(count * precision.bytes()));
        for (long i = 0; i < count; i++) {
            all.put(i, (short) (Float.floatToRawIntBits(1) >>> Short.SIZE));
        }
        return new Stored(all, precision);
    }

    private static Stored floats(Pointer at) {
        return new Stored(at, Precision.FLOAT32);
    }

    /** The sum of the products of two vectors' values. */
    Step dot(long terms, Pointer a, Pointer b, Pointer out) {
        return product(1, terms, 1, floats(a), floats(b), out);
    }

    private Step product(long rows, long terms, long columns, Stored a, Stored b, Pointer c) {
        dnnl_memory_desc left = session.strided(a.precision(), new long[] {rows, terms}, new long[] {terms, 1});
        dnnl_memory_desc right = session.strided(b.precision(), new long[] {terms, columns}, new long[] {columns, 1});
        dnnl_memory_desc product = session.strided(new long[] {rows, columns}, new long[] {columns, 1});
        Primitive.Plan plan = Primitive.Plan.ofProduct(session, left, right, product);
        return plan == null
                ? null
                : new Primitive(
                        session,
                        plan,
                        Map.of(
                                dnnl.DNNL_ARG_SRC, session.memory(left, a.at()),
                                dnnl.DNNL_ARG_WEIGHTS, session.memory(right, b.at()),
                                dnnl.DNNL_ARG_DST, session.memory(product, c)));
    }
}
