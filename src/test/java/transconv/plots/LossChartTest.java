package transconv.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static transconv.training.FakeProgress.history;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import transconv.training.FakeProgress;
import transconv.training.History;

class LossChartTest {

    private static final int BLUE = 0xFF0072B2;
    private static final int VERMILLION = 0xFFD55E00;

    /** The rows, below the header, that have a pixel of this colour within the given share of the width. */
    private static int[] rows(BufferedImage image, int colour, double from, double to) {
        return IntStream.range(60, image.getHeight())
                .filter(y -> IntStream.range((int) (from * image.getWidth()), (int) (to * image.getWidth()))
                        .anyMatch(x -> image.getRGB(x, y) == colour))
                .toArray();
    }

    @Test
    void aFallingLossRunsFromTopLeftToBottomRightBelowItsValidationLoss() {
        BufferedImage image = LossChart.of(history(3, 2, 1)).image();
        assertEquals(1280, image.getWidth());
        assertEquals(720, image.getHeight());
        int lossAtStart = rows(image, BLUE, 0, 0.15)[0];
        int lossAtEnd = rows(image, BLUE, 0.9, 1)[0];
        int validationAtStart = rows(image, VERMILLION, 0, 0.15)[0];
        assertTrue(lossAtStart < lossAtEnd, "falls");
        assertTrue(validationAtStart < lossAtStart, "the larger value stands higher");
    }

    @Test
    void chosenNamesOnlyAreDrawn() {
        BufferedImage image = LossChart.of(history(3, 2, 1)).names("val_loss").image();
        assertTrue(rows(image, BLUE, 0, 1).length > 0, "the first chosen name has the first colour");
        assertEquals(0, rows(image, VERMILLION, 0, 1).length);
    }

    @Test
    void aSingleEpochIsNumberedAsMoreAre() {
        for (double[] losses : new double[][] {{1}, {3, 2, 1}}) {
            BufferedImage image = LossChart.of(history(losses)).image();
            double from = losses.length == 1 ? 0.45 : 0.05;
            int[] soft = IntStream.range(image.getHeight() - 85, image.getHeight() - 65)
                    .filter(y -> IntStream.range((int) (from * 1280), (int) ((from + 0.15) * 1280))
                            .anyMatch(x -> (image.getRGB(x, y) & 0xFF) < 0x80))
                    .toArray();
            assertTrue(soft.length > 10, losses.length + " epochs: a digit stands under the axis");
        }
    }

    @Test
    void aFloorIsADashedLineBelowTheCurve() {
        BufferedImage without = LossChart.of(history(3, 2, 1.5)).image();
        BufferedImage with =
                LossChart.of(history(3, 2, 1.5)).floor("entropy", 1).image();
        assertEquals(0, dashedRows(without));
        assertTrue(dashedRows(with) >= 1);
        assertTrue(rows(with, BLUE, 0.9, 1)[0] < firstDashedRow(with), "the curve ends above the floor");
    }

    private static long dashedRows(BufferedImage image) {
        return IntStream.range(60, image.getHeight())
                .filter(y -> isDashed(image, y))
                .count();
    }

