package transconv.interop;

import com.sun.management.ThreadMXBean;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.bytedeco.javacpp.Pointer;

/**
 * Damages a file by chance, again and again, and demands of a reader that it reads the damaged file or refuses it by
 * the one exception of its format with a message that names the file; within 2 s of the thread's own time, 256 MB of
 * heap allocations and 256 MB of native memory; leaving no file behind.
 *
 * <pre>{@code
 * FileFuzzer fuzzer = new FileFuzzer(folder, "damaged.npy", NumpyFile::read, NumpyFormatException.class);
 * FileFuzzer.Result result = fuzzer.damage(Files.readAllBytes(whole), 5_000, 1);
 * assertTrue(result.refused() > 2_000, result.toString());
 * }</pre>
 *
 * <p>The seed is the test's own; {@code -Dtransconv.seed=7} draws other damage in all tests.
 */
public final class FileFuzzer {

    /** Reads a file in whatever way; it closes what it opens. */
    @FunctionalInterface
    public interface Reader {

        Object read(Path file) throws Exception;
    }

    /**
     * What came of it.
     *
     * @param seconds longest time of the reading thread for one file
     * @param heap    most bytes allocated on the heap for one file
     * @param memory  most bytes by which native memory grew for one file
     */
    public record Result(int refused, int read, double seconds, long heap, long memory) {

        public Result plus(Result other) {
            return new Result(
                    refused + other.refused,
                    read + other.read,
                    Math.max(seconds, other.seconds),
                    Math.max(heap, other.heap),
                    Math.max(memory, other.memory));
        }

        @Override
        public String toString() {
            return "%,d damaged files: %,d refused, %,d read; slowest %.3f s, most heap %,d bytes, most native memory %,d bytes"
                    .formatted(refused + read, refused, read, seconds, heap, memory);
        }
    }

    private static final long SEED = Long.getLong("transconv.seed", 1);
    private static final double MOST_SECONDS = 2;
    private static final long MOST_BYTES = 256L << 20;
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmPeak:";
    private static final String SIZE = "VmSize:";

    private final Path file;
    private final Reader reader;
    private final Class<? extends Exception> refusal;
    private final byte[] status = new byte[1 << 13];
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /**
     * @param folder  empty, for the damaged files
     * @param name    of each damaged file
     * @param refusal the exception that the reader throws for a file that it does not take
     */
    public FileFuzzer(Path folder, String name, Reader reader, Class<? extends Exception> refusal) {
        this.file = folder.resolve(name);
        this.reader = reader;
        this.refusal = refusal;
    }

    /** Damages the file's bytes. */
    public Result damage(byte[] whole, int count, long seed) {
        return run(whole, random -> Mutations.draw(whole, random), count, seed);
    }

    /** Damages what is in a zip, and packs it again with the right checksums. */
    public Result damageZipParts(byte[] whole, int count, long seed) {
        ZipParts parts = ZipParts.of(whole);
        return run(whole, parts::mutate, count, seed);
    }

    private Result run(byte[] whole, Function<SplittableRandom, Mutations.Mutated> damage, int count, long seed) {
        Pointer reserved = Pointer.malloc(Math.max(1, addressSpace(PEAK) - addressSpace(SIZE)));
        try {
            return runAtPeak(whole, damage, count, seed);
        } finally {
            Pointer.free(reserved);
        }
    }

    /** With all address space taken that was ever taken before, so that whatever is taken now raises the peak. */
    private Result runAtPeak(byte[] whole, Function<SplittableRandom, Mutations.Mutated> damage, int count, long seed) {
        // the unharmed file is read, and whatever is set up once is set up
        Result unharmed = check(new Mutations.Mutated(whole, "unharmed"), "the file itself");
        if (unharmed.read() != 1) {
            throw new AssertionError("%s: the unharmed file is refused".formatted(file));
        }
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + SEED);
        Result sum = new Result(0, 0, 0, 0, 0);
        for (int i = 0; i < count; i++) {
            Mutations.Mutated mutated = damage.apply(random);
            sum = sum.plus(check(mutated, "file %d of seed %d".formatted(i, seed)));
        }
        return sum;
    }

    private Result check(Mutations.Mutated mutated, String which) {
        String place = "%s, %s".formatted(which, mutated.what());
        write(mutated.bytes());
        boolean read = false;
        long memory = nativeMemory();
        long heap = threads.getCurrentThreadAllocatedBytes();
        long begun = threads.getCurrentThreadCpuTime();
        Throwable thrown = null;
        try {
            reader.read(file);
            read = true;
        } catch (Throwable any) {
            thrown = any;
        }
        double seconds = (threads.getCurrentThreadCpuTime() - begun) / 1e9;
        heap = threads.getCurrentThreadAllocatedBytes() - heap;
        memory = Math.max(0, nativeMemory() - memory);
        if (thrown != null && !refusal.isInstance(thrown)) {
            throw new AssertionError("%s: thrown was %s".formatted(place, thrown), thrown);
        }
        if (thrown != null
                && (thrown.getMessage() == null || !thrown.getMessage().contains(file.toString()))) {
            throw new AssertionError("%s: the message names no file: %s".formatted(place, thrown.getMessage()), thrown);
        }
        // compiling and class loading, too, belong to the first file
        if (seconds > MOST_SECONDS || heap > MOST_BYTES || memory > MOST_BYTES) {
            throw new AssertionError(
                    "%s: %.3f s, %,d bytes of heap, %,d bytes of native memory; at most %.0f s, %,d bytes"
                            .formatted(place, seconds, heap, memory, MOST_SECONDS, MOST_BYTES));
        }
        requireNothingElse(place);
        return new Result(read ? 0 : 1, read ? 1 : 0, seconds, heap, memory);
    }

    private void write(byte[] bytes) {
        // a file that is emptied and written anew is flushed to disk at once, which takes milliseconds
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(bytes);
            out.setLength(bytes.length);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void requireNothingElse(String place) {
        String[] names = file.getParent().toFile().list();
        if (names == null || names.length != 1) {
            throw new AssertionError("%s: reading left another file in %s".formatted(place, file.getParent()));
        }
    }

    /**
     * The address space in use at its highest, which shows memory that was taken and never written to or given back at
     * once; where the system does not tell, JavaCPP's own count and what is resident.
     */
    private long nativeMemory() {
        return Files.exists(STATUS) ? addressSpace(PEAK) : Math.max(Pointer.totalBytes(), Pointer.physicalBytes());
    }

    /** A line of the process' status; 0 where the system has none. */
    private long addressSpace(String line) {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        try (FileInputStream in = new FileInputStream(STATUS.toFile())) {
            int length = in.readNBytes(status, 0, status.length);
            String text = new String(status, 0, length, StandardCharsets.ISO_8859_1);
            int begin = text.indexOf(line) + line.length();
            return Long.parseLong(
                            text.substring(begin, text.indexOf("kB", begin)).strip())
                    << 10;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
