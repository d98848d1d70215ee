package transconv.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsChartTest {

    private static int pixels(BufferedImage image, int colour) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += (image.getRGB(x, y) & 0xffffff) == colour ? 1 : 0;
            }
        }
        return count;
    }

    /** The longest vertical run of a colour. */
    private static int tallest(BufferedImage image, int colour) {
        int tallest = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            int run = 0;
            for (int y = 0; y < image.getHeight(); y++) {
                run = (image.getRGB(x, y) & 0xffffff) == colour ? run + 1 : 0;
                tallest = Math.max(tallest, run);
            }
        }
        return tallest;
    }

    private static SettingsChart chart(double deviation) {
        return SettingsChart.of("kernel", "loss", List.of("2", "3"))
                .line("strides=1", new double[] {0.5, 0.25}, new double[] {deviation, Double.NaN});
    }

    @Test
    void drawsItsLineAndBars() {
        assertTrue(pixels(chart(Double.NaN).image(), 0x0072B2) > 1000);
        // a bar of 0.4 on an axis of 0.45
        assertTrue(tallest(chart(0.2).image(), 0x0072B2) > 300);
        assertTrue(tallest(chart(Double.NaN).image(), 0x0072B2) < 40);
        assertEquals("loss by kernel: strides=1: 2 0.5, 3 0.25", chart(0.2).altText());
    }

    @Test
    void onePlaceAndLinesWithoutAnyValueCanBeDrawn() {
        SettingsChart chart = SettingsChart.of("kernel", "loss", List.of("a very long value ".repeat(20)))
                .line("good", new double[] {1}, new double[] {Double.NaN})
                .line("diverged", new double[] {Double.POSITIVE_INFINITY}, new double[] {Double.NaN});
        BufferedImage image = chart.image();
        assertTrue(pixels(image, Ink.WARNING.getRGB() & 0xffffff) > 0, "the note under the chart");
        SettingsChart none = SettingsChart.of("kernel", "loss", List.of("2", "3"))
                .line("diverged", new double[] {Double.NaN, Double.NaN}, new double[] {Double.NaN, Double.NaN});
        assertTrue(none.png().length > 0);
    }

    @Test
    void manyLinesTakeMoreRowsOfNames() {
        SettingsChart chart = SettingsChart.of("kernel", "loss", List.of("2"));
        int one = chart.image().getHeight();
        for (int i = 0; i < 20; i++) {
            chart.line("optimizer=name " + i, new double[] {i}, new double[] {0});
        }
        assertTrue(chart.image().getHeight() > one + 3 * 18);
    }

    @Test
    void lengthsThatDifferAreRefused() {
        assertEquals(
                "SettingsChart: line 'x' has 1 values and 2 deviations for 2 places",
                assertThrows(IllegalArgumentException.class, () -> SettingsChart.of("kernel", "loss", List.of("2", "3"))
                                .line("x", new double[1], new double[2]))
                        .getMessage());
    }
}
