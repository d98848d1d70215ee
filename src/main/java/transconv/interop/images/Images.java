package transconv.interop.images;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.interop.arrays.ArrayFileException;
import transconv.interop.arrays.ArrayFiles;

/**
 * PNG and JPEG files as arrays of values in [0, 1], and back.
 *
 * <p>Read are images of 1 to 16 bits a channel, grey, coloured, with a palette, interlaced; 16 bits keep their
 * precision. Transparency is dropped, and colour profiles, gamma and a camera's orientation are not applied, as Keras'
 * loader does it. JPEG files of four inks (CMYK) are refused. What the header says is checked before pixels are
 * unpacked: at most 2<sup>26</sup> of them, and no more than the file's bytes can hold. Where a file is cut off or
 * damaged, nothing is read.
 *
 * <pre>{@code
 * Path file = java.nio.file.Files.createTempFile("image", ".png");
 * Images.write(Nd4j.createFromArray(new float[][] {{0, 0.2f}, {0.6f, 1}}), file);
 * System.out.println(Shape.of(Images.read(file, ImageColors.GRAY).shape())); // (2, 2, 1)
 * }</pre>
 */
public final class Images {

    private static final String FORMAT = "PNG or JPEG";

    private Images() {}

    /**
     * An image, (height, width, channels), of type FLOAT in [0, 1].
     *
     * @throws ArrayFileException   if the file is none, or damaged
     * @throws UncheckedIOException if there is no such file
     */
    public static INDArray read(Path file, ImageColors colors) {
        INDArray images = readAll(List.of(file), colors);
        return images.reshape(images.size(1), images.size(2), images.size(3));
    }

