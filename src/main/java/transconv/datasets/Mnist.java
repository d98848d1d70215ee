package transconv.datasets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The MNIST database of handwritten digits: 60,000 training and 10,000 test images of 28 x 28 pixels, in their
 * original order.
 *
 * <p>The files are looked for in the folder {@code TRANSCONV_DATA} (environment variable or system property), then in
 * the cache ({@code data/mnist} of the checkout that {@code TRANSCONV_HOME} names, else the user's cache folder), then
 * at the public mirrors; whatever the way, the SHA-256 of their content is checked before use. Where all that fails,
 * digits are generated, a notice says so, and {@link #generated} and {@link #source} tell.
 *
 * <pre>{@code
 * Mnist mnist = Mnist.load();
 * INDArray x = mnist.trainImages();   // [60000 images, 28 height, 28 width, 1 channel]
 * }</pre>
 *
 * @param trainImages FLOAT [images, 28 height, 28 width, 1 channel] in [0, 1]: the byte / 255, as in Keras' tutorials;
 *                    0 is background
 * @param trainLabels INT [images]: the digit, 0 to 9
 * @param testImages  as {@code trainImages}
 * @param testLabels  as {@code trainLabels}
 * @param source      where the digits came from, for people to read
 * @param generated   true if the digits are drawn by {@link GeneratedDigits} and are not MNIST
 */
public record Mnist(
        INDArray trainImages,
        INDArray trainLabels,
        INDArray testImages,
        INDArray testLabels,
        String source,
        boolean generated) {

    /** The files, as published, in the order of this record's arrays. */
    static final List<KnownFile> FILES = List.of(
            new KnownFile(
                    "train-images-idx3-ubyte",
                    47_040_016L,
                    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
            new KnownFile(
                    "train-labels-idx1-ubyte",
                    60_008L,
                    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
            new KnownFile(
                    "t10k-images-idx3-ubyte",
                    7_840_016L,
                    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
            new KnownFile(
                    "t10k-labels-idx1-ubyte",
                    10_008L,
                    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));

    private static final List<URI> MIRRORS = List.of(
            URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"),
            URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"));
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final double WHITE = 255;
    private static final int SIDE = 28;
    private static final long GENERATED_SEED = 20_131_221;

    private static volatile DownloadListener listener = DownloadListener.text(System.err);

    /** Has downloads and notices shown by another listener than the text on {@code System.err}. */
    public static void onDownload(DownloadListener shown) {
        listener = Objects.requireNonNull(
                shown, "Mnist.onDownload: the listener is null; give DownloadListener.text(System.err)");
    }

    /**
     * Loads the whole set; in all about 220 MB outside the Java heap.
     *
     * @throws UncheckedIOException if {@code TRANSCONV_DATA} is set and is not a folder, or a file in it is missing,
     *                              not IDX or not MNIST's; or if the thread was interrupted while downloading
     */
    public static Mnist load() {
        try {
            DataFolders folders = DataFolders.ofThisProcess();
            Download download = new Download(MIRRORS, PATIENCE, listener);
            return load(
                    new FileChain(folders.own(), folders.cache("mnist"), "mnist", FILES, download, listener),
                    FILES,
                    new int[] {60_000, 10_000},
                    listener);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed.getMessage(), failed);
        }
    }

    /** @param generatedSizes how many training and test digits to generate where the files are nowhere */
    static Mnist load(FileChain chain, List<KnownFile> files, int[] generatedSizes, DownloadListener shown)
            throws IOException {
        INDArray[] arrays = new INDArray[files.size()];
        try {
            // The small files first: where something is missing, that is known before 188 MB are filled.
            for (int f : new int[] {3, 1, 2, 0}) {
                boolean labels = f % 2 == 1;
                INDArray array = chain.read(files.get(f), labels ? DataType.INT : DataType.FLOAT, labels ? 1 : WHITE);
                arrays[f] = labels ? array : array.reshape(array.size(0), SIDE, SIDE, 1);
            }
        } catch (UnavailableException nowhere) {
            for (INDArray array : arrays) {
                if (array != null) {
                    array.close();
                }
            }
            String source = "generated digits, NOT the real MNIST";
            shown.onNotice("NOTICE: using %s; for the real ones go online once, or set TRANSCONV_DATA to a folder that "
                            .formatted(source)
                    + "holds mnist/. Why: " + nowhere.getMessage());
            return generate(generatedSizes[0], generatedSizes[1], source);
        }
        return new Mnist(arrays[0], arrays[1], arrays[2], arrays[3], "MNIST from " + chain.origin(), false);
    }

    private static Mnist generate(int train, int test, String source) {
        INDArray[] first = generate(0, train);
        INDArray[] second = generate(train, test);
        return new Mnist(first[0], first[1], second[0], second[1], source, true);
    }

    private static INDArray[] generate(int from, int count) {
        GeneratedDigits digits = new GeneratedDigits(GENERATED_SEED);
        INDArray images = Nd4j.createUninitialized(DataType.FLOAT, count, SIDE, SIDE, 1);
        INDArray labels = Nd4j.createUninitialized(DataType.INT, count);
        IdxElements pixels = new IdxElements("generated digits", IdxFile.ElementType.UBYTE, DataType.FLOAT, WHITE);
        IdxElements classes = new IdxElements("generated digits", IdxFile.ElementType.UBYTE, DataType.INT, 1);
        ByteBuffer label = ByteBuffer.allocate(count);
        for (int i = 0; i < count; i++) {
            pixels.put(digits.image(from + i), SIDE * SIDE, images, (long) i * SIDE * SIDE);
            label.put((byte) digits.label(from + i));
        }
        classes.put(label.array(), count, labels, 0);
        return new INDArray[] {images, labels};
    }

    /**
     * A copy of the first {@code n} training and the first {@code n} test digits (all 10,000 test digits where n is
     * larger), so that the memory of the whole set can go.
     *
     * @throws IllegalArgumentException if n is below 1 or above the number of training digits
     */
    public Mnist take(int n) {
        if (n < 1 || n > trainLabels.length()) {
            throw new IllegalArgumentException("Mnist.take(%d): n must be 1 to %d; give a number in that range"
                    .formatted(n, trainLabels.length()));
        }
        long test = Math.min(n, testLabels.length());
        return new Mnist(
                first(trainImages, n),
                first(trainLabels, n),
                first(testImages, test),
                first(testLabels, test),
                source,
                generated);
    }

    private static INDArray first(INDArray array, long n) {
        return n == array.size(0)
                ? array
                : array.get(NDArrayIndex.interval(0, n)).dup('c');
    }

    @Override
    public String toString() {
        return "Mnist: %d training and %d test digits; %s".formatted(trainLabels.length(), testLabels.length(), source);
    }
}
