package transconv.plots;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.training.Callback;
import transconv.training.TrainingProgress;

/**
 * What a model makes of the same few samples after each epoch: a callback that keeps small pictures, and the strip of
 * them, a row a sample and a column an epoch, the loss below. A notebook shows it with the epochs to move through.
 *
 * <pre>{@code
 * TrainingFilmstrip film = TrainingFilmstrip.of(Nd4j.zeros(2, 28, 28, 1), x -> x.add(1)).labels("7", "2");
 * System.out.println(film.altText()); // Training, epoch by epoch: 2 samples; no epoch yet
 * // model.fit(digits, digits, epochs(25), callbacks(film));
 * }</pre>
 *
 * <p>Predictions are images {@code [samples, height, width, channels]} with 1 channel (grey: 0 black, 1 white) or 3,
 * values in [0, 1]; values outside are clipped, NaN is drawn orange, a line under the strip counts both. Samples that
 * are images too are the strip's first column; others, such as a generator's noise, are not shown.
 *
 * <p>Memory: float copies of at most {@link #atMost} epochs, 25 unless told. When a longer run has filled them, every
 * second one is dropped, and from then on only every second epoch stays; the first and the latest are always there. A
 * run that starts again replaces what an earlier one left, one that goes on goes on.
 */
public final class TrainingFilmstrip implements Callback, Plot {

    private static final String NAME = "TrainingFilmstrip";
    private static final long MOST_VALUES = 1 << 18;

    private final INDArray samples;
    private final UnaryOperator<INDArray> predict;
    private final List<Frame> frames = new ArrayList<>();
    private List<String> labels = List.of();
    private String title = "Training, epoch by epoch";
    private int atMost = 25;
    private int every = 1;

    /**
     * The predictions after one epoch.
     *
     * @param epoch  counted from 1; 0 for the samples themselves
     * @param logs   {@code loss} and the like at that epoch's end, in their order; unmodifiable
     * @param images {@code [samples, height, width, 1 or 3]}, floats of the frame's own
     */
    public record Frame(int epoch, Map<String, Double> logs, INDArray images) {

        public Frame {
            logs = Collections.unmodifiableMap(new LinkedHashMap<>(logs));
        }

        /** The images side by side as the bytes of a PNG file, one pixel each of theirs; grey ones in 16 levels. */
        public byte[] png() {
            return Png.encode(FilmstripSheet.sideBySide(row()));
        }

        /** How many units of the page {@link #png} is wide when shown large. */
        public int width() {
            return FilmstripSheet.shownWidth(row());
        }

        ImageRow row() {
            return ImageRow.of("", images);
        }
    }

    private TrainingFilmstrip(INDArray samples, UnaryOperator<INDArray> predict) {
        this.samples = samples;
        this.predict = predict;
    }

