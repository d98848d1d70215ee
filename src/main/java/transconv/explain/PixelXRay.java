package transconv.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import transconv.explain.Grid.Look;
import transconv.explain.Operation.Product;

/**
 * One value of a convolution or transposed convolution seen through: which inputs and kernel taps made an output value,
 * with the sum written out; or to which outputs an input value goes, and through which taps. Setters give a changed
 * copy. Source: Dumoulin and Visin (2016), chapter 4.
 *
 * <pre>{@code
 * PixelXRay xray = PixelXRay.transposedConvolution(new double[][] {{0, 1}, {2, 3}}, new double[][] {{4, 1}, {2, 3}});
 * System.out.println(xray.sumOfOutput(1, 1)); // output[1, 1] = 0·3 + 1·2 + 2·1 + 3·4 = 16
 * }</pre>
 */
public final class PixelXRay extends ConvolutionExplanation<PixelXRay> {

    private static final double MOST = Svg.WIDEST - 2 * Svg.MARGIN;

    private PixelXRay(Arguments arguments) {
        super(arguments);
    }

    /** Of a line. */
    public static PixelXRay transposedConvolution(double[] input, double[] kernel) {
        return new PixelXRay(Arguments.of(true, Values.of("input", input), Values.of("kernel", kernel)));
    }

    /** Of (height, width). */
    public static PixelXRay transposedConvolution(double[][] input, double[][] kernel) {
        return new PixelXRay(Arguments.of(true, Values.of("input", input), Values.of("kernel", kernel)));
    }

    /** Of (depth, height, width). */
    public static PixelXRay transposedConvolution(double[][][] input, double[][][] kernel) {
        return new PixelXRay(Arguments.of(true, Values.of("input", input), Values.of("kernel", kernel)));
    }

    /** Of a line. */
    public static PixelXRay convolution(double[] input, double[] kernel) {
        return new PixelXRay(Arguments.of(false, Values.of("input", input), Values.of("kernel", kernel)));
    }

    /** Of (height, width). */
    public static PixelXRay convolution(double[][] input, double[][] kernel) {
        return new PixelXRay(Arguments.of(false, Values.of("input", input), Values.of("kernel", kernel)));
    }

    /** Of (depth, height, width). */
    public static PixelXRay convolution(double[][][] input, double[][][] kernel) {
        return new PixelXRay(Arguments.of(false, Values.of("input", input), Values.of("kernel", kernel)));
    }

    @Override
    PixelXRay with(Arguments changed) {
        return new PixelXRay(changed);
    }

    /**
     * The sum that makes an output value, written out.
     *
     * @param position one number an axis, from 0
     * @throws IllegalArgumentException if there is no such output
     */
    public String sumOfOutput(int... position) {
        int at = output(position);
        List<Product> terms = termsOfOutput(at);
        return terms.isEmpty()
                ? "output%s = 0: no input reaches it".formatted(Arrays.toString(position))
                : Sums.ofOutput(operation(), terms, operation().output()[at]);
    }

    /**
     * What an input value adds to the outputs that it reaches, one a line.
     *
     * @param position one number an axis, from 0
     * @throws IllegalArgumentException if there is no such input
     */
    public List<String> usesOfInput(int... position) {
        return termsOfInput(input(position)).stream().map(this::use).toList();
    }

    private String use(Product product) {
        return "output%s gets %s·%s = %s"
                .formatted(
                        Places.text(
                                Places.at(product.output(), operation().outputSizes()),
                                operation().rank()),
                        NumberFormat.factor(operation().input()[product.input()]),
                        NumberFormat.factor(operation().kernel()[product.tap()]),
                        NumberFormat.of(value(product)));
    }

    private double value(Product product) {
        return operation().input()[product.input()] * operation().kernel()[product.tap()];
    }

    private int output(int[] position) {
        int[] sizes = operation().outputSizes();
        return Places.flat(Places.checked("output", position, operation().rank(), sizes), sizes);
    }

    private int input(int[] position) {
        int[] sizes = operation().inputSizes();
        return Places.flat(Places.checked("input", position, operation().rank(), sizes), sizes);
    }

