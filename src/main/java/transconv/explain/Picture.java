package transconv.explain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A drawn explanation: SVG that needs neither scripts nor a running kernel, on a card of its own ground, so that it
 * reads in light and dark surroundings; at most 900 pixels wide. A notebook shows it by itself.
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

    /**
     * Writes the SVG.
     *
     * @param file the file to be; an older one is replaced
     * @throws IOException if the folder is missing or cannot be written
     */
    public void save(Path file) throws IOException {
        Files.write(file, svg().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return altText;
    }
}
