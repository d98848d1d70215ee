package transconv.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches known files from the first mirror that gives them, verified. What broke off goes on where it stopped, within
 * a run and in the next one; a mirror that does not answer is not asked again.
 */
final class Download {

    private static final int TRIES = 3;
    private static final int BUFFER = 1 << 16;
    private static final long PROGRESS_NANOS = 100_000_000;
    /** No gzip file is longer than its content by more than this. */
    private static final int GZIP_OVERHEAD = 1 << 16;

    private final Set<URI> mirrors;
    private final Duration patience;
    private final DownloadListener listener;
    private final List<String> refusals = new ArrayList<>();

    /** @param patience how long a mirror may take to answer, and then to send more bytes */
    Download(List<URI> mirrors, Duration patience, DownloadListener listener) {
        this.mirrors = new LinkedHashSet<>(mirrors);
        this.patience = patience;
        this.listener = listener;
    }

    /**
     * @param cache the folder to keep the file in; where that fails, a notice says so and the file stays in memory
     * @throws UnavailableException   if no mirror gave the verified file
     * @throws InterruptedIOException if the thread was interrupted, which stays set; what came so far is kept
     */
    Content fetch(KnownFile file, Path cache) throws IOException {
        CacheFile onDisk = null;
        try {
            onDisk = new CacheFile(cache.resolve(file.gzipName()));
            return fetch(file, onDisk);
        } catch (CacheFile.WriteException failed) {
            if (onDisk != null) {
                onDisk.discard();
            }
            listener.onNotice(failed.getMessage() + "; " + file.name() + " stays in memory for this run");
        } finally {
            if (onDisk != null) {
                onDisk.close();
            }
        }
        try (Sink memory = Sink.inMemory(file.gzipName() + " (downloaded)")) {
            return fetch(file, memory);
        }
    }

    private Content fetch(KnownFile file, Sink sink) throws IOException {
        for (URI mirror : List.copyOf(mirrors)) {
            boolean verified = false;
            try {
                Content content = fetch(file, mirror.resolve(file.gzipName()), sink);
                verified = true;
                return content;
            } catch (CacheFile.WriteException ofTheCache) {
                throw ofTheCache;
            } catch (NoAnswerException silent) {
                mirrors.remove(mirror);
                refusals.add(silent.getMessage());
            } catch (IOException refused) {
                if (Thread.currentThread().isInterrupted()) {
                    throw refused;
                }
                refusals.add(refused.getMessage());
            } finally {
                listener.onEnd(file.gzipName(), verified);
            }
        }
        throw new UnavailableException("%s could not be downloaded: %s"
                .formatted(file.gzipName(), refusals.isEmpty() ? "no mirror is known" : String.join("; ", refusals)));
    }

    private Content fetch(KnownFile file, URI uri, Sink sink) throws IOException {
        for (int left = TRIES; ; ) {
            boolean resumed = sink.size() > 0;
            try {
                transfer(file, uri, sink);
            } catch (BrokenOffException broken) {
                if (--left == 0) {
                    throw broken;
                }
                continue;
            }
            try {
                file.checkGzip(sink.content());
                return sink.commit();
            } catch (CacheFile.WriteException ofTheCache) {
                throw ofTheCache;
            } catch (IOException wrong) {
                sink.restart();
                // Two mirrors may compress differently, and their halves do not fit: one fresh start.
                if (!resumed || --left == 0) {
                    throw new IOException("%s: %s".formatted(uri, wrong.getMessage()), wrong);
                }
            }
        }
    }

    private void transfer(KnownFile file, URI uri, Sink sink) throws IOException {
        HttpURLConnection connection = answered(uri, sink.size());
        try {
            int status = connection.getResponseCode();
            if (status == 416) {
                sink.restart();
                throw new BrokenOffException(uri + ": the part kept from an earlier run does not fit");
            }
            if (status != 200 && status != 206) {
                throw new IOException("%s: HTTP status %d".formatted(uri, status));
            }
            String range = connection.getHeaderField("Content-Range");
            if (status == 200) {
                sink.restart();
            } else if (range == null || !range.startsWith("bytes " + sink.size() + "-")) {
                sink.restart();
                throw new BrokenOffException("%s: answered with the range %s".formatted(uri, range));
            }
            long length = connection.getContentLengthLong();
            receive(connection, file, sink, length < 0 ? -1 : sink.size() + length);
        } finally {
            connection.disconnect();
        }
    }

    private void receive(HttpURLConnection connection, KnownFile file, Sink sink, long total) throws IOException {
        byte[] buffer = new byte[BUFFER];
        String place = connection.getURL().toString();
        listener.onProgress(file.gzipName(), sink.size(), total);
        long drawn = System.nanoTime();
        try (InputStream in = connection.getInputStream()) {
            while (true) {
                if (Thread.currentThread().isInterrupted()) {
                    throw interrupted(place);
                }
                int got;
                try {
                    got = in.read(buffer);
                } catch (IOException broken) {
                    throw new BrokenOffException(
                            "%s: broke off after %d bytes (%s)".formatted(place, sink.size(), broken.getMessage()));
                }
                if (got < 0) {
                    break;
                }
                sink.write(buffer, got);
                if (sink.size() > file.bytes() + GZIP_OVERHEAD) {
                    sink.restart();
                    throw new IOException(
                            "%s: sent more than the %d bytes the file can have".formatted(place, file.bytes()));
                }
                if (System.nanoTime() - drawn > PROGRESS_NANOS) {
                    listener.onProgress(file.gzipName(), sink.size(), total);
                    drawn = System.nanoTime();
                }
            }
        }
        if (sink.size() < total) {
            throw new BrokenOffException("%s: broke off after %d of %d bytes".formatted(place, sink.size(), total));
        }
        listener.onProgress(file.gzipName(), sink.size(), sink.size());
    }

    /** Looking up a host name knows no time limit in Java, so the wait for it is cut off from outside. */
    private HttpURLConnection answered(URI uri, long from) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout((int) patience.toMillis());
        connection.setReadTimeout((int) patience.toMillis());
        connection.setUseCaches(false);
        connection.setRequestProperty("Accept-Encoding", "identity");
        if (from > 0) {
            connection.setRequestProperty("Range", "bytes=" + from + "-");
        }
        FutureTask<Integer> answer = new FutureTask<>(connection::getResponseCode);
        Thread asking = new Thread(answer, "download " + uri.getHost());
        asking.setDaemon(true);
        asking.start();
        try {
            answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return connection;
        } catch (ExecutionException failed) {
            throw new NoAnswerException("%s: no answer (%s)".formatted(uri, failed.getCause()));
        } catch (TimeoutException silent) {
            throw new NoAnswerException("%s: no answer within %d ms".formatted(uri, patience.toMillis()));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw interrupted(uri.toString());
        }
    }

    private static InterruptedIOException interrupted(String place) {
        return new InterruptedIOException(place + ": the download was interrupted; run it again to go on");
    }

    private static final class NoAnswerException extends IOException {
        NoAnswerException(String message) {
            super(message);
        }
    }

    private static final class BrokenOffException extends IOException {
        BrokenOffException(String message) {
            super(message);
        }
    }
}
