package transconv.interop.images;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.interop.arrays.ArrayFileException;
import transconv.interop.numpy.NumpyFile;

class ImagesTest {

    private static final Map<String, INDArray> PILLOW = NumpyFile.readAll(file("images.npz"));

    @TempDir
    Path folder;

    static Path file(String name) {
        try {
            return Path.of(
                    ImagesTest.class.getResource("/goldens/images/" + name).toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void assertClose(INDArray wanted, INDArray got, double largest, String what) {
        assertArrayEquals(wanted.shape(), got.shape(), what);
        assertEquals(DataType.FLOAT, got.dataType());
        assertArrayEquals(wanted.data().asFloat(), got.dup('c').data().asFloat(), (float) largest, what);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gray-1",
                "gray-2",
                "gray-4",
                "gray-8",
                "gray-16",
                "rgb-8",
                "rgb-16",
                "rgba-8",
                "rgba-16",
                "gray-alpha-8",
                "gray-alpha-16",
                "palette-1",
                "palette-2",
                "palette-4",
                "palette-8",
                "gamma"
            })
    void everyKindOfPng(String name) {
        Path png = file(name + ".png");
        assertClose(PILLOW.get(name + "/rgb"), Images.read(png, ImageColors.RGB), 1e-7, name);
        assertClose(PILLOW.get(name + "/gray"), Images.read(png, ImageColors.GRAY), 1e-6, name);
    }

    /** Decoders of JPEG differ by some levels in how they smooth colours. */
    @ParameterizedTest
    @CsvSource({"jpeg-rgb, 4", "jpeg-progressive, 4", "jpeg-gray, 1"})
    void jpegAsPillowReadsIt(String name, int levels) {
        Path jpeg = file(name + ".jpg");
        assertClose(PILLOW.get(name + "/rgb"), Images.read(jpeg, ImageColors.RGB), levels / 255.0 + 1e-6, name);
        assertClose(PILLOW.get(name + "/gray"), Images.read(jpeg, ImageColors.GRAY), levels / 255.0 + 1e-6, name);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        INDArray levels =
                Nd4j.arange(4 * 3 * 3).reshape(4, 3, 3).castTo(DataType.FLOAT).mul(7 / 255.0);
        Path png = folder.resolve("a.png");
        Images.write(levels, png);
        assertClose(levels, Images.read(png, ImageColors.RGB), 1e-6, "colour");
        INDArray gray = Nd4j.createFromArray(new float[][] {{0, 0.2f, 0.4f}, {0.6f, 0.8f, 1}});
        Images.write(gray, png);
        assertClose(gray.reshape(2, 3, 1), Images.read(png, ImageColors.GRAY), 1e-6, "grey");
        Images.write(gray.reshape(2, 3, 1), png);
        assertClose(gray.reshape(2, 3, 1), Images.read(png, ImageColors.GRAY), 1e-6, "grey with channel");
        Path jpeg = folder.resolve("a.JPG");
        INDArray smooth = Images.read(file("jpeg-rgb.jpg"), ImageColors.RGB);
        Images.write(smooth, jpeg);
        assertClose(smooth.dup('c'), Images.read(jpeg, ImageColors.RGB), 8 / 255.0, "JPEG");
    }

    @Test
    void foldersAreClassesInOrder() throws IOException {
        INDArray images =
                Nd4j.createFromArray(new float[] {0, 0.2f, 0.4f, 0.6f, 0.8f, 1}).reshape(3, 2, 1, 1);
        Images.writeFolders(images, Nd4j.createFromArray(2, 0, 2), List.of("zebra", "empty", "ant"), folder);
        Files.writeString(folder.resolve("ant/notes.txt"), "x");
        Files.writeString(folder.resolve("ant/.hidden.png"), "x");
        Files.writeString(folder.resolve("top.png"), "x");
        LabelledImages read = Images.readFolders(folder, ImageColors.GRAY);
        assertEquals(List.of("ant", "empty", "zebra"), read.classNames());
        assertArrayEquals(new int[] {0, 0, 2}, read.labels().toIntVector());
        assertClose(
                Nd4j.createFromArray(new float[] {0, 0.2f, 0.8f, 1, 0.4f, 0.6f}).reshape(3, 2, 1, 1),
                read.images(),
                1e-6,
                "order");
        assertEquals(folder.resolve("ant/00002.png"), read.files().get(1));
        assertArrayEquals(
                new long[] {3, 2, 1, 3},
                Images.readFolders(folder, ImageColors.RGB).images().shape());
        Images.write(Nd4j.ones(1, 2), folder.resolve("zebra/wide.png"));
        assertEquals(
                folder.resolve("zebra/wide.png") + ": it has 1 x 2 pixels (height x width), "
                        + folder.resolve("ant/00000.png") + " has 2 x 1; all must have one size",
                assertThrows(ArrayFileException.class, () -> Images.readFolders(folder, ImageColors.GRAY))
                        .getMessage());
    }

    @Test
    void whatHasNoImagesIsRefused() throws IOException {
        Files.createDirectory(folder.resolve("a"));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> Images.readFolders(folder, ImageColors.GRAY))
                .getMessage();
        assertTrue(message.startsWith(folder + ": none of its 1 folders has images"), message);
        Path none = folder.resolve("none");
        assertThrows(UncheckedIOException.class, () -> Images.readFolders(none, ImageColors.GRAY));
        assertThrows(UncheckedIOException.class, () -> Images.read(none, ImageColors.GRAY));
        assertThrows(IllegalArgumentException.class, () -> Images.readAll(List.of(), ImageColors.GRAY));
    }

    @Test
    void otherFilesAreRefusedByName() {
        Path gif = file("other.gif");
        assertTrue(assertThrows(ArrayFileException.class, () -> Images.read(gif, ImageColors.GRAY))
                .getMessage()
                .startsWith(gif + ": it begins neither like a PNG nor like a JPEG file"));
        Path cmyk = file("cmyk.jpg");
        String message = assertThrows(ArrayFileException.class, () -> Images.read(cmyk, ImageColors.RGB))
                .getMessage();
        assertTrue(message.contains("perhaps four inks, CMYK"), message);
    }

    @Test
    void filesThatAreCutOffAreRefused() throws IOException {
        for (String name : List.of("rgb-8.png", "jpeg-rgb.jpg", "jpeg-progressive.jpg")) {
            byte[] whole = Files.readAllBytes(file(name));
            Path cut = folder.resolve(name);
            for (int length : new int[] {3, 20, whole.length / 2, whole.length * 9 / 10}) {
                Files.write(cut, Arrays.copyOf(whole, length));
                assertThrows(ArrayFileException.class, () -> Images.read(cut, ImageColors.RGB), name + " " + length);
            }
        }
    }

    @Test
    void aHeaderThatClaimsTooMuchIsRefusedBeforeAnythingIsUnpacked() throws IOException {
        Path png = folder.resolve("large.png");
        for (int[] size : new int[][] {{20_000, 20_000}, {4_000, 4_000}}) {
            byte[] bytes = Files.readAllBytes(file("rgb-8.png"));
            ByteBuffer.wrap(bytes).putInt(16, size[0]).putInt(20, size[1]);
            Files.write(png, PngDamage.mended(bytes));
            String message = assertThrows(ArrayFileException.class, () -> Images.read(png, ImageColors.RGB))
                    .getMessage();
            assertTrue(message.contains("its header says %,d x %,d pixels".formatted(size[0], size[1])), message);
        }
    }

    @Test
    void whatCannotBeWrittenIsRefused() {
        Path png = folder.resolve("a.png");
        INDArray high = Nd4j.createFromArray(new float[][] {{0, 1}, {1, 1.5f}});
        assertEquals(
                png + ": the value 1.5 at row 1, column 1; it must be in [0, 1]: clip or rescale the image",
                assertThrows(IllegalArgumentException.class, () -> Images.write(high, png))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> Images.write(Nd4j.zeros(2, 2).divi(0), png));
        for (INDArray image : List.of(Nd4j.ones(2), Nd4j.ones(2, 2, 4), Nd4j.ones(1, 2, 2, 3))) {
            assertThrows(IllegalArgumentException.class, () -> Images.write(image, png));
        }
        assertThrows(IllegalArgumentException.class, () -> Images.write(Nd4j.ones(2, 2), folder.resolve("a.bmp")));
        for (String name : List.of("../up", "a/b", "a\\b", ".", "..", "", ".hidden")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Images.writeFolders(
                            Nd4j.ones(1, 2, 2, 1), Nd4j.createFromArray(0), List.of(name), folder.resolve("out")),
                    name);
        }
        assertTrue(Files.notExists(png) && Files.notExists(folder.resolve("out")));
    }

    @Test
    void unpackingIsTimed() throws IOException {
        Path png = folder.resolve("large.png");
        Images.write(Nd4j.rand(DataType.FLOAT, 1_500, 2_000, 3), png);
        double best = Double.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            long begun = System.nanoTime();
            Images.read(png, ImageColors.RGB).close();
            best = Math.min(best, (System.nanoTime() - begun) / 1e9);
        }
        System.out.printf("PNG: 3 million pixels in %.3f s%n", best);
    }
}
