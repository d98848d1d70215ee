package transconv.plots;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ImageGridTest {

    private static final int BLACK = 0xFF000000;
    private static final int WHITE = 0xFFFFFFFF;
    private static final int ORANGE = 0xFFD55E00;
    /** Pixels of the picture before the first image: a margin of 14 at two pixels each. */
    private static final int FIRST = 28;

    private static INDArray images(long n, long height, long width, long channels) {
        return Nd4j.zeros(n, height, width, channels);
    }

    @Test
    void anImagePixelBecomesASquareOfItsMagnification() {
        INDArray two = images(2, 3, 5, 1);
        two.putScalar(new long[] {1, 2, 4, 0}, 1);
        BufferedImage drawn = ImageGrid.of(two).magnify(4).image();
        // Each image is 5 * 4 * 2 = 40 pixels wide and 3 * 4 * 2 = 24 high; the gap between two is 12 pixels.
        assertEquals(28 + 40 + 12 + 40 + 28, drawn.getWidth());
        assertEquals(28 + 24 + 28, drawn.getHeight());
        int left = FIRST + 40 + 12 + 4 * 8;
        int top = FIRST + 2 * 8;
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                assertEquals(WHITE, drawn.getRGB(left + x, top + y), "inside the white pixel at " + x + ", " + y);
            }
        }
        assertEquals(BLACK, drawn.getRGB(left - 1, top), "left of it");
        assertEquals(BLACK, drawn.getRGB(left, top - 1), "above it");
        assertEquals(BLACK, drawn.getRGB(FIRST + 4 * 8, top), "the same place in the first image");
        assertEquals(WHITE, drawn.getRGB(2, 2), "the margin");
    }

    @Test
    void greyIsRoundedAndColoursStandInTheOrderRedGreenBlue() {
        INDArray grey = images(1, 1, 2, 1);
        grey.putScalar(new long[] {0, 0, 0, 0}, 0.5);
        assertEquals(0xFF808080, ImageGrid.of(grey).magnify(10).image().getRGB(FIRST + 5, FIRST + 5));
        INDArray colour = images(1, 1, 1, 3);
        colour.putScalar(new long[] {0, 0, 0, 0}, 1);
        colour.putScalar(new long[] {0, 0, 0, 1}, 0.2);
        assertEquals(0xFFFF3300, ImageGrid.of(colour).magnify(10).image().getRGB(FIRST + 5, FIRST + 5));
    }

    @Test
    void viewsAreReadInTheirOwnOrder() {
        INDArray tall = images(1, 3, 2, 1);
        tall.putScalar(new long[] {0, 2, 0, 0}, 1);
        INDArray wide = tall.permute(0, 2, 1, 3);
        assertEquals(WHITE, ImageGrid.of(wide).magnify(10).image().getRGB(FIRST + 2 * 20 + 5, FIRST + 5));
    }

    @Test
    void nanIsOrangeAndCountedAsClippedValuesAre() {
        INDArray bad = images(1, 2, 2, 1);
        bad.putScalar(new long[] {0, 0, 0, 0}, Float.NaN);
        bad.putScalar(new long[] {0, 0, 1, 0}, 7);
        bad.putScalar(new long[] {0, 1, 0, 0}, -1);
        bad.putScalar(new long[] {0, 1, 1, 0}, Float.POSITIVE_INFINITY);
        ImageGrid grid = ImageGrid.of(bad).magnify(10);
        BufferedImage drawn = grid.image();
        assertEquals(ORANGE, drawn.getRGB(FIRST + 5, FIRST + 5));
        assertEquals(WHITE, drawn.getRGB(FIRST + 25, FIRST + 5));
        assertEquals(BLACK, drawn.getRGB(FIRST + 5, FIRST + 25));
        assertEquals(WHITE, drawn.getRGB(FIRST + 25, FIRST + 25));
        assertEquals(
                "Image grid: 1 image of 2×2; 1 value NaN, drawn orange; 3 values outside [0, 1] clipped",
                grid.altText());
    }

    @Test
    void longRowsBreak() {
        ImageGrid grid = ImageGrid.of(images(5, 2, 2, 1)).magnify(10).columns(2);
        assertEquals(28 + 40 + 12 + 40 + 28, grid.image().getWidth());
        assertEquals(28 + 3 * 40 + 2 * 12 + 28, grid.image().getHeight());
    }

    @Test
    void wordsSayWhatIsShown() {
        assertEquals(
                "Digits: 2 images of 28×28 (original), 2 images of 28×28 (reconstruction); columns 7, 2",
                ImageGrid.of("original", images(2, 28, 28, 1))
                        .row("reconstruction", images(2, 28, 28, 1))
                        .title("Digits")
                        .captions("7", "2")
                        .altText());
    }

    @Test
    void labelsAndTitlesTakeRoom() {
        INDArray one = images(1, 28, 28, 1);
        BufferedImage bare = ImageGrid.of(one).image();
        BufferedImage labelled =
                ImageGrid.of("original", one).title("t").captions("7").image();
        assertTrue(labelled.getWidth() > bare.getWidth() + 40);
        assertTrue(labelled.getHeight() > bare.getHeight() + 40);
        assertEquals(28 + 84 * 2 + 28, bare.getWidth(), "a 28 pixel image is 84 wide unless told otherwise");
    }

    @Test
    void refusesWhatIsNotABatchOfImages() {
        for (long[] shape : List.of(
                new long[] {28, 28},
                new long[] {2, 28, 28},
                new long[] {1, 28, 28, 2},
                new long[] {1, 28, 28, 4},
                new long[] {1, 1, 28, 28, 1})) {
            String message = assertThrows(IllegalArgumentException.class, () -> ImageGrid.of(Nd4j.zeros(shape)))
                    .getMessage();
            assertTrue(message.startsWith("ImageGrid: images of shape ["), message);
            assertTrue(message.contains("give [n, height, width, channels]"), message);
        }
        assertThrows(IllegalArgumentException.class, () -> ImageGrid.of((INDArray) null));
    }

    @Test
    void refusesImpossibleSettings() {
        ImageGrid grid = ImageGrid.of(images(2, 2, 2, 1));
        assertEquals(
                "ImageGrid: columns=0 must be at least 1",
                assertThrows(IllegalArgumentException.class, () -> grid.columns(0))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> grid.magnify(-1));
        ImageGrid surplus = grid.captions("a", "b", "c");
        assertEquals(
                "ImageGrid: 3 captions for 2 columns; leave out the surplus",
                assertThrows(IllegalArgumentException.class, surplus::image).getMessage());
    }

    @Test
    void pngKeepsEveryPixelAndStaysSmall() throws IOException {
        for (INDArray images : List.of(Nd4j.rand(8, 28, 28, 1), Nd4j.rand(3, 28, 28, 3), images(1, 2, 2, 1))) {
            ImageGrid grid = ImageGrid.of(images).title("random");
            BufferedImage drawn = grid.image();
            byte[] png = grid.png();
            BufferedImage read = ImageIO.read(new ByteArrayInputStream(png));
            int[] expected = drawn.getRGB(0, 0, drawn.getWidth(), drawn.getHeight(), null, 0, drawn.getWidth());
            int[] actual = read.getRGB(0, 0, drawn.getWidth(), drawn.getHeight(), null, 0, drawn.getWidth());
            assertArrayEquals(expected, actual);
            assertTrue(png.length < 40_000, png.length + " bytes");
        }
    }

    @Test
    void savesWholeOrNotAtAll(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("größe der Bilder.png");
        ImageGrid grid = ImageGrid.of(images(1, 2, 2, 1));
        Files.writeString(file, "older");
        grid.save(file);
        assertEquals(grid.image().getWidth(), ImageIO.read(file.toFile()).getWidth());
        Path missing = folder.resolve("missing").resolve("a.png");
        String message = assertThrows(NoSuchFileException.class, () -> grid.save(missing))
                .getMessage();
        assertTrue(message.contains("there is no folder") && message.contains("create it first"), message);
        assertFalse(Files.exists(missing));
        assertThrows(IOException.class, () -> grid.save(folder));
        try (var left = Files.list(folder)) {
            assertEquals(List.of(file), left.toList(), "nothing half-written is left");
        }
    }
}
