package transconv.datasets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A mirror on this machine that can break off, stall, or not know ranges. */
final class MirrorServer implements AutoCloseable {

    final Map<String, byte[]> files = new HashMap<>();
    /** What was asked, such as {@code a.gz} or {@code a.gz bytes=10-}. */
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    /** Bytes after which the next answers break off, one number an answer. */
    final List<Integer> breakOff = Collections.synchronizedList(new ArrayList<>());

    boolean knowsRanges = true;
    /** Sends headers and then this many bytes, and no more. */
    int stallAfter = -1;

    boolean silent;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    MirrorServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String name = exchange.getRequestURI().getPath().substring(1);
            String range = exchange.getRequestHeaders().getFirst("Range");
            asked.add(range == null ? name : name + " " + range);
            if (silent) {
                Thread.sleep(60_000);
            }
            byte[] bytes = files.get(name);
            if (bytes == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            int from = range != null && knowsRanges ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
            if (from >= bytes.length) {
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            if (from > 0) {
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length));
            }
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
            int end = breakOff.isEmpty() ? bytes.length : Math.min(bytes.length, from + breakOff.remove(0));
            end = stallAfter >= 0 ? Math.min(end, stallAfter) : end;
            exchange.getResponseBody().write(Arrays.copyOfRange(bytes, from, end));
            exchange.getResponseBody().flush();
            if (stallAfter >= 0) {
                Thread.sleep(60_000);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
