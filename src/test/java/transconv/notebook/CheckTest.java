package transconv.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.factory.Nd4j;

class CheckTest {

    private static final double NAN = Double.NaN;
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    private static String printed(Runnable check) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            check.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    private static void assertFails(String message, Executable check) {
        String[] printed = {""};
        CheckFailedException failure = assertThrows(CheckFailedException.class, () -> {
            try {
                printed[0] = printed(() -> {
                    try {
                        check.execute();
                    } catch (CheckFailedException e) {
                        throw e;
                    } catch (Throwable e) {
                        throw new AssertionError(e);
                    }
                });
            } finally {
                assertEquals("", printed[0], "a failed check prints no tick");
            }
        });
        assertEquals(message, failure.getMessage());
    }

    @Test
    void passesPrintOneLine() {
        assertEquals("✓ parameters = 12,785\n", printed(() -> Check.equal("parameters", 12_785, 12_785L)));
        assertEquals("✓ x = 0.1\n", printed(() -> Check.equal("x", 0.1, 0.1)));
        assertEquals("✓ name = \"conv\"\n", printed(() -> Check.equal("name", "conv", "conv")));
        assertEquals("✓ names = [a, b]\n", printed(() -> Check.equal("names", List.of("a", "b"), List.of("a", "b"))));
        assertEquals(
                "✓ shape = [1, 28]\n", printed(() -> Check.equal("shape", new long[] {1, 28}, new long[] {1, 28})));
        assertEquals(
                "✓ row = [1.0, 2.0]\n", printed(() -> Check.equal("row", new double[] {1, 2}, new double[] {1, 2})));
        assertEquals(
                "✓ y = [2, 2], 4 values as expected\n",
                printed(() -> Check.equal("y", new double[][] {{1, 2}, {3, 4}}, new double[][] {{1, 2}, {3, 4}})));
        assertEquals("✓ loss = 0.0614 (0.0613 ± 0.0005)\n", printed(() -> Check.close("loss", 0.0613, 0.0614, 0.0005)));
        assertEquals(
                "✓ y = [1, 2], 2 values as expected (within 0.5, at worst 2.5e-01 off)\n",
                printed(() -> Check.close(
                        "y", Nd4j.create(new double[][] {{1, 2}}), Nd4j.create(new double[][] {{1.25, 2}}), 0.5)));
        assertEquals("✓ val_loss = 0.0613, at most 0.063\n", printed(() -> Check.atMost("val_loss", 0.0630, 0.0613)));
        assertEquals(
                "✓ val_loss = 0.0617913, at most 0.063\n",
                printed(() -> Check.atMost("val_loss", 0.0630, 0.06179126034)));
        assertEquals("✓ accuracy = 0.99, at least 0.98\n", printed(() -> Check.atLeast("accuracy", 0.98, 0.99)));
        assertEquals("✓ the sizes agree\n", printed(() -> Check.that("the sizes agree", true)));
    }

    @Test
    void limitsThemselvesPass() {
        printed(() -> Check.atMost("x", 2, 2));
        printed(() -> Check.atLeast("x", 2, 2));
        printed(() -> Check.close("x", 1, 1.5, 0.5));
        printed(() -> Check.equal("x", 0.0, -0.0));
        printed(() -> Check.equal("x", INFINITE, INFINITE));
    }

    @Test
    void differentValuesFail() {
        assertFails("parameters: expected 12,785, got 12,784", () -> Check.equal("parameters", 12_785, 12_784));
        assertFails("x: expected exactly 0.1, got 0.10000000000000002", () -> Check.equal("x", 0.1, Math.nextUp(0.1)));
        assertFails(
                "name: expected \"conv\", got \"cow\"; they differ from index 2",
                () -> Check.equal("name", "conv", "cow"));
        assertFails("name: expected \"conv\", got null", () -> Check.equal("name", "conv", (String) null));
        assertFails("names: expected [a], got [b]", () -> Check.equal("names", List.of("a"), List.of("b")));
        assertFails(
                "shape: expected [1, 28], got [28, 1]",
                () -> Check.equal("shape", new long[] {1, 28}, new long[] {28, 1}));
        assertFails("sizes: expected [1], got [1, 1]", () -> Check.equal("sizes", new int[] {1}, new int[] {1, 1}));
        assertFails(
                "loss: expected 0.0613 within 0.0005, got 0.0619", () -> Check.close("loss", 0.0613, 0.0619, 0.0005));
        assertFails("val_loss: expected at most 0.063, got 0.0631", () -> Check.atMost("val_loss", 0.063, 0.0631));
        assertFails("accuracy: expected at least 0.98, got 0.97", () -> Check.atLeast("accuracy", 0.98, 0.97));
        assertFails("the sizes agree: expected true, got false", () -> Check.that("the sizes agree", false));
    }

