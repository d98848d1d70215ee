package transconv.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import transconv.training.FakeProgress;
import transconv.training.History;

class HistoryTableTest {

    @Test
    void showsFirstLowestAndLast() {
        History history = FakeProgress.history(0.25, 0.0613, 0.07);
        assertEquals(
                "History of 3 epochs\n  loss: 0.2500 in epoch 1, 0.0700 in epoch 3\n"
                        + "  val_loss: 0.5000 in epoch 1, 0.1400 in epoch 3",
                HistoryTable.text(history));
        assertEquals(List.of("", "epoch 1", "lowest", "epoch 3"), Markup.texts(HistoryTable.html(history), "th"));
        assertEquals(
                List.of("loss", "0.2500", "0.0613", "0.0700", "val_loss", "0.5000", "0.1226", "0.1400"),
                Markup.texts(HistoryTable.html(history), "td"));
    }

    @Test
    void aRunWithoutAFinishedEpochHasNoTable() {
        assertEquals("History of 0 epochs", HistoryTable.text(new History()));
        assertEquals(List.of("History of 0 epochs"), Markup.texts(HistoryTable.html(new History()), "b"));
    }

    @Test
    void namesAreEscaped() {
        History history = new History();
        history.onEpochEnd(new FakeProgress().log("<script>", 1));
        assertEquals("<script>", Markup.texts(HistoryTable.html(history), "td").get(0));
    }
}
