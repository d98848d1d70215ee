package transconv.plots;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.layers.Layers;
import transconv.layers.RandomSeed;
import transconv.models.CompileOption;
import transconv.models.FitOption;
import transconv.models.Sequential;
import transconv.plots.TrainingFilmstrip.Frame;
import transconv.training.FakeProgress;

class TrainingFilmstripTest {

    private static final INDArray TWO = Nd4j.zeros(2, 3, 4, 1);

    private static TrainingFilmstrip watched(TrainingFilmstrip film, int first, int last) {
        for (int epoch = first; epoch <= last; epoch++) {
            film.onEpochEnd(new FakeProgress().at(epoch - 1, 48).log("loss", 1.0 / epoch));
        }
        return film;
    }

    private static TrainingFilmstrip watched(int epochs) {
        return watched(TrainingFilmstrip.of(TWO, x -> x), 1, epochs);
    }

    private static List<Integer> epochs(TrainingFilmstrip film) {
        return film.frames().stream().map(Frame::epoch).toList();
    }

    @Test
    void eachEpochIsKeptWithItsLogs() {
        float[] level = {0};
        TrainingFilmstrip film = TrainingFilmstrip.of(TWO, x -> x.add(level[0] += 0.25f));
        film.onEpochEnd(new FakeProgress().at(0, 48).log("loss", 0.5).log("val_loss", 0.25));
        film.onEpochEnd(new FakeProgress().at(1, 48).log("loss", 0.125));
        assertEquals(List.of(1, 2), epochs(film));
        assertEquals(Map.of("loss", 0.5, "val_loss", 0.25), film.frames().get(0).logs());
        assertEquals(
                List.of("loss", "val_loss"),
                List.copyOf(film.frames().get(0).logs().keySet()));
        assertEquals(0.25, film.frames().get(0).images().getDouble(1, 2, 3, 0));
        assertEquals(0.5, film.frames().get(1).images().getDouble(1, 2, 3, 0));
    }

    @Test
    void whatIsKeptIsAFloatCopy() {
        INDArray buffer = Nd4j.zeros(DataType.DOUBLE, 2, 3, 4, 1);
        INDArray samples = Nd4j.zeros(2, 3, 4, 1);
        TrainingFilmstrip film = TrainingFilmstrip.of(samples, x -> buffer.assign(x));
        film.onEpochEnd(new FakeProgress().at(0, 48));
        buffer.addi(1);
        samples.addi(1);
        INDArray kept = film.frames().get(0).images();
        assertEquals(DataType.FLOAT, kept.dataType());
        assertEquals(0, kept.sumNumber().doubleValue());
        assertEquals(0, film.original().orElseThrow().images().sumNumber().doubleValue());
    }

    @ParameterizedTest
    @CsvSource({
        "25, 25, '1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25'",
        "26, 25, '1 2 4 6 8 10 12 14 16 18 20 22 24 26'",
        "27, 25, '1 2 4 6 8 10 12 14 16 18 20 22 24 26 27'",
        "28, 25, '1 2 4 6 8 10 12 14 16 18 20 22 24 26 28'",
        "6, 4, '1 2 4 6'",
        "7, 4, '1 4 7'",
        "3, 2, '1 3'",
        "1000, 2, '1 1000'"
    })
    void aLongRunIsThinnedOut(int run, int most, String kept) {
        TrainingFilmstrip film = watched(TrainingFilmstrip.of(TWO, x -> x).atMost(most), 1, run);
        assertEquals(
                List.of(kept.split(" ")),
                epochs(film).stream().map(String::valueOf).toList());
    }

    @Test
    void neverMoreFramesThanAllowed() {
        for (int most = 2; most <= 9; most++) {
            TrainingFilmstrip film = TrainingFilmstrip.of(TWO, x -> x).atMost(most);
            for (int epoch = 1; epoch <= 300; epoch++) {
                watched(film, epoch, epoch);
                int kept = film.frames().size();
                assertTrue(kept <= most && kept >= Math.min(epoch, most / 2), kept + " of " + most + " in " + epoch);
                assertEquals(1, epochs(film).get(0));
                assertEquals(epoch, epochs(film).get(kept - 1));
            }
        }
    }

