package transconv.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A convolution or transposed convolution of one channel drawn step by step, with the user's numbers. A transposed
 * convolution has two views that give the same output: stamps, where each input value times the kernel is laid onto
 * the output and what overlaps adds up; and zero insertion, where zeros are put between and around the inputs and the
 * flipped kernel slides over them. Source: Dumoulin and Visin (2016), chapter 4.
 *
 * <p>Inputs and kernels are a line, (height, width) or (depth, height, width), the last shown by slices. Setters give a
 * changed copy.
 *
 * <pre>{@code
 * StepByStep steps = StepByStep.transposedConvolution(new double[][] {{0, 1}, {2, 3}}, new double[][] {{4, 1}, {2, 3}});
 * Picture film = steps.stride(2).filmstrip();
 * System.out.println(java.util.Arrays.deepToString(steps.output())); // [[0.0, 4.0, 1.0], [8.0, 16.0, 6.0], [4.0, 12.0, 9.0]]
 * }</pre>
 */
public final class StepByStep extends ConvolutionExplanation<StepByStep> {

    /** A filmstrip without a choice of frames shows so many at most. */
    private static final int SHOWN = 16;

    private static final double MOST = Svg.WIDEST - 2 * Svg.MARGIN;

    private final boolean byZeroInsertion;

    private StepByStep(Arguments arguments, boolean byZeroInsertion) {
        super(arguments);
        this.byZeroInsertion = byZeroInsertion;
    }

    /** Of a line. */
    public static StepByStep transposedConvolution(double[] input, double[] kernel) {
        return of(true, Values.of("input", input), Values.of("kernel", kernel));
    }

    /** Of (height, width). */
    public static StepByStep transposedConvolution(double[][] input, double[][] kernel) {
        return of(true, Values.of("input", input), Values.of("kernel", kernel));
    }

    /** Of (depth, height, width). */
    public static StepByStep transposedConvolution(double[][][] input, double[][][] kernel) {
        return of(true, Values.of("input", input), Values.of("kernel", kernel));
    }

    /** Of a line. */
    public static StepByStep convolution(double[] input, double[] kernel) {
        return of(false, Values.of("input", input), Values.of("kernel", kernel));
    }

    /** Of (height, width). */
    public static StepByStep convolution(double[][] input, double[][] kernel) {
        return of(false, Values.of("input", input), Values.of("kernel", kernel));
    }

    /** Of (depth, height, width). */
    public static StepByStep convolution(double[][][] input, double[][][] kernel) {
        return of(false, Values.of("input", input), Values.of("kernel", kernel));
    }

    private static StepByStep of(boolean isTransposed, Values input, Values kernel) {
        return new StepByStep(Arguments.of(isTransposed, input, kernel), false);
    }

    @Override
    StepByStep with(Arguments changed) {
        return new StepByStep(changed, byZeroInsertion);
    }

    /** A step for each input value, whose stamp is added: how a transposed convolution is shown unless told else. */
    public StepByStep byStamps() {
        return view(false);
    }

    /** A step for each output value, over which the flipped kernel comes to stand in the stretched input. */
    public StepByStep byZeroInsertion() {
        return view(true);
    }

    private StepByStep view(boolean zeros) {
        if (!arguments().isTransposed()) {
            throw new IllegalStateException(
                    "StepByStep: a convolution has one view, its kernel slides; leave byStamps and byZeroInsertion"
                            + " out");
        }
        return new StepByStep(arguments(), zeros);
    }

    private boolean isStamps() {
        return arguments().isTransposed() && !byZeroInsertion;
    }

    private List<Frame> frames() {
        return isStamps() ? new StampFrames(operation()).frames() : new WindowFrames(operation()).frames();
    }

    /** The steps in numbers: one an input value for stamps, else one an output value. */
    public List<Step> steps() {
        return frames().stream().map(Frame::step).toList();
    }

