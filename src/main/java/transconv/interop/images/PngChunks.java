package transconv.interop.images;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file, checked before Java's reader sees them: it takes their lengths for granted, and goes on
 * where a checksum is wrong. Source: PNG (Third Edition), "Datastream structure".
 */
final class PngChunks {

    static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private static final int HEADER = 0x49484452;
    private static final int PALETTE = 0x504C5445;
    private static final int DATA = 0x49444154;
    private static final int END = 0x49454E44;
    private static final int LONGEST_PALETTE = 3 * 256;

    private PngChunks() {}

    /** @throws IOException if a chunk is cut off or damaged, or the first and last are not what they must be */
    static void check(byte[] content) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(content).position(SIGNATURE.length);
        boolean first = true;
        boolean hasData = false;
        while (true) {
            if (in.remaining() < 12) {
                throw new IOException("it ends at byte %,d before its IEND chunk".formatted(content.length));
            }
            int at = in.position();
            int length = in.getInt();
            int type = in.getInt();
            if (length < 0 || length > in.remaining() - 4) {
                throw new IOException("the chunk at byte %,d claims %,d bytes, there are %,d"
                        .formatted(at, length & 0xFFFF_FFFFL, in.remaining() - 4));
            }
            CRC32 checksum = new CRC32();
            checksum.update(content, at + 4, length + 4);
            int written = in.position(at + 8 + length).getInt();
            if ((int) checksum.getValue() != written) {
                throw new IOException("the chunk at byte %,d has the checksum %08x, it must be %08x"
                        .formatted(at, (int) checksum.getValue(), written));
            }
            if (first != (type == HEADER) || first && length != 13 || type == PALETTE && length > LONGEST_PALETTE) {
                throw new IOException("the chunk at byte %,d is not what must be there".formatted(at));
            }
            hasData |= type == DATA;
            first = false;
            if (type == END) {
                if (!hasData) {
                    throw new IOException("it has no IDAT chunk");
                }
                return;
            }
        }
    }

    static boolean begins(byte[] content) {
        return content.length >= SIGNATURE.length
                && Arrays.equals(content, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }
}
