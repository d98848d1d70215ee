package transconv.interop.numpy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;

/** NumPy's number types and ND4J's. */
enum NpyType {
    BOOL("b1", DataType.BOOL),
    INT8("i1", DataType.BYTE),
    UINT8("u1", DataType.UBYTE),
    INT16("i2", DataType.SHORT),
    UINT16("u2", DataType.UINT16),
    INT32("i4", DataType.INT),
    UINT32("u4", DataType.UINT32),
    INT64("i8", DataType.LONG),
    UINT64("u8", DataType.UINT64),
    FLOAT16("f2", DataType.HALF),
    FLOAT32("f4", DataType.FLOAT),
    FLOAT64("f8", DataType.DOUBLE);

    private static final Map<Character, String> OTHERS = Map.of(
            'O', "Python objects: reading them would run what the file says, which is never done; save numbers",
            'c', "complex numbers; save the real and the imaginary part, a.real and a.imag",
            'S', "byte texts; save their numbers",
            'U', "texts; save their numbers",
            'V', "raw bytes, which is also what NumPy makes of bfloat16; save a.astype('float32')",
            'M', "dates; save a.astype('int64')",
            'm', "time spans; save a.astype('int64')",
            'f', "long doubles, which differ from machine to machine; save a.astype('float64')");

    private final String code;
    private final DataType dataType;

    NpyType(String code, DataType dataType) {
        this.code = code;
        this.dataType = dataType;
    }

    DataType dataType() {
        return dataType;
    }

    /** As in a header: {@code <f4}. */
    String description() {
        return (dataType.width() == 1 ? "|" : "<") + code;
    }

    static NpyType of(DataType dataType) {
        return Arrays.stream(values())
                .filter(type -> type.dataType == dataType)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "an array of type %s; NumPy has %s: convert it with castTo".formatted(dataType, names())));
    }

    private static String names() {
        return Arrays.stream(values()).map(type -> type.dataType.name()).collect(Collectors.joining(", "));
    }

    /** @throws IOException if a description is none of these types */
    static NpyType of(Object description) throws IOException {
        if (!(description instanceof String text)) {
            throw new IOException(
                    "descr=%s is a structured type; save its fields as arrays of their own".formatted(description));
        }
        String code = text.substring(Math.min(1, text.length()));
        NpyType found = Arrays.stream(values())
                .filter(type -> type.code.equals(code))
                .findFirst()
                .orElse(null);
        boolean ordered = text.startsWith("<") || text.startsWith(">") || text.startsWith("=");
        if (found != null && (ordered || text.startsWith("|") && found.dataType.width() == 1)) {
            return found;
        }
        String other = found == null && !code.isEmpty() ? OTHERS.get(code.charAt(0)) : null;
        throw new IOException("descr='%s' %s".formatted(text, other == null ? rule() : "stands for " + other));
    }

    private static String rule() {
        String codes = Arrays.stream(values()).map(type -> type.code).collect(Collectors.joining(", "));
        return "must be one of %s, with < or > for the byte order before it".formatted(codes);
    }

    static ByteOrder order(String description) {
        return switch (description.charAt(0)) {
            case '>' -> ByteOrder.BIG_ENDIAN;
            case '<' -> ByteOrder.LITTLE_ENDIAN;
            default -> ByteOrder.nativeOrder();
        };
    }
}