    /**
     * @param samples what the model is asked each time, {@code [samples, ...]}, at most 262,144 values; copied
     * @param predict the model, {@code model::predict}; its images hold at most as many values
     * @throws IllegalArgumentException if there is no sample, or too many values
     */
    public static TrainingFilmstrip of(INDArray samples, UnaryOperator<INDArray> predict) {
        Objects.requireNonNull(predict, NAME + ": predict is null; give model::predict");
        if (samples == null || samples.rank() < 2 || samples.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: samples=%s must have an axis of samples and others, none empty; give a few test images"
                            .formatted(NAME, samples == null ? null : Arrays.toString(samples.shape())));
        }
        requireFew("samples", samples);
        return new TrainingFilmstrip(copy(samples), predict);
    }

    private static INDArray copy(INDArray array) {
        return array.dup('c').castTo(DataType.FLOAT);
    }

    private static void requireFew(String what, INDArray array) {
        if (array.length() > MOST_VALUES) {
            throw new IllegalArgumentException(
                    "%s: %s of shape %s hold %,d values, at most %,d are kept an epoch; give fewer samples"
                            .formatted(NAME, what, Arrays.toString(array.shape()), array.length(), MOST_VALUES));
        }
    }

    /** A label before each row, from the top; may be fewer than samples. */
    public TrainingFilmstrip labels(String... texts) {
        if (texts.length > samples.size(0)) {
            throw new IllegalArgumentException("%s: %d labels for %d samples; leave out the surplus"
                    .formatted(NAME, texts.length, samples.size(0)));
        }
        labels = List.of(texts);
        return this;
    }

    /** A heading above all. */
    public TrainingFilmstrip title(String text) {
        title = Objects.requireNonNull(text, NAME + ": title is null");
        return this;
    }

    /** How many epochs are kept at most, 2 or more; default 25. */
    public TrainingFilmstrip atMost(int epochs) {
        if (epochs < 2) {
            throw new IllegalArgumentException(
                    "%s: atMost=%d must be at least 2, the first epoch and the latest".formatted(NAME, epochs));
        }
        atMost = epochs;
        thinOut();
        return this;
    }

    /**
     * Asks the model once, so that a run does not fail at its first epoch's end.
     *
     * @throws IllegalArgumentException if predictions are not images, one for each sample
     */
    @Override
    public void onTrainBegin(TrainingProgress progress) {
        predictions();
    }

    @Override
    public void onEpochEnd(TrainingProgress progress) {
        INDArray images = predictions();
        if (images == null) {
            return;
        }
        int epoch = progress.epoch() + 1;
        frames.removeIf(frame -> frame.epoch() >= epoch);
        if (frames.isEmpty()) {
            every = 1;
        }
        frames.add(new Frame(epoch, progress.logs(), images));
        thinOut();
    }

    /** Null if the reader stopped the run. */
    private INDArray predictions() {
        INDArray images;
        try {
            images = predict.apply(samples.dup());
        } catch (IllegalStateException failure) {
            if (Thread.currentThread().isInterrupted()) {
                return null;
            }
            throw failure;
        }
        if (!isImages(images) || images.size(0) != samples.size(0)) {
            throw new IllegalArgumentException(("%s: predictions of shape %s for %d samples must be images"
                            + " [%d, height, width, 1 or 3]; give a predict that ends with them")
                    .formatted(
                            NAME,
                            images == null ? null : Arrays.toString(images.shape()),
                            samples.size(0),
                            samples.size(0)));
        }
        requireFew("predictions", images);
        return copy(images);
    }

    private static boolean isImages(INDArray array) {
        return array != null && array.rank() == 4 && (array.size(3) == 1 || array.size(3) == 3) && !array.isEmpty();
    }

    private void thinOut() {
        // The one that was the latest stays only if it would have stayed anyway.
        for (int i = frames.size() - 2; i >= 1; i--) {
            if (frames.get(i).epoch() % every != 0) {
                frames.remove(i);
            }
        }
        while (frames.size() > atMost) {
            every *= 2;
            for (int i = frames.size() - 2; i >= 1; i--) {
                if (frames.get(i).epoch() % every != 0) {
                    frames.remove(i);
                }
            }
        }
    }

    /** The epochs kept, in their order. */
    public List<Frame> frames() {
        return List.copyOf(frames);
    }

    /** The samples, if they are images. */
    public Optional<Frame> original() {
        return isImages(samples) ? Optional.of(new Frame(0, Map.of(), samples.dup())) : Optional.empty();
    }

    public List<String> labels() {
        return labels;
    }

    public String title() {
        return title;
    }

    /** A loss in four digits after the point where that says enough, else in four significant ones. */
    public static String digits(double value) {
        double size = Math.abs(value);
        return size >= 0.01 && size < 1000 ? String.format(Locale.ROOT, "%.4f", value) : Range.digits(value);
    }

    /** The strip, all epochs at once. */
    @Override
    public BufferedImage image() {
        return new FilmstripSheet(this).image();
    }

    @Override
    public String altText() {
        StringBuilder text = new StringBuilder(title)
                .append(": ")
                .append(samples.size(0))
                .append(samples.size(0) == 1 ? " sample" : " samples")
                .append(frames.isEmpty() ? "; no epoch yet" : "");
        if (!frames.isEmpty()) {
            Frame first = frames.get(0);
            Frame last = frames.get(frames.size() - 1);
            text.append(" after ")
                    .append(frames.size() == 1 ? "epoch " : frames.size() + " epochs, ")
                    .append(first.epoch());
            text.append(frames.size() == 1 ? "" : " to " + last.epoch());
            if (last.logs().containsKey("loss")) {
                text.append("; loss ").append(digits(first.logs().getOrDefault("loss", Double.NaN)));
                text.append(
                        frames.size() == 1 ? "" : " to " + digits(last.logs().get("loss")));
            }
        }
        String note = FilmstripSheet.note(frames);
        return note.isEmpty() ? text.toString() : text.append("; ").append(note).toString();
    }

    @Override
    public String toString() {
        return altText();
    }
}
