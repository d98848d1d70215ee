package transconv.datasets;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Finds a data set's files: the user's own folder, else the cache, else the mirrors; and hands on nothing whose
 * SHA-256 is not the known one. A wrong file in the user's folder is an error; a wrong file in the cache is fetched
 * anew.
 */
final class FileChain {

    private final Path own;
    private final Path cache;
    private final Download download;
    private final DownloadListener listener;
    private boolean downloaded;

    /**
     * @param own   the user's folder, which holds the files or a folder {@code dataset} with them; null for none
     * @param cache the folder that keeps downloads, which need not exist
     */
    FileChain(
            Path own, Path cache, String dataset, List<KnownFile> files, Download download, DownloadListener listener) {
        this.own = own == null
                ? null
                : Stream.of(own.resolve(dataset), own)
                        .filter(f -> KnownFile.anyIn(f, files))
                        .findFirst()
                        .orElse(null);
        if (own != null && this.own == null) {
            listener.onNotice("TRANSCONV_DATA=%s holds no file of %s (%s.gz, ...); looking elsewhere"
                    .formatted(own, dataset, files.get(0).name()));
        }
        this.cache = cache;
        this.download = download;
        this.listener = listener;
    }

    /**
     * The verified elements of one file, each divided.
     *
     * @throws ChecksumException    if the user's own file has another content
     * @throws IdxFormatException   if the user's own file is not IDX
     * @throws UnavailableException if the file is nowhere
     * @throws IOException          if the user's own folder lacks the file, or it cannot be read
     */
    INDArray read(KnownFile file, DataType dataType, double divisor) throws IOException {
        if (own != null) {
            Path path = file.in(own)
                    .orElseThrow(() -> new NoSuchFileException(
                            own.resolve(file.gzipName()).toString(),
                            null,
                            "is missing, though other files of its set are there; add it, or unset TRANSCONV_DATA"));
            try {
                return verified(Content.of(path), file, dataType, divisor, "replace the file, or unset TRANSCONV_DATA");
            } catch (AccessDeniedException denied) {
                throw new IOException(
                        "%s may not be read; mend its rights, or unset TRANSCONV_DATA".formatted(path), denied);
            }
        }
        String wayOut = "remove the file and load again";
        Optional<Path> kept = file.in(cache);
        if (kept.isPresent()) {
            try {
                return verified(Content.of(kept.get()), file, dataType, divisor, wayOut);
            } catch (IOException broken) {
                listener.onNotice("In the cache: " + broken.getMessage() + "; fetching it anew");
            }
        }
        Content fetched = download.fetch(file, cache);
        downloaded = true;
        return verified(fetched, file, dataType, divisor, wayOut);
    }

    /** Where the files came from, for people to read. */
    String origin() {
        return own != null ? own.toString() : (downloaded ? "a download, kept in " : "the cache ") + cache;
    }

    private static INDArray verified(Content content, KnownFile file, DataType dataType, double divisor, String wayOut)
            throws IOException {
        MessageDigest digest = KnownFile.digest();
        INDArray array = IdxFile.open(content).read(dataType, divisor, digest);
        try {
            file.check(content.place(), digest, wayOut);
        } catch (ChecksumException wrong) {
            array.close();
            throw wrong;
        }
        return array;
    }
}
