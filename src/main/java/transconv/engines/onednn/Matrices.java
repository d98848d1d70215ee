package transconv.engines.onednn;

import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** Sums as products with a vector of equal numbers. Each is null where oneDNN has no quick one. */
final class Matrices {

    private static final long MANY_SUMS = 128;

    private final Session session;

    Matrices(Session session) {
        this.session = session;
    }

    /** The mean of each row times a factor. */
    Step meanOfRows(long rows, long columns, float factor, Pointer matrix, Pointer out) {
        Pointer weights = equal(columns, factor / columns);
        return product(rows, columns, 1, matrix, weights, out);
    }

    /**
     * The sum of each column. Some rows side by side are summed up apart first: a long sum in one number loses digits,
     * and many sums keep the CPU busier than one.
     */
    Step sumOfColumns(long rows, long columns, Pointer matrix, Pointer out) {
        long together = Math.max(1, Math.min(rows, MANY_SUMS / columns));
        while (rows % together != 0) {
            together--;
        }
        if (together == 1) {
            return product(1, rows, columns, equal(rows, 1), matrix, out);
        }
        Pointer sums = session.allocate(together * columns * Float.BYTES);
        return Passes.inOrder(
                product(1, rows / together, together * columns, equal(rows / together, 1), matrix, sums),
                product(1, together, columns, equal(together, 1), sums, out));
    }

    private Pointer equal(long count, float value) {
        FloatPointer all = new FloatPointer(session.allocate(count * Float.BYTES));
        for (long i = 0; i < count; i++) {
            all.put(i, value);
        }
        return all;
    }

    /** The sum of the products of two vectors' values. */
    Step dot(long terms, Pointer a, Pointer b, Pointer out) {
        return product(1, terms, 1, a, b, out);
    }

    private Step product(long rows, long terms, long columns, Pointer a, Pointer b, Pointer c) {
        dnnl_memory_desc left = session.strided(new long[] {rows, terms}, new long[] {terms, 1});
        dnnl_memory_desc right = session.strided(new long[] {terms, columns}, new long[] {columns, 1});
        dnnl_memory_desc product = session.strided(new long[] {rows, columns}, new long[] {columns, 1});
        Primitive.Plan plan = Primitive.Plan.of(
                session,
                Attributes.none(session),
                (desc, attributes) -> dnnl.dnnl_matmul_primitive_desc_create(
                        desc, Library.engine(), left, right, null, product, attributes));
        return plan == null
                ? null
                : new Primitive(
                        session,
                        plan,
                        Map.of(
                                dnnl.DNNL_ARG_SRC, session.memory(left, a),
                                dnnl.DNNL_ARG_WEIGHTS, session.memory(right, b),
                                dnnl.DNNL_ARG_DST, session.memory(product, c)));
    }
}
