package transconv.interop.images;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** A PNG or JPEG file whose header was read; its pixels follow when they are wanted. */
final class ImageFile implements AutoCloseable {

    private static final long MOST_PIXELS = 1L << 26;
    private static final long LARGEST_FILE = 1L << 28;

    /** Deflate packs 1032 bytes into one at best; JPEG less. */
    private static final long BEST_RATIO = 1100;

    private final ImageReader reader;
    private final int width;
    private final int height;
    private String warning;

    private ImageFile(ImageReader reader, int width, int height) {
        this.reader = reader;
        this.width = width;
        this.height = height;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** @throws IOException if it is neither, or claims more pixels than it can have */
    static ImageFile open(Path file) throws IOException {
        long length = Files.size(file);
        if (length > LARGEST_FILE) {
            throw new IOException("it has %,d bytes; at most %,d are read".formatted(length, LARGEST_FILE));
        }
        byte[] content = Files.readAllBytes(file);
        boolean png = PngChunks.begins(content);
        if (!png && (content.length < 3 || (content[0] & 0xFF) != 0xFF || (content[1] & 0xFF) != 0xD8)) {
            throw new IOException("it begins neither like a PNG nor like a JPEG file");
        }
        if (png) {
            PngChunks.check(content);
        }
        ImageReader reader =
                ImageIO.getImageReadersByFormatName(png ? "png" : "jpeg").next();
        try {
            reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(content)), true, true);
            ImageFile opened = new ImageFile(reader, reader.getWidth(0), reader.getHeight(0));
            opened.requireSize(png, content.length);
            reader.addIIOReadWarningListener((source, warned) -> opened.warning = warned);
            return opened;
        } catch (IOException | RuntimeException failed) {
            reader.dispose();
            throw failed;
        }
    }

    private void requireSize(boolean png, long bytes) throws IOException {
        if (width < 1 || height < 1 || (long) width * height > MOST_PIXELS) {
            throw new IOException(
                    "its header says %,d x %,d pixels; at most %,d are read".formatted(width, height, MOST_PIXELS));
        }
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        ImageTypeSpecifier type = types.hasNext() ? types.next() : null;
        if (type == null || !png && type.getNumBands() != 1 && type.getNumBands() != 3) {
            throw new IOException(
                    "it has neither grey nor red, green and blue (perhaps four inks, CMYK); save it as RGB");
        }
        int bits = type.getColorModel().getPixelSize();
        if ((long) height * ((width * (long) bits + 7) / 8) / BEST_RATIO > bytes) {
            throw new IOException(
                    "its header says %,d x %,d pixels, which %,d bytes cannot hold".formatted(width, height, bytes));
        }
    }

    /** Puts the pixels, row after row, each with its channels. */
    void read(ImageColors colors, FloatBuffer out) throws IOException {
        BufferedImage image = reader.read(0);
        if (warning != null) {
            throw new IOException(warning);
        }
        Raster raster = image.getRaster();
        ColorModel model = image.getColorModel();
        int bands = raster.getNumBands();
        // the bands themselves: Java's own conversion of grey takes it for linear light
        float largest = (1L << model.getComponentSize(0)) - 1;
        int[] row = new int[width * bands];
        float[] pixels = new float[width * colors.channels()];
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                float red;
                float green;
                float blue;
                if (model instanceof IndexColorModel palette) {
                    int rgb = palette.getRGB(row[x * bands]);
                    red = (rgb >> 16 & 0xFF) / 255f;
                    green = (rgb >> 8 & 0xFF) / 255f;
                    blue = (rgb & 0xFF) / 255f;
                } else {
                    red = row[x * bands] / largest;
                    green = bands < 3 ? red : row[x * bands + 1] / largest;
                    blue = bands < 3 ? red : row[x * bands + 2] / largest;
                }
                if (colors == ImageColors.RGB) {
                    pixels[3 * x] = red;
                    pixels[3 * x + 1] = green;
                    pixels[3 * x + 2] = blue;
                } else {
                    boolean gray = red == green && green == blue;
                    pixels[x] = gray ? red : 0.299f * red + 0.587f * green + 0.114f * blue;
                }
            }
            out.put(pixels);
        }
    }

    @Override
    public void close() {
        reader.dispose();
    }
}
