package transconv.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import transconv.layers.Layers;
import transconv.models.Sequential;
import transconv.shape.Padding;

class LayerCostsTest {

    private static Sequential model() {
        return new Sequential(
                Layers.input(9, 8, 3),
                Layers.conv2D(4, 3).padding(Padding.SAME),
                Layers.maxPooling2D(2),
                Layers.conv2DTranspose(6, 3, 2)
                        .strides(2, 3)
                        .padding(Padding.SAME)
                        .groups(2),
                Layers.flatten(),
                Layers.dense(5));
    }

    /** Ones convolved with ones count the products of each output. */
    private static long counted(double[][] output) {
        return Math.round(Arrays.stream(output).flatMapToDouble(Arrays::stream).sum());
    }

    private static double[][] ones(int height, int width) {
        double[][] ones = new double[height][width];
        Arrays.stream(ones).forEach(row -> Arrays.fill(row, 1));
        return ones;
    }

    @Test
    void executedMultiplyAddsAreThoseOfTheReferenceLoops() {
        List<String> executed = LayerCosts.of(model()).table().column("executed");
        long first = counted(StepByStep.convolution(ones(9, 8), ones(3, 3))
                        .padding(Padding.SAME)
                        .output())
                * 3
                * 4;
        long second = counted(StepByStep.transposedConvolution(ones(4, 4), ones(3, 2))
                        .stride(2, 3)
                        .padding(Padding.SAME)
                        .output())
                * 4
                * 6
                / 2;
        assertEquals(
                List.of("%,d".formatted(first), "0", "%,d".formatted(second), "0", "%,d".formatted(8 * 12 * 6 * 5)),
                executed);
        assertEquals(first + second + 2880, LayerCosts.of(model()).executed());
    }

    @Test
    void nominalOnesCountEveryTapAtEveryOutput() {
        assertEquals(
                9 * 8 * 9 * 3 * 4 + 8 * 12 * 6 * 4 * 6 / 2 + 8 * 12 * 6 * 5,
                LayerCosts.of(model()).nominal());
    }

    @Test
    void theTableFillsInTheFormulas() {
        Table table = LayerCosts.of(model()).table();
        assertEquals(
                List.of(
                        "9 + 1 + 1 - 3 + 1 = 9\n8 + 1 + 1 - 3 + 1 = 8",
                        "⌊(9 - 2) / 2⌋ + 1 = 4\n⌊(8 - 2) / 2⌋ + 1 = 4",
                        "2·(4 - 1) + 3 - 1 = 8\n3·(4 - 1) + 2 + 1 = 12",
                        "",
                        ""),
                table.column("output size"));
        assertEquals(List.of("3 × 3 / 1", "2 × 2 / 2", "3 × 2 / 2 × 3", "", ""), table.column("kernel / strides"));
        assertEquals(List.of("1,152", "256", "2,304", "2,304", "20"), table.column("output bytes"));
        assertEquals("(None, 8, 12, 6)", table.column("output shape").get(2));
        assertEquals(List.of("112", "0", "78", "0", "2,885"), table.column("params"));
        assertEquals("9 × 8", table.column("receptive field").get(4));
        assertTrue(table.toString().contains("3,075 parameters"), table.toString());
        SvgDocument.parse(table.html());
    }
}