    /**
     * Images of one size, (images, height, width, channels), of type FLOAT in [0, 1].
     *
     * @throws ArrayFileException       if a file is none, is damaged, or has another size than the first
     * @throws UncheckedIOException     if there is no such file
     * @throws IllegalArgumentException if there are no files, or more pixels than an array can have
     */
    public static INDArray readAll(List<Path> files, ImageColors colors) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("there are no image files to be read; give one at least");
        }
        INDArray images = null;
        FloatBuffer out = null;
        try {
            for (Path file : files) {
                INDArray array = images;
                FloatBuffer buffer = out;
                images = ArrayFiles.read(file, FORMAT, () -> append(files, file, colors, array, buffer));
                out = out == null ? images.data().asNioFloat().position((int) (images.length() / files.size())) : out;
            }
        } catch (RuntimeException failed) {
            if (images != null) {
                images.close();
            }
            throw failed;
        }
        return images;
    }

    private static INDArray append(List<Path> files, Path file, ImageColors colors, INDArray images, FloatBuffer out)
            throws IOException {
        try (ImageFile image = ImageFile.open(file)) {
            if (images != null) {
                if (image.height() != images.size(1) || image.width() != images.size(2)) {
                    throw new ArrayFileException(
                            file,
                            "it has %d x %d pixels (height x width), %s has %d x %d; all must have one size"
                                    .formatted(
                                            image.height(),
                                            image.width(),
                                            files.get(0),
                                            images.size(1),
                                            images.size(2)));
                }
                image.read(colors, out);
                return images;
            }
            long values = (long) image.height() * image.width() * colors.channels();
            if (values * files.size() > Integer.MAX_VALUE / Float.BYTES) {
                throw new ArrayFileException(
                        file,
                        "%d images of %d x %d pixels take more than 2 GB; read fewer at once"
                                .formatted(files.size(), image.height(), image.width()));
            }
            INDArray made = Nd4j.createUninitialized(
                    DataType.FLOAT, files.size(), image.height(), image.width(), colors.channels());
            try {
                image.read(colors, made.data().asNioFloat());
            } catch (IOException | RuntimeException failed) {
                made.close();
                throw failed;
            }
            return made;
        }
    }

    /**
     * Images of one size with their classes: each folder in {@code root} is a class, and each PNG or JPEG file in it an
     * image, by the endings png, jpg and jpeg; both in alphabetical order. Other files, and what begins with a point,
     * are left aside.
     *
     * @throws ArrayFileException       as in {@link #readAll}
     * @throws UncheckedIOException     if there is no such folder
     * @throws IllegalArgumentException if there are no images
     */
    public static LabelledImages readFolders(Path root, ImageColors colors) {
        List<Path> files = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        List<Path> folders = list(root, Files::isDirectory);
        for (int label = 0; label < folders.size(); label++) {
            for (Path file : list(folders.get(label), Images::isImage)) {
                files.add(file);
                labels.add(label);
            }
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: none of its %d folders has images; they must be in %s/CLASS/NAME.png, .jpg or .jpeg"
                            .formatted(root, folders.size(), root));
        }
        return new LabelledImages(
                readAll(files, colors),
                Nd4j.createFromArray(labels.stream().mapToInt(label -> label).toArray()),
                folders.stream().map(folder -> folder.getFileName().toString()).toList(),
                List.copyOf(files));
    }

    private static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Files.isRegularFile(file) && Stream.of(".png", ".jpg", ".jpeg").anyMatch(name::endsWith);
    }

    private static List<Path> list(Path folder, Predicate<Path> kept) {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(path -> !path.getFileName().toString().startsWith("."))
                    .filter(kept)
                    .sorted((one, other) -> one.getFileName()
                            .toString()
                            .compareTo(other.getFileName().toString()))
                    .toList();
        } catch (NoSuchFileException missing) {
            throw new UncheckedIOException("%s: there is no such folder; check the path".formatted(folder), missing);
        } catch (IOException failed) {
            throw new UncheckedIOException("%s: the folder cannot be read (%s)".formatted(folder, failed), failed);
        }
    }

    /**
     * Writes an image of 8 bits a channel; its name ends in png, jpg or jpeg (at quality 0.95). An earlier file of that
     * name stays until the new one is on disk.
     *
     * @param image (height, width), (height, width, 1) or (height, width, 3), in [0, 1]; rounded to 1/255
     * @throws IllegalArgumentException if shape, a value or the file's ending is none of these
     * @throws UncheckedIOException     if the file cannot be written
     */
    public static void write(INDArray image, Path file) {
        BufferedImage pixels = ImagePixels.of(image, file);
        ArrayFiles.write(file, out -> out.write(ImagePixels.encoded(pixels, file)));
    }

    /**
     * Writes images as {@link #readFolders} reads them, into {@code root/CLASS/00000.png} and so on; each number is the
     * image's place among all.
     *
     * @param images     (images, height, width, channels) in [0, 1], with 1 or 3 channels
     * @param labels     (images) places of the classes among the names
     * @param classNames names of folders
     * @throws IllegalArgumentException if shapes or values do not fit, or a class cannot be a folder's name
     * @throws UncheckedIOException     if a file cannot be written
     */
    public static void writeFolders(INDArray images, INDArray labels, List<String> classNames, Path root) {
        int[] places = labels.castTo(DataType.INT).dup('c').data().asInt();
        if (images.rank() != 4 || labels.length() != images.size(0)) {
            throw new IllegalArgumentException(
                    "images %s, labels %s; they must be (images, height, width, channels) and (images)"
                            .formatted(Arrays.toString(images.shape()), Arrays.toString(labels.shape())));
        }
        for (String name : classNames) {
            if (!name.matches("[^./\\\\\\p{Cntrl}][^/\\\\\\p{Cntrl}]*")) {
                throw new IllegalArgumentException(
                        "class '%s' cannot be a folder's name; it must not begin with a point or have slashes"
                                .formatted(name));
            }
        }
        for (int i = 0; i < places.length; i++) {
            if (places[i] < 0 || places[i] >= classNames.size()) {
                throw new IllegalArgumentException(
                        "label %d of image %d has no name; there are %d".formatted(places[i], i, classNames.size()));
            }
        }
        try {
            for (String name : classNames) {
                Files.createDirectories(root.resolve(name));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("%s: no folder can be made there (%s)".formatted(root, failed), failed);
        }
        INDArray all = images.dup('c');
        for (int i = 0; i < places.length; i++) {
            write(all.slice(i), root.resolve(classNames.get(places[i])).resolve("%05d.png".formatted(i)));
        }
    }
}
