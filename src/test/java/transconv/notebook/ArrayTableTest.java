package transconv.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class ArrayTableTest {

    @Test
    void wholeNumbersHaveNoPoint() {
        ArrayTable table = ArrayTable.ofJava(new double[][] {{1, 3, 3, 2}, {4, 16, -8, 0}});
        assertEquals("double[][] [2, 4]\n  1   3   3  2\n  4  16  -8  0", table.text());
        assertEquals(List.of("1", "3", "3", "2", "4", "16", "-8", "0"), Markup.texts(table.html(), "td"));
        assertEquals(2, Markup.texts(table.html(), "tr").size());
    }

    @Test
    void oneFractionGivesAllTheSameDecimals() {
        assertEquals(
                "double[][] [1, 3]\n  16.0  0.5  -2.0",
                ArrayTable.ofJava(new double[][] {{16, 0.5, -2}}).text());
    }

    @Test
    void floatsShowTheDigitsThatWereWritten() {
        assertEquals(
                "INDArray float [3]\n  0.10  0.25  3.00",
                ArrayTable.of(Nd4j.create(new float[] {0.1f, 0.25f, 3})).text());
    }

    @Test
    void atMostFourDecimals() {
        assertEquals(
                "double[] [2]\n  0.3333  100.0000",
                ArrayTable.ofJava(new double[] {1 / 3.0, 100}).text());
    }

    @Test
    void hugeAndTinyNumbersHaveAnExponent() {
        assertEquals(
                "double[] [2]\n  1.0000e-05  2.5000e-06",
                ArrayTable.ofJava(new double[] {1e-5, 2.5e-6}).text());
        assertEquals(
                "double[] [1]\n  1.0000e+30",
                ArrayTable.ofJava(new double[] {1e30}).text());
    }

    @Test
    void valuesThatAreNotFiniteHaveNames() {
        assertEquals(
                "double[] [4]\n  NaN  ∞  -∞  0.5",
                ArrayTable.ofJava(new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.5})
                        .text());
    }

    @Test
    void aScalarIsOneCell() {
        assertEquals(
                "INDArray float []\n  3.5", ArrayTable.of(Nd4j.scalar(3.5f)).text());
    }

    @Test
    void wholeNumberTypesAreExact() {
        assertEquals(
                "INDArray long [2]\n  9007199254740993  -1",
                ArrayTable.of(Nd4j.createFromArray(9_007_199_254_740_993L, -1L)).text());
        assertEquals(
                "INDArray bool [2]\n  true  false",
                ArrayTable.of(Nd4j.createFromArray(true, false)).text());
        assertEquals("int[] [2]\n  7  8", ArrayTable.ofJava(new int[] {7, 8}).text());
    }

    @Test
    void emptyArraysShowTheirShape() {
        assertEquals(
                "INDArray float [0]",
                ArrayTable.of(Nd4j.empty(DataType.FLOAT).reshape(0)).text());
        assertEquals("double[][] [0, 0]", ArrayTable.ofJava(new double[0][]).text());
    }

    @Test
    void raggedRowsEndWhereTheyEnd() {
        assertEquals(
                "double[][] [2, 2]\n  1  2\n  3   ",
                ArrayTable.ofJava(new double[][] {{1, 2}, {3}}).text());
    }

    @Test
    void twentyIsShownWholeAndMoreIsCutWithACount() {
        String whole = ArrayTable.of(Nd4j.arange(20)).html();
        assertEquals(20, Markup.texts(whole, "td").size());
        String cut = ArrayTable.of(Nd4j.arange(21)).html();
        assertEquals(
                List.of("0", "1", "2", "3", "4", "5", "6", "7", "…", "13", "14", "15", "16", "17", "18", "19", "20"),
                Markup.texts(cut, "td"));
        assertTrue(cut.contains("5 columns left out"), cut);
        String rows = ArrayTable.of(Nd4j.arange(100).reshape(50, 2)).text();
        assertTrue(rows.endsWith("\n  98  99\n  (34 rows left out)"), rows);
    }

    @Test
    void anImageIsOneTable() {
        assertEquals(
                "INDArray float [1, 2, 3, 1]\n[0, :, :, 0]\n  0  1  2\n  3  4  5",
                ArrayTable.of(Nd4j.arange(6).reshape(1, 2, 3, 1)).text());
    }

    @Test
    void higherRanksAreSlicedByTheirLastTwoAxes() {
        assertEquals(
                "INDArray float [2, 2, 3]\n[0, :, :]\n  0  1  2\n  3  4  5\n[1, :, :]\n  6   7   8\n  9  10  11",
                ArrayTable.of(Nd4j.arange(12).reshape(2, 2, 3)).text());
    }

    @Test
    void manySlicesAreCutWithACount() {
        String text = ArrayTable.of(Nd4j.arange(60).reshape(3, 5, 2, 2)).text();
        assertTrue(text.contains("\n[0, 2, :, :]\n"), text);
        assertTrue(text.endsWith("\n… 12 more slices"), text);
        assertEquals(
                3 * 2,
                Markup.texts(ArrayTable.of(Nd4j.arange(60).reshape(3, 5, 2, 2)).html(), "tr")
                        .size());
    }

    @Test
    void aBigArrayStaysSmallOnThePage() {
        assertTrue(ArrayTable.of(Nd4j.rand(1000, 28, 28, 3)).html().length() < 8_000);
    }

    @Test
    void htmlAndTextHaveTheSameNumbers() {
        ArrayTable table = ArrayTable.of(Nd4j.linspace(-1, 1, 12).reshape(3, 4));
        List<String> words = List.of(
                table.text().substring(table.text().indexOf('\n')).strip().split("\\s+"));
        assertEquals(words, Markup.texts(table.html(), "td"));
    }
}
