package transconv.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.Locale;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How the lines of all charts look, in the plot and in the legend, and what is around them. */
final class ChartLines {

    private static final Marker[] MARKERS = {
        SeriesMarkers.CIRCLE,
        SeriesMarkers.SQUARE,
        SeriesMarkers.DIAMOND,
        SeriesMarkers.TRIANGLE_UP,
        SeriesMarkers.TRIANGLE_DOWN,
        SeriesMarkers.CROSS
    };
    private static final int MARKER_SIZE = 6;
    private static final BasicStroke STROKE = new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    /** From the line's beginning to its name's. */
    private static final int KEY_WIDTH = 30;

    private ChartLines() {}

    /** The look of a chart of lines, but for its axes' ranges and labels. */
    static void style(XYStyler styler) {
        styler.setChartBackgroundColor(Ink.PAPER)
                .setChartPadding(12)
                .setChartFontColor(Ink.TEXT)
                .setChartTitleVisible(false)
                .setLegendVisible(false)
                .setPlotBorderVisible(false)
                .setPlotBackgroundColor(Ink.PAPER)
                .setPlotContentSize(.98);
        styler.setPlotGridVerticalLinesVisible(false)
                .setPlotGridLinesColor(Ink.HAIRLINE)
                .setPlotGridLinesStroke(new BasicStroke(1f))
                .setAxisTicksLineVisible(false)
                .setAxisTicksMarksVisible(false)
                .setAxisTitleFont(Ink.font(Font.PLAIN, 12))
                .setAxisTickLabelsFont(Ink.font(Font.PLAIN, 12))
                .setAxisTickLabelsColor(Ink.SOFT)
                .setYAxisTitleVisible(false)
                .setLocale(Locale.ROOT);
        styler.setMarkerSize(MARKER_SIZE);
    }

    /** The look of a line. */
    static void style(XYSeries series, int index, boolean isMarked) {
        series.setMarkerColor(colour(index)).setLineColor(colour(index));
        series.setLineStyle(STROKE);
        series.setMarker(isMarked ? marker(index) : SeriesMarkers.NONE);
    }

    /** What a name takes in the legend, its line before it included. */
    static int keyWidth(Graphics2D graphics, String name) {
        return KEY_WIDTH + graphics.getFontMetrics().stringWidth(name);
    }

    /** Draws a line's name into the legend, with a piece of the line before it. */
    static void drawKey(Graphics2D graphics, String name, int index, int x, int y) {
        double middle = y + 8;
        graphics.setColor(colour(index));
        graphics.setStroke(STROKE);
        graphics.draw(new Line2D.Double(x, middle, x + 24, middle));
        marker(index).paint(graphics, x + 12, middle, MARKER_SIZE);
        graphics.setColor(Ink.TEXT);
        graphics.drawString(name, (float) x + KEY_WIDTH, y + 12.5f);
    }

    private static Color colour(int index) {
        return Ink.SERIES.get(index % Ink.SERIES.size());
    }

    private static Marker marker(int index) {
        return MARKERS[index % MARKERS.length];
    }
}
