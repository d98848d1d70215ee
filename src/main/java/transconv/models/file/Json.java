package transconv.models.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Map;

/**
 * JSON text of maps, lists, text, numbers, truth values and null.
 *
 * <pre>{@code
 * System.out.println(Json.read("{\"filters\": 8}".getBytes())); // {filters=8}
 * }</pre>
 */
public final class Json {

    private static final int MAX_DEPTH = 200;

    private static final JSON JACKSON = JSON.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS)
            .enable(JSON.Feature.WRITE_NULL_PROPERTIES)
            .enable(JSON.Feature.PRETTY_PRINT_OUTPUT)
            .build();

    private Json() {}

    /**
     * UTF-8 text.
     *
     * @throws IllegalArgumentException if there is a number that JSON cannot hold
     */
    public static byte[] write(Map<String, ?> values) throws IOException {
        requireFinite("", values);
        return JACKSON.asBytes(values);
    }

    private static void requireFinite(String place, Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, part) -> requireFinite(place + "." + name, part));
        } else if (value instanceof Iterable<?> list) {
            list.forEach(part -> requireFinite(place, part));
        } else if (value instanceof Number number && !Double.isFinite(number.doubleValue())) {
            throw new IllegalArgumentException(
                    "setting '%s' is %s; only finite numbers can be saved".formatted(place.substring(1), number));
        }
    }

    /**
     * The object that is written there, in the order of its names.
     *
     * @throws IOException if it is no JSON object, or one with a name twice, too deep, or followed by more
     */
    public static Map<String, Object> read(byte[] text) throws IOException {
        try (JsonParser parser = JACKSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is no JSON object");
            }
            Map<String, Object> values = JACKSON.mapFrom(parser);
            if (parser.nextToken() != null) {
                throw new IOException("there is more behind the JSON object");
            }
            return values;
        }
    }
}