    @Test
    void aRunThatStartsAgainReplacesAndOneThatGoesOnGoesOn() {
        TrainingFilmstrip film = watched(3);
        assertEquals(List.of(1, 2, 3, 4, 5), epochs(watched(film, 4, 5)));
        assertEquals(List.of(1, 2), epochs(watched(film, 1, 2)));
        TrainingFilmstrip longer = watched(100);
        assertEquals(List.of(1, 2, 3), epochs(watched(longer, 1, 3)));
    }

    @Test
    void refusesWhatItCannotKeepOrDraw() {
        assertRefused(
                "TrainingFilmstrip: samples=null must have an axis of samples and others, none empty; give a few test"
                        + " images",
                () -> TrainingFilmstrip.of(null, x -> x));
        assertRefused(
                "TrainingFilmstrip: samples of shape [335, 28, 28, 1] hold 262,640 values, at most 262,144 are kept an"
                        + " epoch; give fewer samples",
                () -> TrainingFilmstrip.of(Nd4j.zeros(335, 28, 28, 1), x -> x));
        assertRefused(
                "TrainingFilmstrip: predictions of shape [2, 600, 600, 1] hold 720,000 values, at most 262,144 are kept"
                        + " an epoch; give fewer samples",
                () -> TrainingFilmstrip.of(TWO, x -> Nd4j.zeros(2, 600, 600, 1)).onTrainBegin(null));
        assertRefused(
                "TrainingFilmstrip: predictions of shape [2, 10] for 2 samples must be images [2, height, width, 1 or"
                        + " 3]; give a predict that ends with them",
                () -> TrainingFilmstrip.of(TWO, x -> Nd4j.zeros(2, 10)).onTrainBegin(null));
        assertRefused(
                "TrainingFilmstrip: predictions of shape [1, 3, 4, 1] for 2 samples must be images [2, height, width,"
                        + " 1 or 3]; give a predict that ends with them",
                () -> TrainingFilmstrip.of(TWO, x -> Nd4j.zeros(1, 3, 4, 1)).onTrainBegin(null));
        assertRefused(
                "TrainingFilmstrip: 3 labels for 2 samples; leave out the surplus",
                () -> TrainingFilmstrip.of(TWO, x -> x).labels("a", "b", "c"));
        assertRefused(
                "TrainingFilmstrip: atMost=1 must be at least 2, the first epoch and the latest",
                () -> TrainingFilmstrip.of(TWO, x -> x).atMost(1));
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void aStoppedRunHasNoHalfFrame() {
        TrainingFilmstrip film = TrainingFilmstrip.of(TWO, x -> {
            throw new IllegalStateException("predict: interrupted");
        });
        Thread.currentThread().interrupt();
        film.onEpochEnd(new FakeProgress());
        assertTrue(Thread.interrupted());
        assertEquals(List.of(), film.frames());
        assertThrows(IllegalStateException.class, () -> film.onEpochEnd(new FakeProgress()));
    }

    @Test
    void saysInWordsWhatItShows() {
        TrainingFilmstrip film = TrainingFilmstrip.of(TWO, x -> x).title("Digits");
        assertEquals("Digits: 2 samples; no epoch yet", film.altText());
        assertEquals(
                "Digits: 2 samples after epoch 1; loss 1.0000",
                watched(film, 1, 1).altText());
        assertEquals(
                "Digits: 2 samples after 3 epochs, 1 to 3; loss 1.0000 to 0.3333",
                watched(film, 2, 3).toString());
        assertEquals(
                "Training, epoch by epoch: 2 samples after epoch 1; loss 1.0000; 1 value NaN, drawn orange; 2 values"
                        + " outside [0, 1] clipped",
                watched(
                                TrainingFilmstrip.of(TWO, x -> x.putScalar(0, Float.NaN)
                                        .putScalar(1, 1.5)
                                        .putScalar(2, -1)),
                                1,
                                1)
                        .altText());
    }

    @ParameterizedTest
    @CsvSource({
        "0.321549, 0.3215",
        "0.060063, 0.0601",
        "12.34567, 12.3457",
        "0.00123456, 0.001235",
        "123456.7, 123500",
        "0, 0",
        "NaN, NaN",
        "-0.5, -0.5000"
    })
    void lossesAreShort(double loss, String digits) {
        assertEquals(digits, TrainingFilmstrip.digits(loss));
    }

    @Test
    void aFrameIsItsImagesSideBySideInSixteenGreys() throws IOException {
        INDArray images = Nd4j.zeros(2, 2, 3, 1);
        images.putScalar(new int[] {1, 1, 2, 0}, 0.5);
        images.putScalar(new int[] {0, 1, 0, 0}, 1);
        images.putScalar(new int[] {0, 0, 2, 0}, Float.NaN);
        Frame frame = new Frame(1, Map.of(), images);
        BufferedImage png = ImageIO.read(new ByteArrayInputStream(frame.png()));
        assertArrayEquals(new int[] {8, 2}, new int[] {png.getWidth(), png.getHeight()});
        assertEquals(8 * 28, frame.width());
        String[] rows = {
            "000000 000000 d55e00 ffffff ffffff 000000 000000 000000",
            "ffffff 000000 000000 ffffff ffffff 000000 000000 888888"
        };
        for (int y = 0; y < 2; y++) {
            int row = y;
            assertEquals(
                    List.of(rows[y].split(" ")),
                    IntStream.range(0, 8)
                            .mapToObj(x -> "%06x".formatted(png.getRGB(x, row) & 0xffffff))
                            .toList());
        }
    }

    /** The strip at one unit a pixel of the samples: 25 epochs and the samples find room beside each other. */
    @Test
    void theStripHasARowASampleAndAColumnAnEpoch() {
        TrainingFilmstrip film =
                watched(TrainingFilmstrip.of(Nd4j.ones(8, 28, 28, 1).mul(0.6), x -> x), 1, 25);
        BufferedImage strip = film.image();
        int grey = 0xff999999;
        int[] columns = IntStream.range(0, strip.getWidth())
                .filter(x -> run(strip, x, grey) == 8)
                .toArray();
        long begins =
                IntStream.of(columns).filter(x -> run(strip, x - 1, grey) != 8).count();
        assertEquals(26, begins, "the samples and 25 epochs");
        assertEquals(26 * 28 * Plot.PIXEL_RATIO, columns.length);
        assertTrue(strip.getWidth() <= 860 * Plot.PIXEL_RATIO, "width " + strip.getWidth());
    }

    /** How many times a column of pixels turns to this colour for the height of an image. */
    private static int run(BufferedImage image, int x, int color) {
        int runs = 0;
        int length = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            length = image.getRGB(x, y) == color ? length + 1 : 0;
            runs += length == 28 * Plot.PIXEL_RATIO ? 1 : 0;
        }
        return runs;
    }

