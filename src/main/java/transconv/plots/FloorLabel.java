package transconv.plots;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where the label of a horizontal line stands: along it, below or above, where the fewest curves pass. */
record FloorLabel(double left, double right, double top, double bottom) {

    private static final int GAP = 3;
    private static final int HEIGHT = 16;
    /** Half a marker: so close to a curve's middle a label would touch its markers. */
    private static final int CLEAR = 4;

    /** The place for a label as wide as this on the line at y; the first of the best, from the left and from below. */
    Rectangle2D place(double y, double width, List<Line2D> curves) {
        List<Rectangle2D> places = new ArrayList<>();
        for (double share : new double[] {0, 1, 0.5, 0.25, 0.75}) {
            double x = left + share * (right - left - width);
            places.add(new Rectangle2D.Double(x, y + GAP, width, HEIGHT));
            places.add(new Rectangle2D.Double(x, y - GAP - HEIGHT, width, HEIGHT));
        }
        return places.stream()
                .filter(place -> place.getMinY() >= top && place.getMaxY() <= bottom)
                .min(Comparator.comparingLong(place -> crossings(place, curves)))
                .orElse(places.get(0));
    }

    private static long crossings(Rectangle2D place, List<Line2D> curves) {
        Rectangle2D wide = new Rectangle2D.Double(
                place.getX() - CLEAR, place.getY(), place.getWidth() + 2 * CLEAR, place.getHeight() + CLEAR);
        return curves.stream().filter(wide::intersectsLine).count();
    }
}