    private List<Product> termsOfOutput(int at) {
        return operation().products().stream()
                .filter(product -> product.output() == at)
                .toList();
    }

    private List<Product> termsOfInput(int at) {
        return operation().products().stream()
                .filter(product -> product.input() == at)
                .toList();
    }

    /**
     * Draws which inputs and which taps make an output value; what is multiplied has one colour and one letter.
     *
     * @param position one number an axis, from 0
     * @throws IllegalArgumentException if there is no such output
     */
    public Picture ofOutput(int... position) {
        int at = output(position);
        Grid result = grid("output", operation().outputSizes(), operation().output());
        result.look(at, Look.RESULT);
        Grid input = grid("input", operation().inputSizes(), operation().input());
        Grid kernel = grid("kernel", operation().kernelSizes(), operation().kernel());
        List<Product> terms = termsOfOutput(at);
        for (int i = 0; i < terms.size(); i++) {
            input.tag(terms.get(i).input(), letter(i), Colors.tint(i));
            kernel.tag(terms.get(i).tap(), letter(i), Colors.tint(i));
        }
        String sum = sumOfOutput(position);
        return picture(
                "How output%s is made".formatted(Arrays.toString(position)),
                List.of(input.draw(), Drawing.joined("·", kernel.draw()), Drawing.joined("→", result.draw())),
                List.of(sum));
    }

    /**
     * Draws to which outputs an input value goes, and through which taps: what it adds stands in the output's cells.
     *
     * @param position one number an axis, from 0
     * @throws IllegalArgumentException if there is no such input
     */
    public Picture ofInput(int... position) {
        int at = input(position);
        Grid input = grid("input", operation().inputSizes(), operation().input());
        input.look(at, Look.SOURCE);
        Grid kernel = grid("kernel", operation().kernelSizes(), operation().kernel());
        Grid result = new Grid(
                "its part of the output", operation().rank(), operation().outputSizes());
        List<Product> terms = termsOfInput(at);
        for (int i = 0; i < terms.size(); i++) {
            kernel.tag(terms.get(i).tap(), letter(i), Colors.tint(i));
            result.cell(terms.get(i).output(), NumberFormat.of(value(terms.get(i))), Look.PLAIN);
            result.tag(terms.get(i).output(), letter(i), Colors.tint(i));
        }
        List<String> uses = new ArrayList<>(usesOfInput(position));
        if (uses.isEmpty()) {
            uses.add("no output uses it");
        }
        return picture(
                "Where input%s = %s goes"
                        .formatted(
                                Arrays.toString(position),
                                NumberFormat.of(operation().input()[at])),
                List.of(input.draw(), Drawing.joined("×", kernel.draw()), Drawing.joined("→", result.draw())),
                uses);
    }

    private Grid grid(String title, int[] sizes, double[] values) {
        return Grid.of(title, operation().rank(), sizes, values, Look.PLAIN);
    }

    private static String letter(int number) {
        return number < 26 ? String.valueOf((char) ('a' + number)) : Integer.toString(number + 1);
    }

    private Picture picture(String heading, List<Drawing> grids, List<String> lines) {
        Drawing flow = Drawing.flow(grids, 10, MOST);
        double width = Math.min(MOST, Math.max(480, flow.width()));
        Drawing whole = Drawing.paragraph(heading, Drawing.TITLE, width);
        whole.place(Drawing.paragraph(operation().sentence(), Drawing.NOTE, width), 0, whole.height());
        whole.place(flow, 0, whole.height() + 8);
        List<Drawing> words = lines.stream()
                .map(line -> Drawing.paragraph(line, Drawing.FORMULA, width))
                .toList();
        double widest = words.stream().mapToDouble(Drawing::width).max().orElse(0);
        words.forEach(word -> word.reach(widest, 0));
        whole.place(Drawing.flow(words, 8, width), 0, whole.height() + 6);
        return Picture.still(
                whole, heading, "%s. %s: %s".formatted(operation().sentence(), heading, String.join("; ", lines)));
    }
}
