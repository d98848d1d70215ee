package transconv.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.engines.Engine;
import transconv.engines.Engines;
import transconv.engines.Explanation;
import transconv.engines.Program;
import transconv.layers.Layer;
import transconv.layers.Layers;
import transconv.ops.Activation;
import transconv.ops.Graph;
import transconv.ops.Value;
import transconv.shape.Padding;
import transconv.shape.Shape;

class AlgorithmRaceTest {

    /** 3 x 2 inputs of 2 channels to 6 x 6 outputs of 3, by 2 x 3 strides and 3 x 4 taps. */
    private static RaceResult strided() {
        return AlgorithmRace.of(Layers.conv2DTranspose(3, 3, 4).strides(2, 3).padding(Padding.SAME), Shape.of(3, 2, 2))
                .batch(2)
                .warmUpRounds(1)
                .seconds(0.001)
                .run();
    }

    static Stream<Arguments> layers() {
        return Stream.of(
                Arguments.of(Layers.conv1DTranspose(3, 4).strides(3), Shape.of(7, 2)),
                Arguments.of(Layers.conv2DTranspose(5, 3, 2).strides(2, 3).padding(Padding.SAME), Shape.of(4, 5, 3)),
                Arguments.of(Layers.conv2DTranspose(4, 3, 2).dilationRate(2, 3), Shape.of(5, 4, 2)),
                Arguments.of(Layers.conv2DTranspose(6, 2).strides(3).groups(2), Shape.of(3, 5, 4)),
                Arguments.of(Layers.conv3DTranspose(2, 3, 2, 1).strides(2, 1, 2), Shape.of(2, 3, 4, 3)),
                Arguments.of(Layers.conv2D(17, 3, 5).strides(2), Shape.of(9, 12, 2)),
                Arguments.of(Layers.conv2D(3, 3).padding(Padding.SAME).useBias(false), Shape.of(8, 7, 20)));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void allContendersGiveTheSameNumbers(Layer layer, Shape input) {
        RaceResult result = AlgorithmRace.of(layer, input)
                .batch(3)
                .warmUpRounds(1)
                .seconds(0.001)
                .run();
        int engines = Engines.available().size();
        assertTrue(engines >= 3, "engines: " + engines);
        assertEquals(3 * engines + 4, result.entries().size());
        for (RaceEntry entry : result.entries()) {
            assertEquals(result.useful(), entry.useful(), entry.toString());
            assertTrue(entry.executed() >= entry.useful(), entry.toString());
            assertTrue(entry.milliseconds() > 0 && entry.rounds() >= 1, entry.toString());
        }
    }

    /** Whether bias and activation are there changes nothing. */
    @Test
    void biasAndActivationStayOut() {
        Layer layer = Layers.conv2DTranspose(3, 3, 4)
                .strides(2, 3)
                .padding(Padding.SAME)
                .activation(Activation.RELU);
        RaceResult result = AlgorithmRace.of(layer, Shape.of(3, 2, 2))
                .batch(2)
                .warmUpRounds(1)
                .seconds(0.001)
                .engines(List.of(Engines.named("reference")))
                .run();
        assertEquals(strided().useful(), result.useful());
        assertEquals(
                (24 + 72 + 216) * 8,
                result.entry(LayerPass.FORWARD, "reference").movedBytes());
    }

    /**
     * Rows: 3 by stride 2 and 3 taps reach over 7, of which the last is cut: 8 of 9 pairs meet. Columns: 2 by stride 3
     * and 4 taps reach over 7, of which the last is cut: 7 of 8. So 56 pairs, times 2 · 3 channels and 2 samples.
     */
    @Test
    void countsOfTheStridedLayer() {
        RaceResult result = strided();
        assertEquals(8 * 7 * 6 * 2, result.useful());
        RaceEntry inserted = result.entry(LayerPass.FORWARD, "loops: zero insertion");
        // Each of 6 x 6 outputs meets 12 taps; the grid is 8 x 9 with 2 channels.
        assertEquals(36 * 12 * 6 * 2, inserted.executed());
        assertEquals(5184 - 672, inserted.wasted());
        assertEquals(4512.0 / 5184, inserted.wastedShare(), 1e-12);
        assertEquals(8 * 9 * 2 * 2 * 8, inserted.workBytes());
        // 24 inputs, 72 weights, 216 outputs.
        assertEquals((24 + 72 + 216) * 8, inserted.movedBytes());
        assertEquals(
                9 * 8 * 6 * 2,
                result.entry(LayerPass.FORWARD, "loops: matrix product and col2im")
                        .executed());
        assertEquals(672, result.entry(LayerPass.FORWARD, "loops: scatter").executed());
        assertEquals(
                672, result.entry(LayerPass.FORWARD, "loops: output phases").executed());
        for (LayerPass pass : LayerPass.values()) {
            assertEquals(672, result.entry(pass, "reference").executed());
            assertEquals((24 + 72 + 216) * 4, result.entry(pass, "nd4j").movedBytes());
        }
        assertEquals(
                "6 output phases, each im2col and matrix product",
                result.entry(LayerPass.FORWARD, "nd4j").algorithm());
    }

    /** A convolution's gradient by its input is the transposed convolution. */
    @Test
    void algorithmsFromScratchTakePartWhereAConvolutionIsTransposed() {
        RaceResult result = AlgorithmRace.of(Layers.conv2D(2, 3), Shape.of(6, 5, 1))
                .warmUpRounds(1)
                .seconds(0.001)
                .engines(List.of(Engines.named("reference")))
                .run();
        assertEquals(
                List.of(
                        "forward reference",
                        "gradient by the input reference",
                        "gradient by the input loops: scatter",
                        "gradient by the input loops: zero insertion",
                        "gradient by the input loops: output phases",
                        "gradient by the input loops: matrix product and col2im",
                        "gradient by the kernel reference"),
                result.entries().stream()
                        .map(entry -> entry.pass() + " " + entry.name())
                        .toList());
    }

    /** The reference engine, but for the last value of each output. */
    private static final class Wrong implements Engine {

        @Override
        public String name() {
            return "wrong";
        }

        @Override
        public Program compile(Graph graph) {
            Program right = Engines.named("reference").compile(graph);
            return new Program() {
                @Override
                public void feed(Value input, INDArray samples, int[] rows) {
                    right.feed(input, samples, rows);
                }

                @Override
                public void run() {
                    right.run();
                }

                @Override
                public INDArray read(Value output) {
                    INDArray array = right.read(output).reshape(output.shape().elements());
                    return array.putScalar(array.length() - 1, 0.5);
                }

                @Override
                public Explanation explain() {
                    return right.explain();
                }

                @Override
                public void close() {
                    right.close();
                }
            };
        }
    }

    @Test
    void differingNumbersEndTheRace() {
        AlgorithmRace race = AlgorithmRace.of(Layers.conv2DTranspose(1, 2), Shape.of(2, 3, 1))
                .batch(1)
                .warmUpRounds(1)
                .seconds(0.001)
                .engines(List.of(Engines.named("reference"), new Wrong()));
        String message = assertThrows(IllegalStateException.class, race::run).getMessage();
        assertTrue(
                message.matches("AlgorithmRace: forward, value 11: reference gives -?\\d+\\.0, wrong gives 0\\.5;"
                        + " the same numbers must come out of all"),
                message);
    }

    @Test
    void refusesWhatItCannotRace() {
        assertRefused(
                "AlgorithmRace: Dense computes 0 convolutions; give a layer that computes one, such as a"
                        + " Conv2DTranspose",
                () -> AlgorithmRace.of(Layers.dense(3), Shape.of(4)));
        AlgorithmRace race = AlgorithmRace.of(Layers.conv2D(1, 2), Shape.of(3, 3, 1));
        assertRefused("AlgorithmRace: batch=0 must be at least 1", () -> race.batch(0));
        assertRefused("AlgorithmRace: warmUpRounds=0 must be at least 1", () -> race.warmUpRounds(0));
        assertRefused("AlgorithmRace: rounds=0 must be at least 1", () -> race.rounds(0));
        assertRefused("AlgorithmRace: seconds=NaN must be above 0 and at most 3600", () -> race.seconds(Double.NaN));
        assertRefused(
                "AlgorithmRace: no engines; leave them unset for all that work here", () -> race.engines(List.of()));
        assertRefused(
                "AlgorithmRace: 8,000,000 products make one value; at most 4,194,304 can be summed exactly, so lower"
                        + " batch=2000000 or the layer's sizes",
                () -> race.batch(2_000_000).run());
    }

    private static void assertRefused(String message, Runnable call) {
        String received =
                assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertEquals(message, received.replaceAll("Dense_\\d+|dense(_\\d+)?", "Dense"));
    }

    @Test
    void tableHasARowAContenderTheFastestFirst() {
        RaceResult result = strided();
        Table table = result.table();
        assertEquals(result.entries().size(), table.rows().size());
        List<String> names = new ArrayList<>();
        for (LayerPass pass : LayerPass.values()) {
            List<RaceEntry> ranked = result.ranked(pass);
            for (int i = 1; i < ranked.size(); i++) {
                assertTrue(ranked.get(i - 1).milliseconds() <= ranked.get(i).milliseconds());
            }
            ranked.forEach(entry -> names.add(entry.name()));
        }
        assertEquals(names, table.column("contender"));
        assertTrue(
                table.toString()
                        .startsWith("Algorithm race: Transposed convolution of a 3 × 2 input with a 3 × 4 kernel,"
                                + " stride [2, 3], crop 0 at the beginning and 1 at the end, gives 6 × 6, 2"
                                + " channels to 3, a batch of 2\n"),
                table.toString());
        assertTrue(table.toString().contains("Each pass needs 672 multiply-adds"), table.toString());
        int row = names.indexOf("loops: zero insertion");
        assertEquals("87 %", table.column("wasted").get(row));
        assertEquals("5,184", table.column("multiply-adds").get(row));
    }

    @Test
    void pictureNamesEveryContenderAndItsWaste() {
        RaceResult result = strided();
        SvgDocument svg = SvgDocument.of(result.picture());
        List<String> texts = svg.texts("text");
        for (RaceEntry entry : result.entries()) {
            assertTrue(texts.contains(entry.name()), entry.name());
            assertTrue(texts.contains(RaceResult.time(entry)), RaceResult.time(entry));
        }
        assertTrue(texts.contains("87 % wasted"), texts.toString());
        assertTrue(result.picture().altText().contains("loops: zero insertion "));
        assertTrue(
                result.picture().altText().contains("ms, 87 % wasted"),
                result.picture().altText());
    }

    @Test
    void entryOfNobodyNamesThoseThatTookPart() {
        RaceResult result = strided();
        String message = assertThrows(IllegalArgumentException.class, () -> result.entry(LayerPass.FORWARD, "cudnn"))
                .getMessage();
        assertTrue(message.startsWith("RaceResult: no 'cudnn' in the pass 'forward'; there are ["), message);
        assertTrue(message.contains("loops: scatter"), message);
    }
}
