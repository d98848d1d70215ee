package transconv.plots;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** The colours and fonts of all plots, and the canvas they are drawn on. */
final class Ink {

    static final Color PAPER = Color.WHITE;
    static final Color TEXT = new Color(0x33, 0x33, 0x33);
    static final Color SOFT = new Color(0x6b, 0x6b, 0x6b);
    static final Color HAIRLINE = new Color(0xdd, 0xdd, 0xdd);
    static final Color WARNING = new Color(0xD5, 0x5E, 0x00);

    /** Told apart with any kind of colour vision: Okabe and Ito (2008), "Color Universal Design", darker ones first. */
    static final List<Color> SERIES = List.of(
            new Color(0x00, 0x72, 0xB2),
            new Color(0xD5, 0x5E, 0x00),
            new Color(0x00, 0x9E, 0x73),
            new Color(0xCC, 0x79, 0xA7),
            new Color(0xE6, 0x9F, 0x00),
            new Color(0x56, 0xB4, 0xE9));

    private Ink() {}

    static Font font(int style, float size) {
        return new Font(Font.SANS_SERIF, style, 1).deriveFont(size);
    }

    /** A white picture of this size on the page, and its graphics in units of the page. */
    static BufferedImage canvas(int width, int height) {
        BufferedImage image =
                new BufferedImage(width * Plot.PIXEL_RATIO, height * Plot.PIXEL_RATIO, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(PAPER);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.dispose();
        return image;
    }

    /**
     * Graphics in units of the page.
     *
     * @throws IllegalStateException if this machine has no font at all
     */
    static Graphics2D graphics(BufferedImage image) {
        Graphics2D graphics = image.createGraphics();
        graphics.scale(Plot.PIXEL_RATIO, Plot.PIXEL_RATIO);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        try {
            graphics.getFontMetrics(font(Font.PLAIN, 12)).stringWidth("x");
        } catch (RuntimeException | Error e) {
            throw new IllegalStateException(
                    "plot: Java finds no font on this machine, so no text can be drawn; "
                            + "install one (Debian, Ubuntu: apt-get install fontconfig fonts-dejavu-core)",
                    e);
        }
        return graphics;
    }
}
