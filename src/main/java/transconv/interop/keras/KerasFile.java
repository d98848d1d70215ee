package transconv.interop.keras;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.models.CompileOption;
import transconv.models.Model;
import transconv.models.file.ModelFileException;

/**
 * Keras' own files: {@code .keras} archives of Keras 3, whole models in {@code .h5}, weights alone in {@code
 * .weights.h5}. Models come out with the same numbers on the other side, and training goes on where it stood. Nothing
 * in a file is ever executed: lambdas, custom and unknown layers are refused by name. Nested models are read and
 * written without what they were compiled with. Source: Keras 3, {@code keras.saving}.
 *
 * <pre>{@code
 * Path file = java.nio.file.Files.createTempFile("dense", ".keras");
 * KerasFile.save(new Sequential(Layers.input(3), Layers.dense(2)), file);
 * System.out.println(KerasFile.load(file).parameterCount()); // 8
 * }</pre>
 */
public final class KerasFile {

    /** What is done with an open file. */
    @FunctionalInterface
    private interface Reading<T> {

        T of(KerasReader reader) throws IOException;
    }

    private KerasFile() {}

    /**
     * A model from a {@code .keras} or {@code .h5} file, compiled as it was, with the optimizer's state.
     *
     * @param instead what to compile with instead of what was saved, such as a loss of your own
     * @throws ModelFileException   if it is no such file, cut off, damaged, or has what is not supported here; the
     *     message names the file, the place and the way out
     * @throws UncheckedIOException if there is no such file, or it cannot be opened
     */
    public static Model load(Path file, CompileOption... instead) {
        return read(file, reader -> reader.model(instead));
    }

    /** As above, but not compiled: to predict, or to be compiled anew. */
    public static Model loadUncompiled(Path file) {
        return read(file, reader -> reader.model((CompileOption[]) null));
    }

    /**
     * Takes over the weights of a {@code .weights.h5}, {@code .keras} or {@code .h5} file; the optimizer keeps its
     * state. Weights are told by the layers' order and kinds, as in Keras, not by names.
     *
     * @throws ModelFileException   if it is no such file, cut off or damaged, or has not this model's weights; then
     *     nothing is changed
     * @throws UncheckedIOException if there is no such file, or it cannot be opened
     */
    public static void loadWeights(Model model, Path file) {
        List<INDArray> weights = read(file, reader -> reader.weights(model));
        model.setWeights(weights);
        weights.forEach(INDArray::close);
    }

    private static <T> T read(Path file, Reading<T> reading) {
        try (FileChannel channel = open(file)) {
            return reading.of(new KerasReader(FileRegion.of(channel)));
        } catch (UncheckedIOException cannotOpen) {
            throw cannotOpen;
        } catch (IOException | RuntimeException refused) {
            String message = refused.getMessage() == null ? refused.toString() : refused.getMessage();
            throw new ModelFileException(file, message, refused);
        } catch (StackOverflowError tooDeep) {
            throw new ModelFileException(file, "its layers are too many one after another, or too deeply nested");
        } catch (OutOfMemoryError tooLarge) {
            throw new ModelFileException(
                    file, "it needs more memory than there is (%s)".formatted(tooLarge.getMessage()), tooLarge);
        }
    }

    private static FileChannel open(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new NoSuchFileException(file.toString());
            }
            return FileChannel.open(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "%s: there is no such file, or it cannot be opened (%s); check the path".formatted(file, failure),
                    failure);
        }
    }

    /**
     * Writes a {@code .keras} file that Keras 3 opens: layers, weights, what {@code compile} was told, the optimizer's
     * state. An earlier file of that name stays whole until the new one is on disk.
     *
     * @param file named {@code NAME.keras}
     * @throws IllegalArgumentException if the name is another, or the model has what Keras has not: layers and settings
     *     of our own, or losses and metrics of yours
     * @throws UncheckedIOException     if it cannot be written
     */
    public static void save(Model model, Path file) {
        requireName(file, ".keras");
        write(file, () -> KerasWriter.model(model, file));
    }

    /**
     * Writes the weights and the optimizer's state alone, for Keras' {@code load_weights}, with the same care.
     *
     * @param file named {@code NAME.weights.h5}
     */
    public static void saveWeights(Model model, Path file) {
        requireName(file, ".weights.h5");
        write(file, () -> KerasWriter.weights(model, file));
    }

    /** What writes a file. */
    @FunctionalInterface
    private interface Writing {

        void run() throws IOException;
    }

    private static void write(Path file, Writing writing) {
        try {
            writing.run();
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "%s: cannot be written (%s); an earlier file of that name is as it was".formatted(file, failure),
                    failure);
        }
    }

    private static void requireName(Path file, String ending) {
        if (!String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(ending)) {
            throw new IllegalArgumentException(
                    "%s: Keras opens it under no other name than NAME%s; rename it".formatted(file, ending));
        }
    }
}
