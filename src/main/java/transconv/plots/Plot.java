package transconv.plots;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A picture of results, drawn without a screen; a notebook shows it as PNG. */
public interface Plot {

    /** Pixels of {@link #image} for each unit of length on the page: twice, so that text stays crisp. */
    int PIXEL_RATIO = 2;

    /** Draws the picture: opaque, {@link #PIXEL_RATIO} times as wide and high as it is to be shown. */
    BufferedImage image();

    /** How many units of the page a {@link #png} is wide. */
    static int width(byte[] png) {
        // The header chunk stands first in every PNG, the width 16 bytes from its start.
        return ByteBuffer.wrap(png).getInt(16) / PIXEL_RATIO;
    }

    /** What the picture shows, in words, for those who do not see it. */
    String altText();

    /** The picture as the bytes of a PNG file. */
    default byte[] png() {
        return Png.encode(image());
    }

    /**
     * Writes the picture as PNG; the file appears whole or not at all.
     *
     * @throws IOException if the folder is missing or cannot be written; an older file of that name is then unchanged
     */
    default void save(Path file) throws IOException {
        Png.save(png(), file);
    }
}