    @Test
    void noiseIsNotShownAsImages() {
        TrainingFilmstrip film = TrainingFilmstrip.of(Nd4j.zeros(2, 100), x -> Nd4j.zeros(2, 5, 6, 3));
        assertTrue(film.original().isEmpty());
        assertTrue(film.image().getWidth() > 0, "before the first epoch");
        int one = watched(film, 1, 1).image().getHeight();
        assertTrue(one > 2 * 5 * 14, "two samples, magnified: " + one);
    }

    @Test
    void aTrainedModelIsAskedAfterEachEpochAndLearnsTheSame() {
        INDArray x = Nd4j.arange(6 * 16).castTo(DataType.FLOAT).div(96).reshape(6, 4, 4, 1);
        Sequential plain = model();
        plain.fit(x, x, FitOption.epochs(3), FitOption.batchSize(2), FitOption.verbose(0));
        Sequential watched = model();
        TrainingFilmstrip film = TrainingFilmstrip.of(x, watched::predict);
        watched.fit(x, x, FitOption.epochs(3), FitOption.batchSize(2), FitOption.verbose(0), FitOption.callbacks(film));
        assertEquals(plain.getWeights(), watched.getWeights());
        assertEquals(List.of(1, 2, 3), epochs(film));
        Sequential two = model();
        two.fit(x, x, FitOption.epochs(2), FitOption.batchSize(2), FitOption.verbose(0));
        assertEquals(two.predict(x), film.frames().get(1).images());
        assertEquals(watched.predict(x), film.frames().get(2).images());
        assertNotSame(film.frames().get(1).images(), film.frames().get(2).images());
    }

    private static Sequential model() {
        RandomSeed.set(7);
        Sequential model = new Sequential(Layers.input(4, 4, 1), Layers.conv2DTranspose(4, 3), Layers.conv2D(1, 3));
        model.compile(CompileOption.optimizer("adam"), CompileOption.loss("mean_squared_error"));
        return model;
    }
}
