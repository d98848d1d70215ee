package transconv.interop.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import transconv.interop.arrays.ArrayBytes;

/**
 * What stands before the values: which tensors there are and where.
 *
 * @param tensors in the order of their values
 */
record TensorHeader(List<Tensor> tensors, Map<String, String> metadata) {

    /** The values lie from byte {@code begin} to before byte {@code end}, counted behind the header. */
    record Tensor(String name, StoredType type, long[] shape, long begin, long end) {}

    private static final String METADATA = "__metadata__";
    private static final int MAX_DEPTH = 4;
    private static final int MAX_RANK = 32;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * @param bytes of all values
     * @throws IOException if the values do not lie one behind the other from the first byte to the last
     */
    static TensorHeader read(byte[] text, long bytes) throws IOException {
        List<Tensor> tensors = new ArrayList<>();
        Map<String, String> metadata = Map.of();
        try (JsonParser parser = JSON.createParser(text)) {
            require(parser.nextToken() == JsonToken.START_OBJECT, "the header", "a JSON object", parser);
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                require(parser.nextToken() == JsonToken.START_OBJECT, "'" + name + "'", "a JSON object", parser);
                if (name.equals(METADATA)) {
                    metadata = metadata(parser);
                } else {
                    tensors.add(tensor(name, parser));
                }
            }
            if (parser.nextToken() != null) {
                throw new IOException("there is more behind the header's JSON object");
            }
        }
        tensors.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
        long at = 0;
        for (Tensor tensor : tensors) {
            if (tensor.begin() != at) {
                throw new IOException("tensor '%s': data_offsets begin at %,d; they must at %,d, where those before end"
                        .formatted(tensor.name(), tensor.begin(), at));
            }
            at = tensor.end();
        }
        if (at != bytes) {
            throw new IOException(
                    "the tensors have %,d bytes, the file has %,d behind its header".formatted(at, bytes));
        }
        return new TensorHeader(tensors, metadata);
    }

    private static Map<String, String> metadata(JsonParser parser) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            require(value == JsonToken.VALUE_STRING, METADATA + " '" + name + "'", "a text", parser);
            metadata.put(name, parser.getText());
        }
        return metadata;
    }

    private static Tensor tensor(String name, JsonParser parser) throws IOException {
        StoredType type = null;
        long[] shape = null;
        long[] offsets = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            String place = "tensor '%s': %s".formatted(name, field);
            JsonToken token = parser.nextToken();
            switch (field) {
                case "dtype" -> {
                    require(token == JsonToken.VALUE_STRING, place, "a text", parser);
                    type = StoredType.of(name, parser.getText());
                }
                case "shape" -> shape = numbers(place, parser);
                case "data_offsets" -> offsets = numbers(place, parser);
                default -> throw new IOException("%s is no field of a tensor".formatted(place));
            }
        }
        if (type == null || shape == null || offsets == null || offsets.length != 2) {
            throw new IOException(
                    "tensor '%s': it must have dtype, shape and data_offsets of two numbers".formatted(name));
        }
        long needed;
        try {
            needed = ArrayBytes.count(type.dataType(), shape);
        } catch (IllegalArgumentException refused) {
            throw new IOException("tensor '%s': %s".formatted(name, refused.getMessage()), refused);
        }
        if (offsets[1] - offsets[0] != needed || offsets[0] < 0 || offsets[1] < offsets[0]) {
            throw new IOException("tensor '%s': shape %s of %s needs %,d bytes, data_offsets are %s"
                    .formatted(name, Arrays.toString(shape), type, needed, Arrays.toString(offsets)));
        }
        return new Tensor(name, type, shape, offsets[0], offsets[1]);
    }

    private static long[] numbers(String place, JsonParser parser) throws IOException {
        require(parser.currentToken() == JsonToken.START_ARRAY, place, "a list", parser);
        long[] numbers = new long[MAX_RANK];
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            require(parser.currentToken() == JsonToken.VALUE_NUMBER_INT, place, "a list of whole numbers", parser);
            require(
                    count < MAX_RANK && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER,
                    place,
                    "a list of up to %d numbers below 2^63".formatted(MAX_RANK),
                    parser);
            numbers[count++] = parser.getLongValue();
        }
        return Arrays.copyOf(numbers, count);
    }

    private static void require(boolean right, String place, String wanted, JsonParser parser) throws IOException {
        if (!right) {
            throw new IOException("%s must be %s, is %s".formatted(place, wanted, parser.currentToken()));
        }
    }

    byte[] write() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            if (!metadata.isEmpty()) {
                out.writeObjectFieldStart(METADATA);
                for (Map.Entry<String, String> entry : metadata.entrySet()) {
                    out.writeStringField(entry.getKey(), entry.getValue());
                }
                out.writeEndObject();
            }
            for (Tensor tensor : tensors) {
                out.writeObjectFieldStart(tensor.name());
                out.writeStringField("dtype", tensor.type().name());
                out.writeFieldName("shape");
                out.writeArray(tensor.shape(), 0, tensor.shape().length);
                out.writeFieldName("data_offsets");
                out.writeArray(new long[] {tensor.begin(), tensor.end()}, 0, 2);
                out.writeEndObject();
            }
            out.writeEndObject();
        }
        // the values begin at a multiple of eight
        while (text.size() % Long.BYTES != 0) {
            text.write(' ');
        }
        return text.toByteArray();
    }
}
