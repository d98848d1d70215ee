package transconv.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import transconv.experiments.Experiment;
import transconv.experiments.Grid;
import transconv.experiments.Measures;

class LiveExperimentTest {

    private final List<String> texts = new ArrayList<>();
    private final List<String> htmls = new ArrayList<>();
    private long now;

    @Test
    void runsAreShownAsTheyAreMade() {
        LiveExperiment live = new LiveExperiment(
                new ProgressScreen() {
                    @Override
                    public void show(String html, String text) {
                        htmls.add(html);
                        texts.add(text);
                    }

                    @Override
                    public void finish(String html, String text) {
                        show(html, "finish " + text);
                    }
                },
                () -> now);
        Experiment.of("<kernels>", setting -> {
                    now += 90_000_000_000L;
                    if (setting.text("kernel").equals("2")) {
                        throw new IllegalStateException();
                    }
                    return Measures.of("loss", 1);
                })
                .grid(Grid.of().vary("kernel", "<i>", "2"))
                .listener(live)
                .run();
        assertEquals(
                List.of(
                        "<kernels>: run 0/2",
                        "<kernels>: run 0/2",
                        "<kernels>: run 1/2 · 1:30 left",
                        "<kernels>: run 1/2 · 1:30 left",
                        "<kernels>: run 2/2 · 1 failed",
                        "finish <kernels>: 2 of 2 runs in 3:00 · 1 failed"),
                texts);
        assertTrue(htmls.get(1).contains("kernel=&lt;i&gt;"), htmls.get(1));
        assertTrue(htmls.get(2).contains("width:50%"), htmls.get(2));
        assertFalse(htmls.toString().contains("<i>") || htmls.toString().contains("<kernels>"));
    }
}
