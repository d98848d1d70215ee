package transconv.experiments;

import java.io.PrintStream;

/** One line a run: {@code Run 3/12 - kernel=2, strides=1 - loss: 0.0712}. */
final class TextExperimentProgress implements ExperimentListener {

    private final PrintStream out;
    private int total;

    TextExperimentProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void began(String name, int all, int finished) {
        total = all;
        if (finished > 0) {
            out.println("%s: %d of %d runs were finished before".formatted(name, finished, all));
        }
    }

    @Override
    public void runEnded(Run run) {
        StringBuilder line = new StringBuilder("Run %d/%d - %s".formatted(run.number(), total, run.setting()));
        run.measures()
                .forEach((name, value) ->
                        line.append(" - ").append(name).append(": ").append(Digits.of(value)));
        out.println(run.failed() ? line + " - failed: " + run.failure() : line);
    }
}
