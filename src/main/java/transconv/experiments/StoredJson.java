package transconv.experiments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import transconv.models.file.AtomicFile;
import transconv.models.file.Json;

/**
 * JSON files that are written whole and know their checksum. It is of the values, not of the text: Java releases write
 * the same number in different digits, and a reader may lay the text out anew.
 */
final class StoredJson {

    private static final String CHECKSUM = "crc32";
    private static final long MOST_BYTES = 64L << 20;

    private StoredJson() {}

    static void write(Path file, Map<String, Object> values) {
        Map<String, Object> checked = new LinkedHashMap<>(values);
        checked.put(CHECKSUM, checksum(values));
        try {
            byte[] text = Json.write(checked);
            AtomicFile.write(file, out -> out.write(text));
        } catch (IOException failure) {
            throw new UncheckedIOException("%s: cannot be written (%s)".formatted(file, failure), failure);
        }
    }

    /** Whole numbers are Long, others Double. */
    static Map<String, Object> read(Path file, String wayOut) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException("it has %,d bytes, at most %,d".formatted(Files.size(file), MOST_BYTES));
            }
            Map<String, Object> values = new LinkedHashMap<>();
            Json.read(Files.readAllBytes(file)).forEach((name, value) -> values.put(name, widened(value)));
            Object stored = values.remove(CHECKSUM);
            String computed = checksum(values);
            if (!computed.equals(stored)) {
                throw new ExperimentFolderException(
                        file, "%s=%s must be %s; it is damaged: %s".formatted(CHECKSUM, stored, computed, wayOut));
            }
            return values;
        } catch (IOException failure) {
            throw new ExperimentFolderException(
                    file, "it is no whole JSON file (%s): %s".formatted(failure.getMessage(), wayOut), failure);
        }
    }

    private static Object widened(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> wide = new LinkedHashMap<>();
            map.forEach((name, part) -> wide.put(String.valueOf(name), widened(part)));
            return wide;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(StoredJson::widened).toList();
        }
        return value instanceof Integer number ? (Object) number.longValue() : value;
    }

    private static String checksum(Map<String, Object> values) {
        StringBuilder text = new StringBuilder();
        spell(values, text);
        CRC32 checksum = new CRC32();
        checksum.update(text.toString().getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(checksum.getValue());
    }

    private static void spell(Object value, StringBuilder text) {
        if (value instanceof Map<?, ?> map) {
            text.append('{');
            map.forEach((name, part) -> {
                spell(name, text);
                spell(part, text);
            });
            text.append('}');
        } else if (value instanceof List<?> list) {
            text.append('[');
            list.forEach(part -> spell(part, text));
            text.append(']');
        } else if (value instanceof Double number) {
            text.append('d').append(Long.toHexString(Double.doubleToLongBits(number)));
        } else if (value instanceof String words) {
            text.append('s').append(words.length()).append(':').append(words);
        } else {
            text.append('v').append(value).append(';');
        }
    }
}
