package transconv.engines;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import transconv.ops.Convolution;
import transconv.ops.KernelGradient;
import transconv.ops.Op;
import transconv.ops.TransposedConvolution;
import transconv.ops.Value;
import transconv.shape.Geometry;

/**
 * What a program does, as a table in plain text: one line a step, in the same form for all engines. All values lie
 * channels last.
 *
 * @param lines     the steps in the order of computation; what is computed together with another value has no line
 * @param workBytes memory that the program holds beside its values and weights: padded and unrolled copies, kernels in
 *     another order
 */
public record Explanation(List<Line> lines, long workBytes) {

    public Explanation {
        lines = List.copyOf(lines);
    }

    /**
     * One step.
     *
     * @param value     what it computes
     * @param algorithm in the engine's words
     * @param useful    multiply-adds that the value needs; 0 unless it is a convolution, its transpose or the gradient
     *     of a kernel
     * @param executed  multiply-adds that are carried out, those with a zero of padding and in idle vector lanes
     *     included; 0 likewise
     * @param bytes     of inputs and output
     */
    public record Line(Value value, String algorithm, long useful, long executed, long bytes) {

        /** @param elementBytes 4 for float, 8 for double */
        public static Line of(Value value, String algorithm, int elementBytes) {
            return of(value, algorithm, 0, elementBytes);
        }

        /** @param elementBytes 4 for float, 8 for double */
        public static Line of(Value value, String algorithm, long executed, int elementBytes) {
            return of(value, algorithm, executed, any -> elementBytes);
        }

        /** @param elementBytes of the value and of each of its inputs */
        public static Line of(Value value, String algorithm, long executed, ToLongFunction<Value> elementBytes) {
            long bytes = Stream.concat(Stream.of(value), value.inputs().stream())
                    .mapToLong(each -> each.shape().elements() * elementBytes.applyAsLong(each))
                    .sum();
            return new Line(value, algorithm, Explanation.useful(value), executed, bytes);
        }

        @Override
        public String toString() {
            String counts = useful == 0
                    ? ""
                    : "; channels last; multiply-adds: %,d useful, %,d executed".formatted(useful, executed);
            String op = value.op().getClass().getSimpleName();
            return "%%%d %s %s: %s%s; %,d bytes".formatted(value.id(), value.shape(), op, algorithm, counts, bytes);
        }
    }

    /** What an algorithm's words end with where more is computed with it: {@code , with bias and rectifier}. */
    public static String together(boolean bias, boolean rectifier) {
        return (bias ? ", with bias" : "") + (rectifier ? (bias ? " and" : ", with") + " rectifier" : "");
    }

    /** Whether a value is a convolution, its transpose or the gradient of a kernel. */
    public static boolean isContraction(Value value) {
        return geometry(value.op()) != null;
    }

    /** The multiply-adds that a value needs; 0 unless it is a contraction. */
    public static long useful(Value value) {
        Geometry geometry = geometry(value.op());
        return geometry == null
                ? 0
                : geometry.multiplyAdds(value.inputs().get(0).shape().size(0));
    }

    private static Geometry geometry(Op op) {
        if (op instanceof Convolution convolution) {
            return convolution.geometry();
        }
        if (op instanceof TransposedConvolution transposed) {
            return transposed.geometry();
        }
        return op instanceof KernelGradient gradient ? gradient.geometry() : null;
    }

    /** All lines, and the work memory last. */
    @Override
    public String toString() {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining())
                + "work memory: %,d bytes".formatted(workBytes);
    }
}