    @Test
    void arraysNameTheFirstDifference() {
        assertFails(
                "row: 2 of 3 values differ, first at [1]: expected exactly 2.0, got 2.5",
                () -> Check.equal("row", new double[] {1, 2, 3}, new double[] {1, 2.5, 4}));
        assertFails(
                "row: 1 of 2 values differ, first at [1]: expected exactly 2.0, got 3.0",
                () -> Check.equal("row", new float[] {1, 2}, new float[] {1, 3}));
        assertFails(
                "y: 1 of 4 values differ, first at [1, 0]: expected exactly 3.0, got 9.0",
                () -> Check.equal("y", new double[][] {{1, 2}, {3, 4}}, new double[][] {{1, 2}, {9, 4}}));
        assertFails(
                "y: 1 of 6 values differ, first at [1, 0, 2]: expected 5.0 within 0.1, got 6.0",
                () -> Check.close(
                        "y",
                        Nd4j.create(new double[] {0, 1, 2, 3, 4, 5}).reshape(2, 1, 3),
                        Nd4j.create(new double[] {0, 1, 2, 3, 4, 6}).reshape(2, 1, 3),
                        0.1));
        assertFails(
                "y: 2 of 4 values differ, first at [0, 1]: expected exactly 2.0, got 3.0",
                () -> Check.equal(
                        "y",
                        Nd4j.create(new double[][] {{1, 2}, {3, 4}}),
                        Nd4j.create(new double[][] {{1, 2}, {3, 4}}).transpose()));
    }

    @Test
    void arraysOfOtherShapesFail() {
        assertFails("row: expected shape [2], got [3]", () -> Check.equal("row", new double[2], new double[3]));
        assertFails(
                "y: expected shape [1, 4], got [2, 2]", () -> Check.close("y", new double[1][4], new double[2][2], 1));
        assertFails(
                "y: expected shape [2, 1], got rows of [1, 2]",
                () -> Check.equal("y", new double[2][1], new double[][] {{0}, {0, 0}}));
        assertFails("y: expected shape [1, 4], got [4]", () -> Check.equal("y", Nd4j.zeros(1, 4), Nd4j.zeros(4)));
        assertFails("y: expected an array, got null", () -> Check.equal("y", new double[1], (double[]) null));
        assertFails("y: the expected array is null", () -> Check.equal("y", null, Nd4j.zeros(1)));
    }

    @Test
    void nanNeverPasses() {
        assertFails("x: expected exactly NaN, got NaN", () -> Check.equal("x", NAN, NAN));
        assertFails("x: expected 1.0 within 5.0, got NaN", () -> Check.close("x", 1, NAN, 5));
        assertFails("x: expected NaN within 5.0, got NaN", () -> Check.close("x", NAN, NAN, 5));
        assertFails("x: expected at most 1.0, got NaN", () -> Check.atMost("x", 1, NAN));
        assertFails("x: expected at least NaN, got 1.0", () -> Check.atLeast("x", NAN, 1));
        assertFails(
                "x: 1 of 1 values differ, first at [0]: expected exactly NaN, got NaN",
                () -> Check.equal("x", new double[] {NAN}, new double[] {NAN}));
        assertFails(
                "x: 1 of 1 values differ, first at [0]: expected 1.0 within 5.0, got NaN",
                () -> Check.close("x", new float[] {1}, new float[] {Float.NaN}, 5));
        assertFails(
                "x: 1 of 1 values differ, first at [0, 0]: expected NaN within 5.0, got NaN",
                () -> Check.close("x", Nd4j.create(new double[][] {{NAN}}), Nd4j.create(new double[][] {{NAN}}), 5));
    }

    @Test
    void infiniteIsNotCloseToAnything() {
        assertFails("x: expected Infinity within 5.0, got Infinity", () -> Check.close("x", INFINITE, INFINITE, 5));
    }

    @Test
    void aToleranceMustBeOne() {
        for (double tolerance : new double[] {-1, NAN, INFINITE}) {
            assertEquals(
                    "Check x: tolerance=" + tolerance + " must be finite and at least 0",
                    assertThrows(IllegalArgumentException.class, () -> Check.close("x", 1, 1, tolerance))
                            .getMessage());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Check.close("x", new double[] {1}, new double[] {1}, tolerance));
        }
    }

    @Test
    void linesAreTheSameEverywhere() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            passesPrintOneLine();
            differentValuesFail();
        } finally {
            Locale.setDefault(before);
        }
    }
}
