package transconv.interop.keras;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The parts of a zip by their names, each read where it lies in the file: Java's own reader tells no part's place, and
 * weights that are stored as they are shall not be copied on their way. Nothing is unpacked to disk. Source: PKWARE's
 * APPNOTE, sections 4.3.7, 4.3.12 and 4.3.16.
 */
final class ZipParts {

    private static final int END = 0x06054b50;
    private static final int END_SIZE = 22;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_SIZE = 46;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_SIZE = 30;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int ENCRYPTED = 1;
    private static final int MAX_PARTS = 10_000;

    /** Whatever expands to less than this is no bomb. */
    private static final long HARMLESS = 64 << 20;

    private static final int MAX_EXPANSION = 4;

    private record Part(String name, int flags, int method, long checksum, long stored, long size, long header) {}

    private final FileRegion file;
    private final Map<String, Part> parts = new LinkedHashMap<>();

    /** @throws IllegalArgumentException if it is no zip, or its directory is damaged */
    ZipParts(FileRegion file) throws IOException {
        this.file = file;
        ByteBuffer end = end();
        int count = unsigned(end.getShort(10));
        long length = unsigned(end.getInt(12));
        long start = unsigned(end.getInt(16));
        if (count > MAX_PARTS || start == 0xffff_ffffL) {
            throw new IllegalArgumentException(
                    "the zip has %,d parts or is a zip64; up to %,d parts and 4 GB can be read"
                            .formatted(count, MAX_PARTS));
        }
        ByteBuffer directory =
                little(file.part("the zip's directory", start, length).bytes());
        for (int i = 0; i < count; i++) {
            add(directory);
        }
    }

    private ByteBuffer end() throws IOException {
        int length = (int) Math.min(file.size(), END_SIZE + 0xffff);
        ByteBuffer tail =
                little(file.part("the zip's end", file.size() - length, length).bytes());
        for (int at = length - END_SIZE; at >= 0; at--) {
            if (tail.getInt(at) == END && unsigned(tail.getShort(at + 20)) <= length - at - END_SIZE) {
                return tail.position(at).slice().order(ByteOrder.LITTLE_ENDIAN);
            }
        }
        throw new IllegalArgumentException("it is no zip archive, or its end is cut off");
    }

    private void add(ByteBuffer directory) {
        int at = directory.position();
        if (directory.remaining() < ENTRY_SIZE || directory.getInt(at) != ENTRY) {
            throw new IllegalArgumentException("the zip's directory is damaged at part %d".formatted(parts.size()));
        }
        int nameLength = unsigned(directory.getShort(at + 28));
        int skipped = unsigned(directory.getShort(at + 30)) + unsigned(directory.getShort(at + 32));
        if (directory.remaining() < ENTRY_SIZE + nameLength + skipped) {
            throw new IllegalArgumentException("the zip's directory is cut off at part %d".formatted(parts.size()));
        }
        byte[] name = new byte[nameLength];
        directory.position(at + ENTRY_SIZE).get(name);
        Part part = new Part(
                new String(name, StandardCharsets.UTF_8),
                unsigned(directory.getShort(at + 8)),
                unsigned(directory.getShort(at + 10)),
                unsigned(directory.getInt(at + 16)),
                unsigned(directory.getInt(at + 20)),
                unsigned(directory.getInt(at + 24)),
                unsigned(directory.getInt(at + 42)));
        requirePlainName(part.name());
        if (parts.put(part.name(), part) != null) {
            throw new IllegalArgumentException("part '%s' is there twice; save the model again".formatted(part.name()));
        }
        directory.position(at + ENTRY_SIZE + nameLength + skipped);
    }

    private static void requirePlainName(String name) {
        String path = name.replace('\\', '/');
        boolean leaves = path.startsWith("/")
                || path.contains(":")
                || List.of(path.split("/")).contains("..");
        if (leaves || path.isEmpty()) {
            throw new IllegalArgumentException(
                    "part '%s' names a place outside the archive; do not trust this file".formatted(name));
        }
    }

    Set<String> names() {
        return parts.keySet();
    }

    /**
     * A part's content, after its checksum was compared.
     *
     * @param limit more bytes than these are refused
     * @throws IllegalArgumentException if there is no such part, it is damaged, or would expand to much more than is
     *     stored
     */
    FileRegion read(String name, long limit) throws IOException {
        Part part = parts.get(name);
        if (part == null) {
            throw new IllegalArgumentException("it has no part '%s' but %s; it is a zip, but no model of Keras"
                    .formatted(name, brief(parts.keySet())));
        }
        if (part.size() > limit || part.size() > Math.max(HARMLESS, MAX_EXPANSION * part.stored())) {
            throw new IllegalArgumentException(
                    "part '%s' would have %,d bytes, stored as %,d; that is more than a model of Keras has"
                            .formatted(name, part.size(), part.stored()));
        }
        boolean deflated = part.method() == DEFLATED;
        if (!deflated && part.method() != STORED
                || (part.flags() & ENCRYPTED) != 0
                || !deflated && part.size() != part.stored()) {
            throw new IllegalArgumentException(
                    "part '%s' is packed by method %d, flags %d; Keras stores (0), and deflated (8) can be read too"
                            .formatted(name, part.method(), part.flags()));
        }
        FileRegion content = deflated ? FileRegion.of(inflated(part)) : stored(part);
        if (content.checksum() != part.checksum()) {
            throw new IllegalArgumentException(
                    "part '%s' has the checksum %08x, it must be %08x; it is damaged: save or fetch it anew"
                            .formatted(name, content.checksum(), part.checksum()));
        }
        return content;
    }

    private static String brief(Set<String> names) {
        return names.size() <= 10 ? names.toString() : names.size() + " others";
    }

    private FileRegion stored(Part part) throws IOException {
        String what = "part '%s'".formatted(part.name());
        ByteBuffer header = little(file.part(what, part.header(), LOCAL_SIZE).bytes());
        if (header.getInt(0) != LOCAL) {
            throw new IllegalArgumentException("%s is not where the zip's directory says".formatted(what));
        }
        long offset = LOCAL_SIZE + unsigned(header.getShort(26)) + unsigned(header.getShort(28));
        return file.part(what, part.header() + offset, part.stored());
    }

    private byte[] inflated(Part part) throws IOException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(stored(part).view());
            // a declared size that the content does not have would be allocated for nothing
            ByteArrayOutputStream content = new ByteArrayOutputStream((int) Math.min(part.size(), 1 << 20));
            byte[] chunk = new byte[1 << 16];
            while (!inflater.finished() && content.size() <= part.size()) {
                int count = inflater.inflate(chunk);
                if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    break;
                }
                content.write(chunk, 0, count);
            }
            if (!inflater.finished() || content.size() != part.size()) {
                throw new IllegalArgumentException(
                        "part '%s' expands to %,d bytes or more, it must be %,d; it is damaged: save or fetch it anew"
                                .formatted(part.name(), content.size(), part.size()));
            }
            return content.toByteArray();
        } catch (DataFormatException damaged) {
            throw new IllegalArgumentException(
                    "part '%s' cannot be unpacked (%s); it is damaged: save or fetch it anew"
                            .formatted(part.name(), damaged.getMessage()),
                    damaged);
        } finally {
            inflater.end();
        }
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int unsigned(short value) {
        return Short.toUnsignedInt(value);
    }

    private static long unsigned(int value) {
        return Integer.toUnsignedLong(value);
    }

    /** The checksum that a part of these bytes has. */
    static long checksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        return checksum.getValue();
    }
}
