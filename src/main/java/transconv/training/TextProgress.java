package transconv.training;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Prints one line an epoch, as Keras does with {@code verbose=2}:
 * {@code Epoch 3/25 - 12.3s - loss: 0.0712 - val_loss: 0.0699}.
 *
 * <p>Once the training thread is interrupted it prints nothing more: in a notebook the cell that owned the output
 * has ended by then.
 */
public final class TextProgress implements Callback {

    private final PrintStream out;
    private final LongSupplier nanoTime;
    private long epochStart;

    /** @param out where the lines go; it is neither buffered further nor closed */
    public TextProgress(PrintStream out) {
        this(out, System::nanoTime);
    }

    TextProgress(PrintStream out, LongSupplier nanoTime) {
        this.out = Objects.requireNonNull(out, "TextProgress: out is null; give a PrintStream such as System.out");
        this.nanoTime = nanoTime;
    }

    /** A run that goes on within an epoch has no beginning of it. */
    @Override
    public void onTrainBegin(TrainingProgress progress) {
        epochStart = nanoTime.getAsLong();
    }

    @Override
    public void onEpochBegin(TrainingProgress progress) {
        epochStart = nanoTime.getAsLong();
    }

    @Override
    public void onEpochEnd(TrainingProgress progress) {
        if (progress.interrupted()) {
            return;
        }
        double seconds = (nanoTime.getAsLong() - epochStart) / 1e9;
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "Epoch %d/%d - %.1fs", progress.epoch() + 1, progress.epochs(), seconds));
        progress.logs()
                .forEach((name, value) ->
                        line.append(" - ").append(name).append(": ").append(digits(value)));
        out.println(line);
    }

    /** Four decimals, or four significant digits where those would hide the value; as Keras prints its logs. */
    private static String digits(double value) {
        double size = Math.abs(value);
        boolean plain = size == 0 || size >= 1e-3 && size < 1e7 || !Double.isFinite(value);
        return String.format(Locale.ROOT, plain ? "%.4f" : "%.4e", value);
    }
}
