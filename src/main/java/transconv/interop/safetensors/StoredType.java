package transconv.interop.safetensors;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/** The format's names of types, and ND4J's. */
enum StoredType {
    BOOL(DataType.BOOL),
    I8(DataType.BYTE),
    U8(DataType.UBYTE),
    I16(DataType.SHORT),
    U16(DataType.UINT16),
    I32(DataType.INT),
    U32(DataType.UINT32),
    I64(DataType.LONG),
    U64(DataType.UINT64),
    F16(DataType.HALF),
    BF16(DataType.BFLOAT16),
    F32(DataType.FLOAT),
    F64(DataType.DOUBLE);

    private final DataType dataType;

    StoredType(DataType dataType) {
        this.dataType = dataType;
    }

    DataType dataType() {
        return dataType;
    }

    static StoredType of(String name, DataType dataType) {
        return Arrays.stream(values())
                .filter(type -> type.dataType == dataType)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "tensor '%s' is of type %s; safetensors has numbers and truth values"
                                .formatted(name, dataType)));
    }

    static StoredType of(String name, String written) throws IOException {
        for (StoredType type : values()) {
            if (type.name().equals(written)) {
                return type;
            }
        }
        boolean known = List.of("F8_E4M3", "F8_E5M2", "F8_E8M0", "F6_E2M3", "F6_E3M2", "F4", "C64")
                .contains(written);
        throw new IOException("tensor '%s': dtype '%s' %s; read are %s"
                .formatted(
                        name,
                        written,
                        known ? "has no equal among ND4J's types: save it as F32" : "is unknown",
                        Arrays.toString(values())));
    }
}
