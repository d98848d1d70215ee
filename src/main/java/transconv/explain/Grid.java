package transconv.explain;

import java.util.Arrays;
import transconv.explain.Drawing.Paint;
import transconv.explain.Drawing.Type;

/** Numbers in cells, with a title above; slices of a third axis stand side by side. */
final class Grid {

    /** How a cell looks; each differs from the others in more than its colour. */
    enum Look {
        /** A number like any other. */
        PLAIN("#ffffff", "#8a9096", 1, false, Colors.TEXT, false, false),
        /** Nothing there yet. */
        EMPTY("#f1f2f3", "#d5d8db", 1, false, Colors.MUTED, false, false),
        /** The input at work. */
        SOURCE("#f6d48a", "#a86f00", 2, false, Colors.TEXT, true, false),
        /** A kernel tap. */
        KERNEL("#a9ddcc", "#007a59", 1, false, Colors.TEXT, false, false),
        /** What was just added. */
        STAMP("#b3dbf4", Colors.BLUE, 1, false, Colors.TEXT, true, false),
        /** A zero put between inputs. */
        INSERTED("#e6e8ea", "#c2c6ca", 1, false, Colors.MUTED, false, false),
        /** A zero put around the input. */
        BORDER(Colors.GROUND, "#8a9096", 1, true, Colors.MUTED, false, false),
        /** The output at work. */
        RESULT("#f4c4a2", Colors.VERMILLION, 2, false, Colors.TEXT, true, false),
        /** Computed and cropped. */
        CUT(Colors.GROUND, "#a5aab0", 1, true, Colors.MUTED, false, true);

        private final Paint paint;
        private final Type type;

        Look(String fill, String stroke, double width, boolean dashed, String color, boolean bold, boolean struck) {
            paint = new Paint(fill, stroke, width, dashed);
            type = new Type(color, 13, "middle", bold, struck);
        }
    }

    static final double CELL = 25;
    private static final Type LETTER = new Type(Colors.TEXT, 9, "start", false, false);
    private static final Type ON_DARK = new Type("#ffffff", 13, "middle", true, false);
    private static final double TITLE = 18;
    private static final double SLICE_GAP = 10;

    private String title;
    private int[] shownSizes;
    private final int rank;
    private final int[] sizes;
    private final String[] texts;
    private final Look[] looks;
    private final Paint[] outlines;
    private final String[] tags;
    private final Paint[] tagPaints;
    private final boolean[] onDark;

    Grid(String title, int rank, int[] sizes) {
        this.title = title;
        this.rank = rank;
        this.sizes = sizes.clone();
        shownSizes = this.sizes;
        int count = Places.count(sizes);
        texts = new String[count];
        looks = new Look[count];
        outlines = new Paint[count];
        tags = new String[count];
        tagPaints = new Paint[count];
        onDark = new boolean[count];
        Arrays.fill(texts, "");
        Arrays.fill(looks, Look.EMPTY);
    }

    static Grid of(String title, int rank, int[] sizes, double[] values, Look look) {
        Grid grid = new Grid(title, rank, sizes);
        for (int at = 0; at < values.length; at++) {
            grid.cell(at, NumberFormat.of(values[at]), look);
        }
        return grid;
    }

    /** A matrix, its cells the darker the larger they are. */
    static Grid shaded(String title, double[][] matrix) {
        Values values = Values.of(title, matrix);
        Grid grid = of(title, 2, values.sizes(), values.data(), Look.PLAIN);
        double most = Arrays.stream(values.data()).map(Math::abs).max().orElse(0);
        for (int at = 0; at < values.data().length; at++) {
            grid.tag(at, "", Colors.shade(most == 0 ? 0 : Math.abs(values.data()[at]) / most));
        }
        return grid;
    }

    Grid cell(int at, String text, Look look) {
        texts[at] = text;
        looks[at] = look;
        return this;
    }

    Grid look(int at, Look look) {
        looks[at] = look;
        return this;
    }

    Grid outline(int at, String color) {
        outlines[at] = new Paint(null, color, 2.5, false);
        return this;
    }

    /** A ground of its own, and a letter in the corner that names it. */
    Grid tag(int at, String letter, String fill) {
        tags[at] = letter;
        tagPaints[at] = new Paint(fill, Colors.MUTED, 1.5, false);
        onDark[at] = Colors.isDark(fill);
        return this;
    }

    Grid titled(String other) {
        title = other;
        return this;
    }

    /** The sizes that the title names, where the grid shows more; null to name none. */
    Grid sized(int[] other) {
        shownSizes = other;
        return this;
    }

    private double cellWidth() {
        double widest = CELL;
        for (int at = 0; at < texts.length; at++) {
            widest = Math.max(widest, Drawing.lengthOf(texts[at], looks[at].type) + (tags[at] == null ? 8 : 20));
        }
        return Math.ceil(widest);
    }

    Drawing draw() {
        return draw(cellWidth());
    }

    private Drawing draw(double cell) {
        Drawing drawing = new Drawing();
        drawing.words(0, 12, shownSizes == null ? title : title + "  " + Places.sizes(shownSizes, rank), Drawing.LABEL);
        boolean sliced = sizes[0] > 1;
        double top = TITLE + (sliced ? 16 : 0);
        for (int at = 0; at < texts.length; at++) {
            int[] place = Places.at(at, sizes);
            double left = place[0] * (sizes[2] * cell + SLICE_GAP);
            double x = left + place[2] * cell;
            double y = top + place[1] * CELL;
            if (sliced && place[1] == 0 && place[2] == 0) {
                drawing.words(left, TITLE + 11, "[" + place[0] + ", :, :]", Drawing.NOTE);
            }
            drawing.box(x + 1, y + 1, cell - 2, CELL - 2, tags[at] == null ? looks[at].paint : tagPaints[at]);
            if (outlines[at] != null) {
                drawing.box(x + 1, y + 1, cell - 2, CELL - 2, outlines[at]);
            }
            if (tags[at] != null) {
                drawing.words(x + 3, y + 9, tags[at], LETTER);
            }
            if (!texts[at].isEmpty()) {
                drawing.words(x + cell / 2, y + CELL / 2 + 4.5, texts[at], onDark[at] ? ON_DARK : looks[at].type);
            }
        }
        return drawing;
    }
}
