package transconv.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A published data file.
 *
 * @param name   its name without {@code .gz}
 * @param bytes  the length of its gunzipped content
 * @param sha256 of its gunzipped content, in lower-case hexadecimal
 */
record KnownFile(String name, long bytes, String sha256) {

    private static final int BUFFER = 1 << 16;

    String gzipName() {
        return name + ".gz";
    }

    /** The file in that folder, gzip-compressed or plain; copies are also spelt {@code train-images.idx3-ubyte}. */
    Optional<Path> in(Path folder) {
        String dotted = name.replaceFirst("-idx", ".idx");
        return Stream.of(gzipName(), name, dotted + ".gz", dotted)
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst();
    }

    static boolean anyIn(Path folder, List<KnownFile> files) {
        return files.stream().anyMatch(file -> file.in(folder).isPresent());
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    void check(String place, MessageDigest seen, String wayOut) throws ChecksumException {
        String got = HexFormat.of().formatHex(seen.digest());
        if (!got.equals(sha256)) {
            throw new ChecksumException(place, got, sha256, wayOut);
        }
    }

    /** Reads gzip-compressed content through, never more of it than this file has. */
    void checkGzip(Content content) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[BUFFER];
        try (InputStream stored = content.open();
                InputStream in = new GZIPInputStream(stored, BUFFER)) {
            long length = 0;
            for (int got; length <= bytes && (got = in.read(buffer)) >= 0; length += got) {
                digest.update(buffer, 0, got);
            }
        }
        check(content.place(), digest, "try another mirror");
    }
}
