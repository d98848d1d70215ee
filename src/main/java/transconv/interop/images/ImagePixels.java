package transconv.interop.images;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An array's values as an image's pixels, and these as a file's bytes. */
final class ImagePixels {

    private static final float JPEG_QUALITY = 0.95f;

    private ImagePixels() {}

    /** @param file for messages, and for its ending */
    static BufferedImage of(INDArray image, Path file) {
        format(file);
        int channels = image.rank() == 3 ? (int) image.size(2) : 1;
        if (image.rank() < 2 || image.rank() > 3 || image.isEmpty() || channels != 1 && channels != 3) {
            throw new IllegalArgumentException(
                    "%s: an image of shape %s; it must be (height, width), (height, width, 1) or (height, width, 3)"
                            .formatted(file, Arrays.toString(image.shape())));
        }
        int height = (int) image.size(0);
        int width = (int) image.size(1);
        float[] values = image.castTo(DataType.FLOAT).dup('c').data().asFloat();
        int[] levels = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= 0 && values[i] <= 1)) {
                throw new IllegalArgumentException(
                        "%s: the value %s at row %d, column %d; it must be in [0, 1]: clip or rescale the image"
                                .formatted(file, values[i], i / channels / width, i / channels % width));
            }
            levels[i] = Math.round(values[i] * 255);
        }
        BufferedImage pixels = new BufferedImage(
                width, height, channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        WritableRaster raster = pixels.getRaster();
        raster.setPixels(0, 0, width, height, levels);
        return pixels;
    }

    private static String format(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".png")) {
            return "png";
        }
        if (name.endsWith(".jpg") || name.endsWith(".jpeg")) {
            return "jpeg";
        }
        throw new IllegalArgumentException("%s: the name must end in .png, .jpg or .jpeg".formatted(file));
    }

    static byte[] encoded(BufferedImage pixels, Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format(file)).next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam settings = writer.getDefaultWriteParam();
            if (format(file).equals("jpeg")) {
                settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                settings.setCompressionQuality(JPEG_QUALITY);
            }
            writer.write(null, new IIOImage(pixels, null, null), settings);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