    private static int firstDashedRow(BufferedImage image) {
        return IntStream.range(60, image.getHeight())
                .filter(y -> isDashed(image, y))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isDashed(BufferedImage image, int y) {
        long dark = IntStream.range(200, image.getWidth() - 60)
                .filter(x -> (image.getRGB(x, y) & 0xFF) < 0x60)
                .count();
        return dark > 400;
    }

    @Test
    void aFloorsLabelHidesNoCurve() {
        for (double[] losses : new double[][] {{1.1, 1.05, 1, 0.95, 0.9}, {0.9, 0.95, 1, 1.05, 1.1}, {2, 1.02, 1, 1}}) {
            BufferedImage image = LossChart.of(history(losses))
                    .names("loss")
                    .floor("bicubic interpolation", 1.06)
                    .image();
            long seen = IntStream.range(120, image.getWidth() - 60)
                    .filter(x -> IntStream.range(60, image.getHeight()).anyMatch(y -> image.getRGB(x, y) == BLUE))
                    .count();
            // Only where the dashes cross the curve a few columns may lose it.
            assertTrue(seen > image.getWidth() - 180 - 30, seen + " columns show " + Arrays.toString(losses));
        }
    }

    @Test
    void aFloorsLabelStandsWhereTheFewestCurvesPass() {
        FloorLabel axis = new FloorLabel(50, 550, 20, 300);
        List<Line2D> curves = new ArrayList<>();
        assertEquals(new Rectangle2D.Double(50, 203, 80, 16), axis.place(200, 80, curves), "below, at the left");
        curves.add(new Line2D.Double(40, 100, 100, 250));
        assertEquals(
                new Rectangle2D.Double(470, 203, 80, 16), axis.place(200, 80, curves), "the curve falls at the left");
        curves.add(new Line2D.Double(400, 210, 560, 210));
        assertEquals(new Rectangle2D.Double(470, 181, 80, 16), axis.place(200, 80, curves), "and runs below the right");
        assertEquals(new Rectangle2D.Double(50, 274, 80, 16), axis.place(293, 80, curves), "no room below the axis");
    }

    @Test
    void everyHistoryDraws() {
        assertDraws(LossChart.of(history(0.5)));
        assertDraws(LossChart.of(history(0, 0, 0)).floor("zero", 0));
        assertDraws(LossChart.of(history(1e-12, 2e-12)));
        assertDraws(LossChart.of(history(1e30, 1e-30)));
        assertDraws(LossChart.of(history(-5, -7)));
        assertDraws(LossChart.of(history(Double.NaN, Double.NaN)));
        assertDraws(LossChart.of(history(1, Double.POSITIVE_INFINITY, Double.NaN)));
        assertDraws(LossChart.of(history(
                        IntStream.rangeClosed(1, 500).mapToDouble(e -> 1.0 / e).toArray()))
                .size(300, 200));
    }

    private static void assertDraws(LossChart chart) {
        try {
            BufferedImage read = ImageIO.read(new ByteArrayInputStream(chart.png()));
            assertEquals(chart.image().getWidth(), read.getWidth());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aDivergedRunIsSaidSoInThePicture() {
        BufferedImage image =
                LossChart.of(history(2, 1, Double.NaN)).names("loss").image();
        assertTrue(Arrays.stream(rows(image, VERMILLION, 0, 1)).anyMatch(y -> y > 680), "a note at the foot");
    }

    @Test
    void wordsSayWhatIsShown() {
        assertEquals(
                "Autoencoder: loss 0.25 in epoch 1, 0.0613 in epoch 3; "
                        + "val_loss 0.5 in epoch 1, 0.1226 in epoch 3; line at 0.0583: entropy of the targets",
                LossChart.of(history(0.25, 0.1, 0.0613))
                        .title("Autoencoder")
                        .floor("entropy of the targets", 0.0583)
                        .altText());
        assertEquals(
                "Training chart: loss 2 in epoch 1",
                LossChart.of(history(2)).names("loss").altText());
    }

    @Test
    void laterEpochsDoNotChangeIt() {
        History history = history(2);
        LossChart chart = LossChart.of(history).names("loss");
        history.onEpochEnd(new FakeProgress().log("loss", 1));
        assertEquals("Training chart: loss 2 in epoch 1", chart.altText());
    }

    @Test
    void refusesWhatCannotBeDrawn() {
        assertEquals(
                "LossChart: the history holds 0 finished epochs; train at least one",
                assertThrows(IllegalArgumentException.class, () -> LossChart.of(new History()))
                        .getMessage());
        LossChart chart = LossChart.of(history(1));
        assertThrows(IllegalArgumentException.class, () -> chart.names("accuracy"));
        assertThrows(IllegalArgumentException.class, chart::names);
        assertEquals(
                "LossChart: floor 'entropy' at NaN; give a finite value",
                assertThrows(IllegalArgumentException.class, () -> chart.floor("entropy", Double.NaN))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> chart.size(10, 10));
    }
}
