package transconv.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.optimizer;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import transconv.layers.Layers;
import transconv.layers.RandomSeed;
import transconv.models.file.ModelFileException;

/** Of files that were damaged by chance: each loads as the one that was saved, or is refused by name. */
class DamagedFileTest {

    private static final int MUTATIONS = 3_200;
    private static final long A_SECOND = 1_000_000_000L;
    private static final long LARGEST_HEAP = 16L << 20;

    @TempDir
    Path folder;

    @Test
    void aDamagedFileLoadsEqualOrIsRefused() throws IOException {
        Path file = folder.resolve("model.tcm");
        Model model = model();
        model.save(file);
        byte[] whole = Files.readAllBytes(file);
        Model unharmed = Model.load(file);
        assertSame(model, unharmed);
        SplittableRandom random = new SplittableRandom(11);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int refused = 0;
        long slowest = 0;
        long heap = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            Files.write(file, mutated(whole, i, random));
            long begun = System.nanoTime();
            long allocated = threads.getCurrentThreadAllocatedBytes();
            try {
                assertSame(model, Model.load(file));
            } catch (ModelFileException expected) {
                refused++;
                assertTrue(expected.getMessage().startsWith(file + ": "), expected.getMessage());
            }
            slowest = Math.max(slowest, System.nanoTime() - begun);
            heap = Math.max(heap, threads.getCurrentThreadAllocatedBytes() - allocated);
        }
        System.out.printf(
                "%d damaged files of %d bytes: %d refused, slowest %.3f s, most heap %,d bytes%n",
                MUTATIONS, whole.length, refused, slowest / 1e9, heap);
        assertTrue(refused > MUTATIONS * 8 / 10, "refused " + refused);
        assertTrue(refused < MUTATIONS, "some damage is without effect: a file's time, for one");
        assertTrue(slowest < A_SECOND, "slowest " + slowest);
        assertTrue(heap < LARGEST_HEAP, "heap " + heap);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count(), "reading writes no file");
        }
    }

    private static Model model() {
        RandomSeed.set(3);
        Model model = new Sequential(Layers.input(4, 4, 1), Layers.conv2DTranspose(2, 3), Layers.flatten());
        model.compile(optimizer("adam"), loss("mse"));
        model.trainOnBatch(
                SavedModels.samples(model.inputShapes(), 2, 1), SavedModels.samples(model.outputShapes(), 2, 2));
        return model;
    }

    private static void assertSame(Model wanted, Model got) {
        assertEquals(wanted.config().values(), got.config().values());
        assertEquals(wanted.chance().config().values(), got.chance().config().values());
        assertEquals(
                wanted.optimizer().config().values(), got.optimizer().config().values());
        for (int i = 0; i < wanted.getWeights().size(); i++) {
            assertArrayEquals(
                    wanted.getWeights().get(i).data().asFloat(),
                    got.getWeights().get(i).data().asFloat());
        }
        var wantedState = wanted.optimizer().state(wanted.compilation().parameters());
        var gotState = got.optimizer().state(got.compilation().parameters());
        assertEquals(wantedState.keySet(), gotState.keySet());
        wantedState.forEach((name, array) -> assertArrayEquals(
                array.data().asDouble(), gotState.get(name).data().asDouble(), name));
    }

    private static byte[] mutated(byte[] whole, int kind, SplittableRandom random) {
        byte[] bytes = whole.clone();
        int at = random.nextInt(bytes.length);
        int other = random.nextInt(bytes.length);
        int count = 1 + random.nextInt(64);
        switch (kind % 8) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt(256);
            case 2 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 3 -> {
                byte kept = bytes[at];
                bytes[at] = bytes[other];
                bytes[other] = kept;
            }
            case 4 -> {
                // two blocks change places
                int length = Math.min(count, bytes.length - Math.max(at, other));
                System.arraycopy(whole, at, bytes, other, length);
                System.arraycopy(whole, other, bytes, at, length);
            }
            case 5 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + count), (byte) random.nextInt(256));
            case 6 -> {
                // bytes are lost
                int end = Math.min(bytes.length, at + count);
                byte[] shorter = Arrays.copyOf(bytes, bytes.length - (end - at));
                System.arraycopy(whole, end, shorter, at, bytes.length - end);
                return shorter;
            }
            default -> {
                // the zip's own tables, at the end, have the most ways to be wrong
                int table = bytes.length - 1 - random.nextInt(250);
                bytes[table] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return bytes;
    }
}
