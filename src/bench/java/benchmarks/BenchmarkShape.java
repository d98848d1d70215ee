package benchmarks;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.File;
import java.io.IOException;
import java.util.Map;

/**
 * A square transposed convolution of shapes.json.
 *
 * @param in   channels
 * @param out  channels
 * @param size side of the input
 */
record BenchmarkShape(
        int batch, int in, int out, int size, int kernel, int stride, int padding, int dilation, int groups) {

    /** The entry at a place of the file that the system property {@code shapes} names. */
    static BenchmarkShape read(int place) throws IOException {
        Map<?, ?> entry = (Map<?, ?>) JSON.std.listFrom(new File(System.getProperty("shapes"))).get(place);
        return new BenchmarkShape(
                number(entry, "batch", 0),
                number(entry, "in", 0),
                number(entry, "out", 0),
                number(entry, "size", 0),
                number(entry, "kernel", 0),
                number(entry, "stride", 1),
                number(entry, "padding", 0),
                number(entry, "dilation", 1),
                number(entry, "groups", 1));
    }

    private static int number(Map<?, ?> entry, String name, int otherwise) {
        return entry.get(name) instanceof Number number ? number.intValue() : otherwise;
    }

    /** Side of the output. */
    int wide() {
        return (size - 1) * stride + dilation * (kernel - 1) + 1 - 2 * padding;
    }
}
