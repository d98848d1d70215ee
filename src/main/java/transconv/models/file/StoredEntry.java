package transconv.models.file;

import java.io.IOException;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An entry of a zip that is written as it is, without packing. */
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
