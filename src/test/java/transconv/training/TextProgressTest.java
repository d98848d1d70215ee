package transconv.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TextProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long now;
    private final TextProgress progress =
            new TextProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), () -> now);

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void printsOneLineAnEpochAsKerasDoes() {
        FakeProgress run = new FakeProgress().at(2, 48);
        progress.onTrainBegin(run);
        now = 5_000_000_000L;
        progress.onEpochBegin(run);
        progress.onTrainBatchEnd(run.log("loss", 0.5));
        now += 12_340_000_000L;
        progress.onEpochEnd(run.log("loss", 0.07124).log("val_loss", 0.0699));
        progress.onTrainEnd(run);
        assertEquals("Epoch 3/25 - 12.3s - loss: 0.0712 - val_loss: 0.0699\n", printed());
    }

    @Test
    void keepsTheDigitsOfSmallValuesAndNamesNaN() {
        progress.onEpochEnd(new FakeProgress()
                .log("loss", 0.00012345)
                .log("val_loss", Double.NaN)
                .log("zero", 0));
        assertEquals("Epoch 1/25 - 0.0s - loss: 1.2345e-04 - val_loss: NaN - zero: 0.0000\n", printed());
    }

    @Test
    void printsTheSameWhereTheCommaIsTheDecimalPoint() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            progress.onEpochEnd(new FakeProgress().log("loss", 0.25));
        } finally {
            Locale.setDefault(before);
        }
        assertEquals("Epoch 1/25 - 0.0s - loss: 0.2500\n", printed());
    }

    @Test
    void isSilentOnceInterrupted() {
        FakeProgress run = new FakeProgress().log("loss", 0.25);
        run.interrupted = true;
        progress.onEpochEnd(run);
        progress.onTrainEnd(run);
        assertEquals("", printed());
    }

    @Test
    void refusesNoStream() {
        assertThrows(NullPointerException.class, () -> new TextProgress(null));
    }
}
