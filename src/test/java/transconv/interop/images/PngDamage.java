package transconv.interop.images;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Puts the right checksums into damaged PNG files, so that the damage reaches what reads their chunks. */
final class PngDamage {

    private PngDamage() {}

    static byte[] mended(byte[] damaged) {
        byte[] bytes = damaged.clone();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        for (int at = 8; at + 12 <= bytes.length; ) {
            int length = buffer.getInt(at);
            if (length < 0 || length > bytes.length - at - 12) {
                break;
            }
            CRC32 checksum = new CRC32();
            checksum.update(bytes, at + 4, length + 4);
            buffer.putInt(at + 8 + length, (int) checksum.getValue());
            at += 12 + length;
        }
        return bytes;
    }
}
