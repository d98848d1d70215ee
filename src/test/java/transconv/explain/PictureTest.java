package transconv.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTest {

    @TempDir
    Path folder;

    private static final StepByStep STEPS =
            StepByStep.transposedConvolution(new double[][] {{0, 1}, {2, 3}}, new double[][] {{4, 1}, {2, 3}});

    @Test
    void theEndingSaysWhatIsWritten() throws IOException {
        Picture picture = STEPS.padding(1).filmstrip();
        picture.save(folder.resolve("steps.svg"));
        assertEquals(picture.svg(), Files.readString(folder.resolve("steps.svg")));
        picture.save(folder.resolve("steps.PNG"));
        BufferedImage png = ImageIO.read(folder.resolve("steps.PNG").toFile());
        // Two pixels a unit of the SVG.
        String box = SvgDocument.of(picture).document().getDocumentElement().getAttribute("viewBox");
        double width = Double.parseDouble(box.split(" ")[2]);
        assertEquals(2 * width, png.getWidth(), 1);
        StepByStepTest.refused(
                "Picture: cannot write 'steps.bmp'; end its name with .svg, .png or .gif",
                () -> picture.save(Path.of("steps.bmp")));
    }

    @Test
    void aGifHasEveryFrameAndItsTime() throws IOException {
        Path file = folder.resolve("steps.gif");
        STEPS.animation(0.7).save(file);
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            reader.setInput(in);
            assertEquals(4, reader.getNumImages(true));
            IIOMetadataNode root =
                    (IIOMetadataNode) reader.getImageMetadata(2).getAsTree("javax_imageio_gif_image_1.0");
            IIOMetadataNode control = (IIOMetadataNode)
                    root.getElementsByTagName("GraphicControlExtension").item(0);
            assertEquals("70", control.getAttribute("delayTime"));
            BufferedImage first = reader.read(0);
            BufferedImage last = reader.read(3);
            assertEquals(first.getWidth(), last.getWidth());
            assertTrue(differing(first, last) > 100);
        } finally {
            reader.dispose();
        }
    }

    private static int differing(BufferedImage a, BufferedImage b) {
        int count = 0;
        for (int y = 0; y < a.getHeight(); y++) {
            for (int x = 0; x < a.getWidth(); x++) {
                count += a.getRGB(x, y) == b.getRGB(x, y) ? 0 : 1;
            }
        }
        return count;
    }

    @Test
    void whatCannotBeWrittenLeavesNothingBehind() throws IOException {
        assertThrows(NoSuchFileException.class, () -> STEPS.filmstrip()
                .save(folder.resolve("missing").resolve("steps.svg")));
        STEPS.filmstrip().save(folder.resolve("steps.svg"));
        STEPS.stride(2).filmstrip().save(folder.resolve("steps.svg"));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }
}
