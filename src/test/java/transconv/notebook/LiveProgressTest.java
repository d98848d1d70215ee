package transconv.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.DisplayStream;
import org.junit.jupiter.api.Test;
import transconv.training.FakeProgress;
import transconv.training.TextProgress;

class LiveProgressTest {

    private static final long MILLI = 1_000_000L;

    private final List<String> texts = new ArrayList<>();
    private final List<String> htmls = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();
    private long now = 77 * MILLI;
    private final FakeProgress run = new FakeProgress();
    private final LiveProgress progress = new LiveProgress(
            new ProgressScreen() {
                @Override
                public void show(String html, String text) {
                    htmls.add(html);
                    texts.add(text);
                }

                @Override
                public void finish(String html, String text) {
                    htmls.add(html);
                    ends.add(text);
                }
            },
            () -> now);

    @Test
    void aSecondOfBatchesMakesFiveUpdates() {
        progress.onTrainBegin(run);
        for (int step = 1; step <= 1000; step++) {
            now += MILLI;
            progress.onTrainBatchEnd(run.at(0, step % 48));
        }
        assertEquals(1 + 5, texts.size(), "the first picture and five updates");
    }

    @Test
    void slowBatchesAreEachShown() {
        progress.onTrainBegin(run);
        for (int step = 1; step <= 3; step++) {
            now += 1000 * MILLI;
            progress.onTrainBatchEnd(run.at(0, step));
        }
        assertEquals(4, texts.size());
    }

    @Test
    void saysEpochBatchLossAndTimeLeft() {
        run.epochs = 4;
        run.steps = 10;
        progress.onTrainBegin(run);
        assertEquals("Epoch 1/4 · batch 0/10", texts.get(0));
        now += 60_000 * MILLI;
        progress.onTrainBatchEnd(run.at(1, 10).log("loss", 0.07124));
        // Half of the steps took a minute: another is left.
        assertEquals("Epoch 2/4 · batch 10/10 · loss 0.0712 · 1:00 left", texts.get(1));
        assertEquals("50", Markup.parse(htmls.get(1)).getDocumentElement().getAttribute("aria-valuenow"));
    }

    @Test
    void theValidationLossOfTheLastEpochStays() {
        progress.onTrainBegin(run);
        progress.onEpochEnd(run.at(0, 48).log("loss", 0.5).log("val_loss", 0.25));
        run.logs.clear();
        now += 900 * MILLI;
        progress.onTrainBatchEnd(run.at(1, 1).log("loss", 0.4));
        assertTrue(texts.get(1).contains(" · loss 0.4000 · val_loss 0.2500 · "), texts.get(1));
    }

    @Test
    void aFinishedRunLeavesOneLine() {
        run.epochs = 2;
        progress.onTrainBegin(run);
        progress.onEpochEnd(run.at(0, 48).log("loss", 0.5));
        now += 3_725_000 * MILLI;
        progress.onEpochEnd(run.at(1, 48).log("loss", 0.25));
        progress.onTrainEnd(run);
        assertEquals(List.of("2 epochs in 1:02:05 · loss 0.2500"), ends);
    }

    @Test
    void aStoppedOrInterruptedRunSaysSo() {
        progress.onTrainBegin(run);
        progress.onEpochEnd(run.at(0, 48).log("loss", 0.5));
        now += 31_000 * MILLI;
        progress.onTrainEnd(run);
        assertEquals("Stopped after 1 of 25 epochs, 0:31 · loss 0.5000", ends.get(0));
        run.interrupted = true;
        progress.onTrainEnd(run);
        assertEquals("Interrupted in epoch 2 of 25 after 0:31 · loss 0.5000", ends.get(1));
    }

    @Test
    void everyPictureIsWellFormedAndHasTheClassAndThePagesColours() {
        progress.onTrainBegin(run);
        now += 1000 * MILLI;
        progress.onTrainBatchEnd(run.at(3, 7).log("<b>&$x$", Double.NaN));
        progress.onTrainEnd(run);
        assertEquals(3, htmls.size());
        for (String html : htmls) {
            assertTrue(
                    Markup.parse(html)
                            .getDocumentElement()
                            .getAttribute("class")
                            .startsWith("transconv-progress"),
                    html);
            assertTrue(!html.contains("#") && !html.contains("rgb"), html);
        }
        assertTrue(
                Markup.parse(htmls.get(1)).getDocumentElement().getTextContent().contains("<b>&$x$ NaN"));
        assertEquals(
                "transconv-progress transconv-progress-done",
                Markup.parse(htmls.get(2)).getDocumentElement().getAttribute("class"));
    }

    @Test
    void theEnvironmentChoosesTextOrLive() {
        DisplayStream stream = new DisplayStream();
        assertInstanceOf(LiveProgress.class, LiveProgress.on(stream, null));
        assertInstanceOf(LiveProgress.class, LiveProgress.on(stream, ""));
        assertInstanceOf(LiveProgress.class, LiveProgress.on(stream, "live"));
        assertInstanceOf(TextProgress.class, LiveProgress.on(stream, "text"));
        assertEquals(
                "TRANSCONV_PROGRESS=loud: the environment variable must be 'live' or 'text'; unset it for 'live'",
                assertThrows(IllegalArgumentException.class, () -> LiveProgress.on(stream, "loud"))
                        .getMessage());
    }
}
