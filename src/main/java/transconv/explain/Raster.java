package transconv.explain;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import transconv.explain.Drawing.Box;
import transconv.explain.Drawing.Mark;
import transconv.explain.Drawing.Words;

/** Drawings as pixels, two a unit of length, drawn without a screen. */
final class Raster {

    private static final int RATIO = 2;
    private static final String GIF_METADATA = "javax_imageio_gif_image_1.0";

    private Raster() {}

    static BufferedImage of(Drawing drawing, double width, double height) {
        BufferedImage image = new BufferedImage(
                (int) Math.ceil((width + 2 * Svg.MARGIN) * RATIO),
                (int) Math.ceil((height + 2 * Svg.MARGIN) * RATIO),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, image.getWidth(), image.getHeight());
        pen.scale(RATIO, RATIO);
        double w = image.getWidth() / (double) RATIO - 1;
        double h = image.getHeight() / (double) RATIO - 1;
        RoundRectangle2D card = new RoundRectangle2D.Double(0.5, 0.5, w, h, 12, 12);
        pen.setColor(Color.decode(Colors.GROUND));
        pen.fill(card);
        pen.setColor(Color.decode(Colors.EDGE));
        pen.draw(card);
        pen.translate(Svg.MARGIN, Svg.MARGIN);
        // The order of the SVG: fillings, outlines, words.
        for (int layer = 0; layer < 3; layer++) {
            for (Mark mark : drawing.marks()) {
                if (mark instanceof Box box && layer == (box.paint().fill() == null ? 1 : 0)) {
                    box(pen, box);
                } else if (mark instanceof Words words && layer == 2) {
                    words(pen, words);
                }
            }
        }
        pen.dispose();
        return image;
    }

    private static void box(Graphics2D pen, Box box) {
        Rectangle2D shape = new Rectangle2D.Double(box.x(), box.y(), box.width(), box.height());
        if (box.paint().fill() != null) {
            pen.setColor(Color.decode(box.paint().fill()));
            pen.fill(shape);
        }
        if (box.paint().stroke() != null) {
            pen.setColor(Color.decode(box.paint().stroke()));
            float width = (float) box.paint().strokeWidth();
            pen.setStroke(
                    box.paint().isDashed()
                            ? new BasicStroke(
                                    width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 4, new float[] {3, 2}, 0)
                            : new BasicStroke(width));
            pen.draw(shape);
        }
    }

    private static void words(Graphics2D pen, Words words) {
        pen.setFont(new Font(Font.SANS_SERIF, words.type().isBold() ? Font.BOLD : Font.PLAIN, 1)
                .deriveFont((float) words.type().size()));
        pen.setColor(Color.decode(words.type().color()));
        double length = pen.getFontMetrics().getStringBounds(words.text(), pen).getWidth();
        String anchor = words.type().anchor();
        double x = words.x() - (anchor.equals("middle") ? length / 2 : anchor.equals("end") ? length : 0);
        pen.drawString(words.text(), (float) x, (float) words.y());
        if (words.type().isStruck()) {
            double y = words.y() - words.type().size() * 0.3;
            pen.setStroke(new BasicStroke(1));
            pen.draw(new Line2D.Double(x, y, x + length, y));
        }
    }

    static byte[] png(BufferedImage image) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException memoryFailed) {
            throw new UncheckedIOException(memoryFailed);
        }
    }

    /** Images shown one after another without end. */
    static byte[] gif(List<BufferedImage> images, double seconds) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (BufferedImage image : images) {
                ImageTypeSpecifier type = ImageTypeSpecifier.createFromRenderedImage(image);
                IIOMetadata metadata = writer.getDefaultImageMetadata(type, null);
                time(metadata, (int) Math.max(2, Math.round(seconds * 100)));
                writer.writeToSequence(new IIOImage(image, null, metadata), null);
            }
            writer.endWriteSequence();
        } catch (IOException memoryFailed) {
            throw new UncheckedIOException(memoryFailed);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static void time(IIOMetadata metadata, int hundredths) throws IOException {
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(GIF_METADATA);
        IIOMetadataNode control = (IIOMetadataNode)
                root.getElementsByTagName("GraphicControlExtension").item(0);
        control.setAttribute("delayTime", Integer.toString(hundredths));
        control.setAttribute("disposalMethod", "none");
        IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
        loop.setAttribute("applicationID", "NETSCAPE");
        loop.setAttribute("authenticationCode", "2.0");
        // A block of kind 1, then the number of rounds in two bytes: 0 is without end.
        loop.setUserObject(new byte[] {1, 0, 0});
        IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
        extensions.appendChild(loop);
        root.appendChild(extensions);
        metadata.setFromTree(GIF_METADATA, root);
    }
}
