package transconv.plots;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import transconv.plots.TrainingFilmstrip.Frame;

/** Draws a filmstrip: a row a sample, a column an epoch; columns that find no room go on below. */
final class FilmstripSheet {

    /** JupyterLab's room beside its file list, in a window of 1280 pixels. */
    private static final int WIDEST = 860;

    private static final int MARGIN = 14;
    private static final int GAP = 8;
    private static final int FRAME_GAP = 2;
    private static final int LARGEST = 84;
    private static final String ORIGINAL = "original";
    private static final String LOSS = "loss";

    private final TrainingFilmstrip film;
    private final List<ImageRow> rows = new ArrayList<>();
    private final List<String> heads = new ArrayList<>();
    private final List<String> losses = new ArrayList<>();
    private final boolean hasOriginal;
    private final Font plain = Ink.font(Font.PLAIN, 11);
    private final Font bold = Ink.font(Font.BOLD, 14);
    private final FontMetrics small;
    private final FontMetrics large;

    private int left;
    private int firstWidth;
    private int cellWidth;
    private int cellHeight;
    private int gap;
    private int perBand;
    private boolean isTurned;

    FilmstripSheet(TrainingFilmstrip film) {
        this.film = film;
        hasOriginal = film.original().isPresent();
        film.original().ifPresent(this::column);
        film.frames().forEach(this::column);
        Graphics2D probe = Ink.graphics(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB));
        small = probe.getFontMetrics(plain);
        large = probe.getFontMetrics(bold);
        probe.dispose();
        lay();
    }

    private void column(Frame frame) {
        rows.add(frame.row());
        heads.add(frame.epoch() == 0 ? ORIGINAL : String.valueOf(frame.epoch()));
        Double loss = frame.logs().get(LOSS);
        losses.add(loss == null ? "" : TrainingFilmstrip.digits(loss));
    }

    private void lay() {
        int widest = rows.stream().mapToInt(ImageRow::width).max().orElse(1);
        int highest = rows.stream().mapToInt(ImageRow::height).max().orElse(1);
        left = MARGIN + GAP + Math.max(small.stringWidth("epoch"), widest(film.labels()));
        int epochs = Math.max(1, rows.size() - (hasOriginal ? 1 : 0));
        int scale = Math.max(1, LARGEST / widest) + 1;
        do {
            scale--;
            cellWidth = widest * scale;
            gap = cellWidth <= 40 ? 1 : 4;
            firstWidth = hasOriginal ? Math.max(cellWidth, small.stringWidth(ORIGINAL)) + GAP : 0;
            perBand = Math.max(1, (WIDEST - MARGIN - left - firstWidth) / (cellWidth + gap));
        } while (scale > 1 && perBand < epochs);
        perBand = Math.min(perBand, epochs);
        cellHeight = highest * scale;
        isTurned = widest(losses) > cellWidth;
    }

    private int widest(List<String> texts) {
        return texts.stream().mapToInt(small::stringWidth).max().orElse(0);
    }

    private int bandHeight() {
        int samples = rows.isEmpty() ? 0 : rows.get(0).count();
        int below = widest(losses) == 0 ? 0 : isTurned ? widest(losses) + 4 : small.getHeight() + 2;
        return small.getHeight() + 2 + samples * (cellHeight + gap) + below;
    }

    BufferedImage image() {
        int first = hasOriginal ? 1 : 0;
        int bands = Math.max(1, (rows.size() - first + perBand - 1) / perBand);
        String note = note(film.frames());
        int width = Math.max(
                left + firstWidth + perBand * (cellWidth + gap) - gap + MARGIN,
                2 * MARGIN + Math.max(large.stringWidth(film.title()), small.stringWidth(note)));
        int top = MARGIN + (film.title().isEmpty() ? 0 : large.getHeight() + GAP);
        int height = top + bands * (bandHeight() + GAP) - GAP + MARGIN + (note.isEmpty() ? 0 : small.getHeight() + GAP);
        BufferedImage canvas = Ink.canvas(width, height);
        Graphics2D pen = Ink.graphics(canvas);
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        pen.setColor(Ink.TEXT);
        pen.setFont(bold);
        pen.drawString(film.title(), MARGIN, MARGIN + large.getAscent());
        pen.setFont(plain);
        for (int band = 0; band < bands; band++) {
            int y = top + band * (bandHeight() + GAP);
            labels(pen, y);
            if (hasOriginal) {
                column(pen, 0, left, firstWidth - GAP, y);
            }
            for (int i = 0; i < perBand && first + band * perBand + i < rows.size(); i++) {
                column(pen, first + band * perBand + i, left + firstWidth + i * (cellWidth + gap), cellWidth, y);
            }
        }
        if (!note.isEmpty()) {
            pen.setColor(Ink.WARNING);
            pen.drawString(note, MARGIN, height - MARGIN - small.getDescent());
        }
        pen.dispose();
        return inSixteenGreys(canvas);
    }

    private void labels(Graphics2D pen, int y) {
        pen.setColor(Ink.SOFT);
        right(pen, "epoch", y + small.getAscent());
        int rowTop = y + small.getHeight() + 2;
        int middle = (cellHeight + small.getAscent() - small.getDescent()) / 2;
        for (int i = 0; i < film.labels().size(); i++) {
            right(pen, film.labels().get(i), rowTop + i * (cellHeight + gap) + middle);
        }
        if (widest(losses) > 0) {
            right(pen, LOSS, rowTop + rows.get(0).count() * (cellHeight + gap) + 2 + small.getAscent());
        }
    }

    private void right(Graphics2D pen, String text, int y) {
        pen.drawString(text, left - GAP - small.stringWidth(text), y);
    }

    private void column(Graphics2D pen, int index, int x, int width, int y) {
        pen.setColor(Ink.TEXT);
        middle(pen, heads.get(index), x + width / 2, y + small.getAscent());
        ImageRow row = rows.get(index);
        int at = y + small.getHeight() + 2;
        for (int i = 0; i < row.count(); i++) {
            pen.drawImage(row.image(i), x + (width - cellWidth) / 2, at, cellWidth, cellHeight, null);
            at += cellHeight + gap;
        }
        String loss = losses.get(index);
        if (!isTurned) {
            middle(pen, loss, x + width / 2, at + 2 + small.getAscent());
            return;
        }
        AffineTransform upright = pen.getTransform();
        pen.rotate(-Math.PI / 2, x + width / 2.0, at + 2);
        pen.drawString(
                loss,
                (float) (x + width / 2.0 - small.stringWidth(loss)),
                at + 2 + (small.getAscent() - small.getDescent()) / 2f);
        pen.setTransform(upright);
    }

    private void middle(Graphics2D pen, String text, int x, int y) {
        pen.drawString(text, x - small.stringWidth(text) / 2f, y);
    }

    static String note(List<Frame> frames) {
        return ImageRow.note(frames.stream().map(Frame::row).toList());
    }

    /** A large view's magnification: crisp, and of several samples as many beside each other as find room. */
    private static int scale(ImageRow row) {
        return Math.max(1, LARGEST / row.width());
    }

    private static int across(ImageRow row) {
        return Math.min(row.count(), Math.max(1, WIDEST / ((row.width() + FRAME_GAP) * scale(row))));
    }

    static int shownWidth(ImageRow row) {
        return (across(row) * (row.width() + FRAME_GAP) - FRAME_GAP) * scale(row);
    }

    static BufferedImage sideBySide(ImageRow row) {
        int across = across(row);
        int down = (row.count() + across - 1) / across;
        BufferedImage image = new BufferedImage(
                across * (row.width() + FRAME_GAP) - FRAME_GAP,
                down * (row.height() + FRAME_GAP) - FRAME_GAP,
                BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Ink.PAPER);
        pen.fillRect(0, 0, image.getWidth(), image.getHeight());
        for (int i = 0; i < row.count(); i++) {
            pen.drawImage(
                    row.image(i),
                    i % across * (row.width() + FRAME_GAP),
                    i / across * (row.height() + FRAME_GAP),
                    null);
        }
        pen.dispose();
        return inSixteenGreys(image);
    }

    /** Files of a third of the size, by a difference that the eye does not see; other colours stay. */
    private static BufferedImage inSixteenGreys(BufferedImage image) {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                int grey = rgb & 0xff;
                if ((rgb >> 8 & 0xff) == grey && (rgb >> 16 & 0xff) == grey) {
                    image.setRGB(x, y, Math.round(grey / 17f) * 17 * 0x010101);
                }
            }
        }
        return image;
    }
}