    /** All steps under one another, or side by side where there is room; of many, 16 spread evenly. */
    public Picture filmstrip() {
        int count = frames().size();
        return filmstrip(
                count <= SHOWN
                        ? IntStream.range(0, count).toArray()
                        : IntStream.range(0, SHOWN)
                                .map(i -> Math.round(i * (count - 1f) / (SHOWN - 1)))
                                .toArray());
    }

    /**
     * The chosen steps.
     *
     * @param chosen their numbers, from 0
     * @throws IllegalArgumentException if there is no step of that number
     */
    public Picture filmstrip(int... chosen) {
        List<Frame> frames = frames();
        List<Drawing> drawn = new ArrayList<>();
        for (int number : chosen) {
            if (number < 0 || number >= frames.size()) {
                throw new IllegalArgumentException(
                        "StepByStep: step %d does not exist; there are 0 to %d".formatted(number, frames.size() - 1));
            }
            drawn.add(frames.get(number).draw(MOST));
        }
        Drawing film = headed(Drawing.flow(drawn, 20, MOST));
        String left =
                chosen.length < frames.size() ? ", %d of %d steps shown".formatted(chosen.length, frames.size()) : "";
        return Picture.still(film, title() + left, altText());
    }

    /** The steps one after another in one place, again and again. */
    public Picture animation() {
        return animation(1.5);
    }

    /** @param secondsPerStep how long each step stays, above 0 */
    public Picture animation(double secondsPerStep) {
        if (!(secondsPerStep > 0 && secondsPerStep < 3600)) {
            throw new IllegalArgumentException(
                    "StepByStep: secondsPerStep=%s must be above 0; 1.5 is a good pace".formatted(secondsPerStep));
        }
        List<Drawing> drawn =
                frames().stream().map(frame -> headed(frame.draw(MOST))).toList();
        return Picture.moving(drawn, secondsPerStep, title(), altText());
    }

    /**
     * Every stamp in a grid of its own, as large as the output, with a plus between, and the output that they add up
     * to.
     *
     * @throws IllegalStateException for a convolution, which has no stamps
     */
    public Picture sumOfStamps() {
        if (!arguments().isTransposed()) {
            throw new IllegalStateException("StepByStep: a convolution has no stamps; draw its filmstrip");
        }
        return Picture.still(
                headed(new StampFrames(operation()).sum()),
                operation().sentence(),
                "%s, as a sum of %d stamps. Output: %s"
                        .formatted(operation().sentence(), operation().input().length, values()));
    }

    private Drawing headed(Drawing content) {
        Drawing whole = Drawing.paragraph(operation().sentence(), Drawing.TITLE, Math.max(520, content.width()));
        String legend = legend();
        if (!legend.isEmpty()) {
            whole.place(Drawing.paragraph(legend, Drawing.NOTE, Math.max(520, content.width())), 0, whole.height());
        }
        return whole.place(content, 0, whole.height() + 8);
    }

    private String legend() {
        if (!isStamps()) {
            return arguments().isTransposed()
                    ? "Zeros stand between the inputs (grey) and around them (dashed); the flipped kernel moves by 1."
                    : "";
        }
        return new StampFrames(operation()).cuts() ? "Dashed and struck out: cropped from the output." : "";
    }

    private String title() {
        return operation().sentence() + (byZeroInsertion ? ", by zero insertion" : "");
    }

    private String altText() {
        String steps = isStamps()
                ? "as a sum of %d stamps".formatted(operation().input().length)
                : "in %d positions of the %skernel"
                        .formatted(operation().output().length, arguments().isTransposed() ? "flipped " : "");
        return "%s, %s. Output: %s".formatted(operation().sentence(), steps, values());
    }

    private String values() {
        double[][] output = output();
        if (output.length * output[0].length > 100) {
            return "%d values".formatted(output.length * output[0].length);
        }
        return Arrays.stream(output)
                .map(row ->
                        Arrays.stream(row).mapToObj(NumberFormat::of).toList().toString())
                .toList()
                .toString();
    }
}
