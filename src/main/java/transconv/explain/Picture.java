package transconv.explain;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A drawn explanation: SVG that needs neither scripts nor a running kernel, on a card of its own ground, so that it
 * reads in light and dark surroundings; at most 840 pixels wide. A notebook shows it by itself.
 *
 * <pre>{@code
 * Picture picture = StepByStep.transposedConvolution(new double[][] {{1, 2}}, new double[][] {{3}}).stride(2).filmstrip();
 * System.out.println(picture.altText()); // Transposed convolution of a 1 × 2 input with a 1 × 1 kernel, stride 2, gives 1 × 3, as a sum of 2 stamps. Output: [[3, 0, 6]]
 * }</pre>
 */
public final class Picture {

    private final List<Drawing> frames;
    private final double seconds;
    private final String title;
    private final String altText;

    private Picture(List<Drawing> frames, double seconds, String title, String altText) {
        this.frames = List.copyOf(frames);
        this.seconds = seconds;
        this.title = title;
        this.altText = altText;
    }

    static Picture still(Drawing drawing, String title, String altText) {
        return new Picture(List.of(drawing), 0, title, altText);
    }

    static Picture moving(List<Drawing> frames, double seconds, String title, String altText) {
        return new Picture(frames, seconds, title, altText);
    }

    /** A well-formed SVG document, which also stands in HTML. */
    public String svg() {
        return frames.size() == 1
                ? Svg.of(frames.get(0), title, altText)
                : Svg.animation(frames, seconds, title, altText);
    }

    /** What the picture shows, in words, for those who do not see it. */
    public String altText() {
        return altText;
    }

    /** How many pictures it shows one after another; 1 for a still one. */
    public int frameCount() {
        return frames.size();
    }

    /** The picture as pixels, two for each of the SVG's; a moving one's last frame. */
    public BufferedImage image() {
        return images().get(frames.size() - 1);
    }

    private List<BufferedImage> images() {
        double width = frames.stream().mapToDouble(Drawing::width).max().orElse(0);
        double height = frames.stream().mapToDouble(Drawing::height).max().orElse(0);
        return frames.stream().map(frame -> Raster.of(frame, width, height)).toList();
    }

    /**
     * Writes the picture by the ending of the file's name: {@code .svg}, {@code .png} (of a moving one the last frame)
     * or {@code .gif} (all frames). The file appears whole or not at all.
     *
     * @param file the file to be; an older one is replaced
     * @throws IllegalArgumentException if the ending is another
     * @throws IOException              if the folder is missing or cannot be written; an older file is then unchanged
     */
    public void save(Path file) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        byte[] content;
        if (name.endsWith(".svg")) {
            content = svg().getBytes(StandardCharsets.UTF_8);
        } else if (name.endsWith(".png")) {
            content = Raster.png(image());
        } else if (name.endsWith(".gif")) {
            content = Raster.gif(images(), seconds);
        } else {
            throw new IllegalArgumentException(
                    "Picture: cannot write '%s'; end its name with .svg, .png or .gif".formatted(file));
        }
        Path part = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.write(part, content, StandardOpenOption.CREATE_NEW);
            try {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public String toString() {
        return altText;
    }
}
