package transconv.explain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.ToDoubleFunction;
import transconv.explain.Drawing.Paint;
import transconv.explain.Drawing.Type;

/** An {@link AlgorithmRace} as a picture: a row a contender, with time, multiply-adds and bytes. */
final class RaceChart {

    private static final double WIDTH = 900;
    private static final double ROW = 21;
    private static final double BAR = 11;
    private static final double TIMES = 205;
    private static final double COUNTS = 465;
    private static final double BYTES = 700;
    private static final double TIME_LENGTH = 175;
    private static final double LENGTH = 125;

    private static final Type NAME = new Type(Colors.TEXT, 12, "start", false, false);
    private static final Type VALUE = new Type(Colors.TEXT, 11, "start", false, false);
    private static final Type TICK = new Type(Colors.MUTED, 10, "middle", false, false);

    private static final Paint LINE = new Paint(Colors.EDGE, null, 0, false);
    private static final Paint TIME = new Paint(Colors.TEXT, null, 0, false);
    private static final Paint USEFUL = new Paint(Colors.BLUE, Colors.BLUE, 1, false);
    private static final Paint WASTED = new Paint("#f6d48a", Colors.VERMILLION, 1, true);
    private static final Paint MOVED = new Paint(Colors.GREEN, Colors.GREEN, 1, false);
    private static final Paint WORK = new Paint("#e8bdd4", Colors.TEXT, 1, true);

    private final RaceResult result;
    private final String title;
    private final Drawing drawing = new Drawing();
    private final int firstDecade;
    private final int decades;
    private double y;

    RaceChart(RaceResult result, String title) {
        this.result = result;
        this.title = title;
        List<RaceEntry> all = result.entries();
        double least = all.stream().mapToDouble(RaceEntry::milliseconds).min().orElse(1);
        firstDecade = (int) Math.floor(Math.log10(least));
        decades = Math.max(1, (int) Math.ceil(Math.log10(most(RaceEntry::milliseconds))) - firstDecade);
    }

    private double most(ToDoubleFunction<RaceEntry> of) {
        return result.entries().stream().mapToDouble(of).max().orElse(1);
    }

    Drawing drawing() {
        Drawing heading = Drawing.paragraph(title, Drawing.TITLE, WIDTH);
        drawing.place(heading, 0, 0);
        y = heading.height() + 12;
        legend();
        ticks(y + 6);
        y += 22;
        for (LayerPass pass : LayerPass.values()) {
            y += 8;
            drawing.words(0, y + 12, pass.toString(), Drawing.LABEL);
            y += ROW;
            result.ranked(pass).forEach(this::row);
        }
        return drawing.reach(WIDTH, y + 4);
    }

    private void legend() {
        drawing.words(TIMES, y + 10, "median time in ms, one core", Drawing.LABEL);
        drawing.words(COUNTS, y + 10, "multiply-adds", Drawing.LABEL);
        drawing.words(BYTES, y + 10, "bytes", Drawing.LABEL);
        y += 16;
        drawing.words(TIMES, y + 10, "each line is ten times the one before", VALUE);
        key(COUNTS, USEFUL, "useful");
        key(COUNTS + 70, WASTED, "wasted");
        key(BYTES, MOVED, "in and out");
        key(BYTES + 90, WORK, "work memory");
        y += 18;
    }

    private void key(double x, Paint paint, String words) {
        drawing.box(x, y + 1, 10, 10, paint);
        drawing.words(x + 16, y + 10, words, VALUE);
    }

    /** Drawn before the rows, which lie over the lines. */
    private void ticks(double top) {
        double height = 8 + result.entries().size() * ROW + LayerPass.values().length * (ROW + 8);
        for (int decade = 0; decade <= decades; decade++) {
            double x = TIMES + TIME_LENGTH * decade / decades;
            drawing.box(x - 0.5, top + 14, 1, height, LINE);
            BigDecimal milliseconds = BigDecimal.ONE.scaleByPowerOfTen(firstDecade + decade);
            if (decades <= 6 || decade % 2 == 0) {
                drawing.words(x, top + 9, milliseconds.toPlainString(), TICK);
            }
        }
    }

    private void row(RaceEntry entry) {
        double base = y + 12;
        drawing.words(10, base, entry.name(), NAME);
        double at = (Math.log10(entry.milliseconds()) - firstDecade) / decades * TIME_LENGTH;
        drawing.box(TIMES + at - 4, y + 3, 8, BAR - 1, TIME);
        drawing.words(TIMES + TIME_LENGTH + 68, base, RaceResult.time(entry), VALUE.anchored("end"));
        double mostExecuted = most(RaceEntry::executed);
        bar(COUNTS, entry.useful() / mostExecuted, USEFUL, entry.wasted() / mostExecuted, WASTED);
        drawing.words(COUNTS + entry.executed() / mostExecuted * LENGTH + 7, base, RaceResult.share(entry), VALUE);
        double mostBytes = most(other -> other.movedBytes() + other.workBytes());
        bar(BYTES, entry.movedBytes() / mostBytes, MOVED, entry.workBytes() / mostBytes, WORK);
        long bytes = entry.movedBytes() + entry.workBytes();
        drawing.words(BYTES + bytes / mostBytes * LENGTH + 7, base, bytes(bytes), VALUE);
        y += ROW;
    }

    private void bar(double x, double first, Paint firstPaint, double second, Paint secondPaint) {
        drawing.box(x, y + 3, first * LENGTH, BAR, firstPaint);
        if (second > 0) {
            drawing.box(x + first * LENGTH, y + 3, second * LENGTH, BAR, secondPaint);
        }
    }

    /** {@code 1.2 MB}; a kilobyte is 1,000 bytes. */
    private static String bytes(long bytes) {
        String[] units = {"bytes", "kB", "MB", "GB", "TB"};
        int unit = 0;
        double value = bytes;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(value < 10 && unit > 0 ? 2 : 3));
        return rounded.stripTrailingZeros().toPlainString() + " " + units[unit];
    }
}
