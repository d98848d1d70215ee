package transconv.interop.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import transconv.shape.Shape;

/** Computes what depends on numbers and shapes alone: exporters write down a shape by a dozen nodes. */
record ConstantReader(OnnxNode node) {

    /** Null where it is not among the usual ones. */
    Numbers read() {
        return switch (node.operator()) {
            case "Constant" -> constant();
            case "Identity", "Dropout" -> node.numbers(0);
            case "Cast" -> cast();
            case "Concat" -> concatenate();
            case "ConstantOfShape" -> filled();
            case "Gather" -> gather();
            case "Slice" -> slice();
            case "Squeeze", "Unsqueeze" -> squeezed();
            case "Reshape" -> reshaped();
            case "Transpose" -> transposed();
            case "Add" -> binary(Math::addExact);
            case "Sub" -> binary(Math::subtractExact);
            case "Mul" -> binary(Math::multiplyExact);
            case "Div" -> binary(Math::floorDiv);
            default -> null;
        };
    }

    private Numbers constant() {
        for (String name : List.of("value", "value_float", "value_floats", "value_int", "value_ints")) {
            AttributeProto value = node.any(name);
            if (value == null) {
                continue;
            }
            return switch (name) {
                case "value" -> Numbers.of(value.getT());
                case "value_float" -> Numbers.of(new float[] {value.getF()});
                case "value_int" -> Numbers.of(new long[] {value.getI()});
                case "value_ints" -> Numbers.of(
                        value.getIntsList().stream().mapToLong(Long::longValue).toArray(), value.getIntsCount());
                default -> floats(value);
            };
        }
        throw new IllegalArgumentException(
                "it has no attribute value, value_int, value_ints, value_float or value_floats");
    }

    private static Numbers floats(AttributeProto value) {
        float[] floats = new float[value.getFloatsCount()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = value.getFloats(i);
        }
        return Numbers.of(floats, floats.length);
    }

    private Numbers cast() {
        Numbers numbers = node.numbers(0);
        boolean toReal = node.integer("to", 1) == 1;
        if (toReal == numbers.isReal()) {
            return numbers;
        }
        return toReal ? Numbers.of(numbers.floats(), numbers.dims()) : Numbers.of(numbers.integers(), numbers.dims());
    }

    private Numbers concatenate() {
        List<Numbers> parts =
                IntStream.range(0, node.inputCount()).mapToObj(node::numbers).toList();
        node.integer("axis", 0);
        requireList(parts);
        long[] joined = parts.stream()
                .flatMapToLong(part -> LongStream.of(part.integers()))
                .toArray();
        return Numbers.of(joined, joined.length);
    }

    private static void requireList(List<Numbers> parts) {
        if (parts.stream().anyMatch(part -> part.rank() > 1 || part.count() > 64)) {
            throw new IllegalArgumentException(
                    "it computes with %s; of constants, only short lists are, simplify the graph when it is exported"
                            .formatted(parts));
        }
    }

    private Numbers filled() {
        long[] shape = node.numbers(0).integers();
        int[] dims = LongStream.of(shape)
                .mapToInt(size -> OnnxNode.asInt("shape", size))
                .toArray();
        if (Arrays.stream(dims).anyMatch(size -> size < 1 || size > 1024) || dims.length > 3) {
            throw new IllegalArgumentException(
                    "shape %s; up to three axes of 1 to 1024 are filled".formatted(Arrays.toString(dims)));
        }
        int count = Shape.of(dims).elements();
        if (count > 1 << 20) {
            throw new IllegalArgumentException("shape %s is more than is filled".formatted(Arrays.toString(dims)));
        }
        AttributeProto value = node.any("value");
        Numbers one = value == null ? Numbers.of(new float[1], 1) : Numbers.of(value.getT());
        if (one.isReal()) {
            float[] reals = new float[count];
            Arrays.fill(reals, one.scalar());
            return Numbers.of(reals, dims);
        }
        long[] integers = new long[count];
        Arrays.fill(integers, one.integers()[0]);
        return Numbers.of(integers, dims);
    }

    private Numbers gather() {
        Numbers from = node.numbers(0);
        node.require("axis", 0, "of constants, elements of lists are gathered");
        requireList(List.of(from, node.numbers(1)));
        long[] values = from.integers();
        long[] picked = LongStream.of(node.numbers(1).integers())
                .map(index -> values[Math.toIntExact(Math.floorMod(index, (long) values.length))])
                .toArray();
        return Numbers.of(picked, node.numbers(1).dims());
    }

    private Numbers slice() {
        Numbers from = node.numbers(0);
        int[] start = node.ints(1, "starts");
        long end = node.has("ends") ? node.ints("ends")[0] : node.numbers(2).integers()[0];
        requireList(List.of(from));
        int size = from.count();
        int first = Math.max(0, Math.min(size, start[0] < 0 ? start[0] + size : start[0]));
        int last = (int) Math.max(first, Math.min(size, end < 0 ? end + size : end));
        long[] cut = Arrays.copyOfRange(from.integers(), first, last);
        return Numbers.of(cut, cut.length);
    }

    private Numbers squeezed() {
        Numbers from = node.numbers(0);
        node.ints(1, "axes");
        requireList(List.of(from));
        return node.operator().equals("Squeeze") && from.count() == 1 ? from.reshaped() : from.reshaped(from.count());
    }

    private Numbers reshaped() {
        int[] target = node.ints(1, "shape");
        Numbers from = node.numbers(0);
        int known = IntStream.of(target).filter(size -> size > 0).reduce(1, Math::multiplyExact);
        int[] sizes = IntStream.of(target)
                .map(size -> size == -1 ? from.count() / known : size)
                .toArray();
        return from.reshaped(sizes);
    }

    private Numbers transposed() {
        Numbers from = node.numbers(0);
        return from.transposed(node.permutation(from.rank()));
    }

    /** Of sizes; the open number of samples is not reckoned with. */
    private Numbers binary(LongBinaryOperator operator) {
        Numbers a = node.numbers(0);
        Numbers b = node.numbers(1);
        requireList(List.of(a, b));
        boolean isOpen = LongStream.concat(LongStream.of(a.integers()), LongStream.of(b.integers()))
                .anyMatch(value -> value == Numbers.SAMPLES);
        if (isOpen || a.isReal() || b.isReal() || a.count() != b.count() && a.count() != 1 && b.count() != 1) {
            throw new IllegalArgumentException(
                    "%s and %s; only known sizes are reckoned with, simplify the graph when it is exported"
                            .formatted(a, b));
        }
        int count = Math.max(a.count(), b.count());
        long[] results = IntStream.range(0, count)
                .mapToLong(i -> operator.applyAsLong(
                        a.integers()[a.count() == 1 ? 0 : i], b.integers()[b.count() == 1 ? 0 : i]))
                .toArray();
        return Numbers.of(results, a.count() >= b.count() ? a.dims() : b.dims());
    }
}
