package transconv.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class XYPlotTest {

    private static final double[] ENDS = {0, 1};

    private static int pixels(BufferedImage image, int colour) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += (image.getRGB(x, y) & 0xffffff) == colour ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void aLineJoinsItsPointsAndACloudDoesNot() {
        int line = pixels(XYPlot.of("x", "y").line("one", ENDS, ENDS).image(), 0x0072B2);
        int cloud = pixels(XYPlot.of("x", "y").points("one", ENDS, ENDS).image(), 0x0072B2);
        assertTrue(line > 1500, "a line of %d pixels".formatted(line));
        assertTrue(cloud > 20 && cloud < 400, "points of %d pixels".formatted(cloud));
    }

    @Test
    void tenSeriesHaveTenColours() {
        XYPlot plot = XYPlot.of("", "");
        for (int i = 0; i < 10; i++) {
            plot.points("digit " + i, new double[] {0, 1}, new double[] {i, i});
        }
        BufferedImage image = plot.image();
        Set<Integer> colours = new HashSet<>();
        for (int i : new int[] {
            0x332288, 0xCC6677, 0x117733, 0xDDCC77, 0x88CCEE, 0x882255, 0x44AA99, 0x999933, 0xAA4499, 0x444444
        }) {
            assertTrue(pixels(image, i) > 20, "%06x".formatted(i));
            colours.add(i);
        }
        assertEquals(10, colours.size());
    }

    @Test
    void isAsLargeAsAskedAndSaysWhatItShows() {
        XYPlot plot = XYPlot.of("rate", "share")
                .title("Two")
                .line("a", ENDS, ENDS)
                .points("b", ENDS, ENDS)
                .size(500, 300);
        assertEquals(500 * Plot.PIXEL_RATIO, plot.image().getWidth());
        assertEquals(300 * Plot.PIXEL_RATIO, plot.image().getHeight());
        assertEquals("share over rate: a, a line of 2 points; b, a cloud of 2 points", plot.altText());
    }

    @Test
    void refusesWhatCannotBeDrawn() {
        XYPlot plot = XYPlot.of("x", "y").line("taken", ENDS, ENDS);
        String[][] refusals = {
            {message(() -> plot.line("taken", ENDS, ENDS)), "'taken' is blank or taken"},
            {message(() -> plot.points(" ", ENDS, ENDS)), "' ' is blank or taken"},
            {message(() -> plot.line("b", ENDS, new double[3])), "'b' has 2 x and 3 y"},
            {message(() -> plot.line("b", new double[0], new double[0])), "'b' has 0 x and 0 y"},
            {message(() -> plot.points("b", ENDS, new double[] {0, Double.NaN})), "point 1 at (1.0, NaN)"},
            {message(() -> plot.size(640, 199)), "size 640 x 199; both must be 200 to 2000"}
        };
        for (String[] refusal : refusals) {
            assertTrue(refusal[0].contains(refusal[1]), refusal[0]);
        }
        assertEquals("y over x: taken, a line of 2 points", plot.altText());
    }

    private static String message(Runnable attempt) {
        return assertThrows(IllegalArgumentException.class, attempt::run).getMessage();
    }
}
