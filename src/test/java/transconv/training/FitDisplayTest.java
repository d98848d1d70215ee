package transconv.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FitDisplayTest {

    @BeforeEach
    @AfterEach
    void restoreText() {
        FitDisplay.use(() -> new TextProgress(System.out));
    }

    private static String printedBy(int verbose) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            Callback display = FitDisplay.create(verbose);
            display.onEpochBegin(new FakeProgress());
            display.onEpochEnd(new FakeProgress().log("loss", 1));
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).strip().replaceFirst("- [0-9.]+s -", "- TIME -");
    }

    @Test
    void levelZeroPrintsNothing() {
        assertEquals("", printedBy(0));
    }

    @Test
    void levelsOneAndTwoPrintToTheStandardOutputOfTheMoment() {
        assertEquals("Epoch 1/25 - TIME - loss: 1.0000", printedBy(1));
        assertEquals("Epoch 1/25 - TIME - loss: 1.0000", printedBy(2));
    }

    @Test
    void aRegisteredDisplayTakesLevelOneOnly() {
        Callback mine = new History();
        FitDisplay.use(() -> mine);
        assertSame(mine, FitDisplay.create(1));
        assertInstanceOf(TextProgress.class, FitDisplay.create(2));
        assertEquals("", printedBy(0));
    }

    @Test
    void refusesOtherLevels() {
        String message = assertThrows(IllegalArgumentException.class, () -> FitDisplay.create(3))
                .getMessage();
        assertEquals("fit: verbose=3 is not a level; use 0 (nothing), 1 (live) or 2 (a line an epoch)", message);
        assertThrows(IllegalArgumentException.class, () -> FitDisplay.create(-1));
    }
}
