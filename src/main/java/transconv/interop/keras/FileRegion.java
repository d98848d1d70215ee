package transconv.interop.keras;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;

/** A run of bytes of a file, or of memory, that is read piece by piece where it lies. */
final class FileRegion {

    private static final int CHUNK = 1 << 20;

    /**
     * Up to here a region is read for its structure; a longer one is mapped, so that only what is looked at is read.
     */
    private static final int READ_WHOLE = 8 << 20;

    private final FileChannel channel;
    private final byte[] memory;
    private final long start;
    private final long size;

    private FileRegion(FileChannel channel, byte[] memory, long start, long size) {
        this.channel = channel;
        this.memory = memory;
        this.start = start;
        this.size = size;
    }

    static FileRegion of(FileChannel channel) throws IOException {
        return new FileRegion(channel, null, 0, channel.size());
    }

    static FileRegion of(byte[] memory) {
        return new FileRegion(null, memory, 0, memory.length);
    }

    long size() {
        return size;
    }

    /** @throws IllegalArgumentException if it reaches beyond this region */
    FileRegion part(String what, long from, long length) {
        if (from < 0 || length < 0 || from > size - length) {
            throw new IllegalArgumentException(
                    "%s is at byte %,d, %,d long; there are only %,d bytes; it is cut off or damaged"
                            .formatted(what, from, length, size));
        }
        return new FileRegion(channel, memory, start + from, length);
    }

    /** Fills the buffer from a place on. */
    void read(long from, ByteBuffer to) throws IOException {
        part("a piece", from, to.remaining());
        if (memory != null) {
            to.put(memory, (int) (start + from), to.remaining());
            return;
        }
        long at = start + from;
        while (to.hasRemaining()) {
            int count = channel.read(to, at);
            if (count < 0) {
                throw new IOException("the file became shorter while it was read");
            }
            at += count;
        }
    }

    byte[] bytes() throws IOException {
        byte[] bytes = new byte[Math.toIntExact(size)];
        read(0, ByteBuffer.wrap(bytes));
        return bytes;
    }

    /** All of it, to be looked at here and there. */
    ByteBuffer view() throws IOException {
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "the weights have %,d bytes; up to %,d can be read".formatted(size, Integer.MAX_VALUE));
        }
        if (memory != null) {
            return ByteBuffer.wrap(memory, (int) start, (int) size).slice();
        }
        return size <= READ_WHOLE ? ByteBuffer.wrap(bytes()) : channel.map(FileChannel.MapMode.READ_ONLY, start, size);
    }

    /** The zip's checksum of all of it. */
    long checksum() throws IOException {
        CRC32 checksum = new CRC32();
        ByteBuffer chunk = ByteBuffer.allocateDirect((int) Math.min(CHUNK, size));
        for (long at = 0; at < size; at += chunk.limit()) {
            chunk.clear().limit((int) Math.min(chunk.capacity(), size - at));
            read(at, chunk);
            checksum.update(chunk.flip());
        }
        return checksum.getValue();
    }
}
