package transconv.plots;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Images in labelled rows, magnified with crisp pixels: digits above their reconstructions.
 *
 * <pre>{@code
 * ImageGrid.of("original", digits).row("reconstruction", model.predict(digits)).captions("7", "2", "1")
 * }</pre>
 *
 * <p>Each batch of images is an array {@code [n, height, width, channels]} with 1 channel (grey: 0 black, 1 white) or
 * 3 (red, green, blue), values in [0, 1]. Values outside are clipped and NaN is drawn orange; a line under the grid
 * counts both.
 */
public final class ImageGrid implements Plot {

    private static final int MARGIN = 14;
    private static final int GAP = 6;
    private static final int CELL = 84;

    private final List<ImageRow> rows = new ArrayList<>();
    private String title = "";
    private List<String> captions = List.of();
    private int columns = Integer.MAX_VALUE;
    private int magnification;

    private ImageGrid() {}

    /** One row of images, {@code [n, height, width, 1 or 3]}, without a label. */
    public static ImageGrid of(INDArray images) {
        return of("", images);
    }

    /** A first row of images, {@code [n, height, width, 1 or 3]}, with a label to its left. */
    public static ImageGrid of(String label, INDArray images) {
        return new ImageGrid().row(label, images);
    }

    /**
     * Adds a row of images below; they may differ in size and channels from those above.
     *
     * @throws IllegalArgumentException if the array is not {@code [n, height, width, 1 or 3]} or holds no image
     */
    public ImageGrid row(String label, INDArray images) {
        rows.add(ImageRow.of(Objects.requireNonNull(label, "ImageGrid: label is null"), images));
        return this;
    }

    /** A heading above all. */
    public ImageGrid title(String text) {
        title = Objects.requireNonNull(text, "ImageGrid: title is null");
        return this;
    }

    /** A caption above each column, from the left; may be fewer than columns. */
    public ImageGrid captions(String... texts) {
        captions = List.of(texts);
        return this;
    }

    /** Breaks rows of more than {@code count} images. Unset, a row is as long as its batch. */
    public ImageGrid columns(int count) {
        columns = atLeastOne("columns", count);
        return this;
    }

    /** How many units of the page an image's pixel is wide. Unset, as many as make the largest image about 84 wide. */
    public ImageGrid magnify(int units) {
        magnification = atLeastOne("magnify", units);
        return this;
    }

    private static int atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("ImageGrid: %s=%d must be at least 1".formatted(name, value));
        }
        return value;
    }

    @Override
    public BufferedImage image() {
        List<ImageRow> lines =
                rows.stream().flatMap(row -> row.brokenAt(columns).stream()).toList();
        int across = lines.stream().mapToInt(ImageRow::count).max().orElseThrow();
        if (captions.size() > across) {
            throw new IllegalArgumentException(
                    "ImageGrid: %d captions for %d columns; leave out the surplus".formatted(captions.size(), across));
        }
        int widest = lines.stream().mapToInt(ImageRow::width).max().orElseThrow();
        int scale = magnification > 0 ? magnification : Math.max(1, CELL / widest);
        int cell = widest * scale;
        String note = note();

        Font plain = Ink.font(Font.PLAIN, 12);
        Font bold = Ink.font(Font.BOLD, 14);
        Graphics2D probe = Ink.graphics(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB));
        FontMetrics small = probe.getFontMetrics(plain);
        FontMetrics large = probe.getFontMetrics(bold);
        probe.dispose();
        int labels = rows.stream()
                .mapToInt(row -> small.stringWidth(row.label()))
                .max()
                .orElse(0);
        int left = MARGIN + (labels > 0 ? labels + 2 * GAP : 0);
        int wide = left + across * cell + (across - 1) * GAP + MARGIN;
        int width = Math.max(wide, 2 * MARGIN + Math.max(large.stringWidth(title), small.stringWidth(note)));
        int height = 2 * MARGIN
                + (title.isEmpty() ? 0 : large.getHeight() + GAP)
                + (captions.isEmpty() ? 0 : small.getHeight() + 2)
                + lines.stream().mapToInt(line -> line.height() * scale + GAP).sum()
                - GAP
                + (note.isEmpty() ? 0 : small.getHeight() + GAP);

        BufferedImage canvas = Ink.canvas(width, height);
        Graphics2D graphics = Ink.graphics(canvas);
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        int y = MARGIN;
        if (!title.isEmpty()) {
            graphics.setFont(bold);
            graphics.setColor(Ink.TEXT);
            graphics.drawString(title, MARGIN, y + large.getAscent());
            y += large.getHeight() + GAP;
        }
        graphics.setFont(plain);
        graphics.setColor(Ink.SOFT);
        if (!captions.isEmpty()) {
            for (int i = 0; i < captions.size(); i++) {
                int middle = left + i * (cell + GAP) + cell / 2;
                graphics.drawString(
                        captions.get(i), middle - small.stringWidth(captions.get(i)) / 2, y + small.getAscent());
            }
            y += small.getHeight() + 2;
        }
        for (ImageRow line : lines) {
            int high = line.height() * scale;
            graphics.setColor(Ink.TEXT);
            graphics.drawString(
                    line.label(),
                    left - 2 * GAP - small.stringWidth(line.label()),
                    y + (high + small.getAscent() - small.getDescent()) / 2);
            for (int i = 0; i < line.count(); i++) {
                int wideness = line.width() * scale;
                int x = left + i * (cell + GAP) + (cell - wideness) / 2;
                graphics.drawImage(line.image(i), x, y, wideness, high, null);
                frame(graphics, x, y, wideness, high);
            }
            y += high + GAP;
        }
        if (!note.isEmpty()) {
            graphics.setColor(Ink.WARNING);
            graphics.drawString(note, MARGIN, y + small.getAscent());
        }
        graphics.dispose();
        return canvas;
    }

    // Outside the image, so that a white edge shows on the white paper and no pixel is covered.
    private static void frame(Graphics2D graphics, int x, int y, int width, int height) {
        graphics.setColor(Ink.HAIRLINE);
        graphics.fillRect(x - 1, y - 1, width + 2, 1);
        graphics.fillRect(x - 1, y + height, width + 2, 1);
        graphics.fillRect(x - 1, y, 1, height);
        graphics.fillRect(x + width, y, 1, height);
    }

    private String note() {
        return ImageRow.note(rows);
    }

    @Override
    public String altText() {
        StringBuilder text = new StringBuilder(title.isEmpty() ? "Image grid" : title);
        String separator = ": ";
        for (ImageRow row : rows) {
            text.append(separator)
                    .append(row.count())
                    .append(row.count() == 1 ? " image of " : " images of ")
                    .append(row.height())
                    .append("×")
                    .append(row.width());
            if (!row.label().isEmpty()) {
                text.append(" (").append(row.label()).append(")");
            }
            separator = ", ";
        }
        if (!captions.isEmpty()) {
            text.append("; columns ").append(String.join(", ", captions));
        }
        String note = note();
        return note.isEmpty() ? text.toString() : text.append("; ").append(note).toString();
    }

    @Override
    public String toString() {
        return altText();
    }
}
