package transconv.models.file;

import java.io.IOException;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * An entry of a zip that is written as it is, without packing.
 *
 * <pre>{@code
 * java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
 * try (var zip = new java.util.zip.ZipOutputStream(bytes)) {
 *     StoredEntry.begin(zip, "a.txt", 1, 0xe8b7be43L);
 *     zip.write('a');
 * }
 * System.out.println(bytes.toString().contains("a.txt")); // true
 * }</pre>
 */
public final class StoredEntry {

    private StoredEntry() {}

    /**
     * Begins an entry; its bytes are to be written next.
     *
     * @param checksum CRC-32 of the bytes
     */
    public static void begin(ZipOutputStream zip, String name, long bytes, long checksum) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes);
        entry.setCrc(checksum);
        // equal contents make equal files
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putNextEntry(entry);
    }
}
