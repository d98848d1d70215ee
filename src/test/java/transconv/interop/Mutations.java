package transconv.interop;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damage to a file's bytes, drawn by chance: what disks and lines do, and what someone does who means harm. */
final class Mutations {

    /** @param what was done, for messages */
    record Mutated(byte[] bytes, String what) {}

    private static final byte[] EXTREMES = {0, (byte) 0xFF, 0x7F, (byte) 0x80};

    private static final long[] FIELDS = {
        0,
        1,
        -1,
        -2,
        0x7F,
        0xFF,
        0x7FFF,
        0xFFFF,
        0x10000,
        Short.MIN_VALUE,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        0xFFFF_FFFFL,
        0xFFFF_FFF0L,
        1L << 32,
        1L << 40,
        1L << 62,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MAX_VALUE - 7
    };

    private static final List<String> TEXTS = List.of(
            "-1",
            "0",
            "1",
            "999999",
            "2147483647",
            "2147483648",
            "4294967297",
            "9223372036854775807",
            "18446744073709551616",
            "1e999",
            "NaN",
            "null",
            "true",
            "\"\"",
            "[]",
            "{}",
            "[[[[[[[[",
            "../../../etc/passwd",
            "/etc/passwd",
            "\u0000",
            "\u00e4\ud83d\ude00",
            "__import__('os')",
            "|O",
            "<f8",
            ">i2",
            "F64",
            "float16");

    /** The first of the texts are numbers. */
    private static final int NUMBERS = 11;

    private static final int SHORT_TEXT = 3;

    private Mutations() {}

    /** One to three pieces of damage. */
    static Mutated draw(byte[] whole, SplittableRandom random) {
        Mutated mutated = new Mutated(whole, "");
        int count = random.nextInt(4) == 0 ? 2 + random.nextInt(2) : 1;
        for (int i = 0; i < count; i++) {
            Mutated next = one(mutated.bytes(), random);
            mutated = new Mutated(next.bytes(), i == 0 ? next.what() : mutated.what() + ", then " + next.what());
        }
        return mutated;
    }

    private static Mutated one(byte[] whole, SplittableRandom random) {
        if (whole.length == 0) {
            return new Mutated(new byte[] {(byte) random.nextInt(256)}, "a byte into the empty file");
        }
        int at = place(whole.length, random);
        int span = Math.min(whole.length - at, 1 + random.nextInt(random.nextBoolean() ? 8 : 256));
        byte[] bytes = whole.clone();
        return switch (random.nextInt(12)) {
            case 0 -> new Mutated(Arrays.copyOf(whole, at), "cut off at byte %d".formatted(at));
            case 1, 2 -> {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                yield new Mutated(bytes, "a bit of byte %d turned".formatted(at));
            }
            case 3 -> {
                bytes[at] = EXTREMES[random.nextInt(EXTREMES.length)];
                yield new Mutated(bytes, "byte %d set to %d".formatted(at, bytes[at]));
            }
            case 4 -> {
                byte value = EXTREMES[random.nextInt(EXTREMES.length)];
                Arrays.fill(bytes, at, at + span, value);
                yield new Mutated(bytes, "%d bytes at %d set to %d".formatted(span, at, value));
            }
            case 5, 6 -> field(bytes, at, random);
            case 7 -> swapped(bytes, at, place(whole.length, random), span);
            case 8 -> {
                int other = place(whole.length, random);
                yield new Mutated(
                        replaced(whole, other, other, Arrays.copyOfRange(whole, at, at + span)),
                        "%d bytes of %d again at %d".formatted(span, at, other));
            }
            case 9 -> new Mutated(
                    replaced(whole, at, at + span, new byte[0]), "%d bytes at %d left out".formatted(span, at));
            default -> text(whole, random);
        };
    }

    /** Headers and tables stand at the ends of files, and have the most ways to be wrong. */
    private static int place(int length, SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(Math.min(length, 64));
            case 1 -> random.nextInt(Math.min(length, 512));
            case 2 -> length - 1 - random.nextInt(Math.min(length, 256));
            default -> random.nextInt(length);
        };
    }

    private static Mutated field(byte[] bytes, int at, SplittableRandom random) {
        int width = Math.min(2 << random.nextInt(3), bytes.length - at);
        long value = FIELDS[random.nextInt(FIELDS.length)];
        ByteOrder order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        byte[] eight = ByteBuffer.allocate(8).order(order).putLong(value).array();
        System.arraycopy(eight, order == ByteOrder.LITTLE_ENDIAN ? 0 : 8 - width, bytes, at, width);
        return new Mutated(bytes, "%d bytes at %d set to %d, %s".formatted(width, at, value, order));
    }

    private static Mutated swapped(byte[] bytes, int first, int second, int span) {
        int length = Math.min(span, bytes.length - Math.max(first, second));
        byte[] kept = Arrays.copyOfRange(bytes, first, first + length);
        System.arraycopy(bytes, second, bytes, first, length);
        System.arraycopy(kept, 0, bytes, second, length);
        return new Mutated(bytes, "%d bytes at %d and %d swapped".formatted(length, first, second));
    }

    /** A number or a word within the file's text is replaced; half the time without moving what follows. */
    private static Mutated text(byte[] whole, SplittableRandom random) {
        List<int[]> words = words(whole);
        if (words.isEmpty()) {
            return field(whole.clone(), place(whole.length, random), random);
        }
        int[] word = words.get(random.nextInt(words.size()));
        boolean number = whole[word[0]] >= '0' && whole[word[0]] <= '9';
        String text = TEXTS.get(random.nextInt(number && random.nextBoolean() ? NUMBERS : TEXTS.size()));
        byte[] inserted = text.getBytes(StandardCharsets.UTF_8);
        int from = word[0];
        int to = word[1];
        if (random.nextBoolean()) {
            int room = Math.min(whole.length, from + Math.max(inserted.length, to - from)) - from;
            byte[] padded = new byte[room];
            Arrays.fill(padded, (byte) ' ');
            System.arraycopy(inserted, 0, padded, 0, Math.min(room, inserted.length));
            inserted = padded;
            to = from + room;
        }
        return new Mutated(
                replaced(whole, from, to, inserted), "text at %d to %d set to '%s'".formatted(from, to, text));
    }

    /** Begin and end of each number, and of each word of three letters or more. */
    private static List<int[]> words(byte[] whole) {
        List<int[]> words = new ArrayList<>();
        int end;
        for (int begin = 0; begin < whole.length; begin = end + 1) {
            boolean number = true;
            for (end = begin; end < whole.length && isWord(whole[end]); end++) {
                number &= whole[end] >= '0' && whole[end] <= '9';
            }
            if (end - begin >= (number ? 1 : SHORT_TEXT)) {
                words.add(new int[] {begin, end});
            }
        }
        return words;
    }

    private static boolean isWord(byte value) {
        return value >= '0' && value <= '9'
                || value >= 'a' && value <= 'z'
                || value >= 'A' && value <= 'Z'
                || value == '_';
    }

    private static byte[] replaced(byte[] whole, int from, int to, byte[] by) {
        byte[] bytes = new byte[whole.length - (to - from) + by.length];
        System.arraycopy(whole, 0, bytes, 0, from);
        System.arraycopy(by, 0, bytes, from, by.length);
        System.arraycopy(whole, to, bytes, from + by.length, whole.length - to);
        return bytes;
    }
}
