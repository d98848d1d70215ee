package transconv.explain;

import java.util.Arrays;
import java.util.List;
import transconv.explain.Drawing.Paint;
import transconv.explain.Drawing.Type;
import transconv.explain.Grid.Look;
import transconv.explain.Operation.Product;

/**
 * A convolution or transposed convolution as the sparse matrix that it is: a row an output, a column an input, each
 * tap of the kernel in its own colour. The matrix of a transposed convolution is the transpose of the matrix of the
 * convolution with the same arguments. Setters give a changed copy. Source: Dumoulin and Visin (2016), section 4.1.
 *
 * <pre>{@code
 * OperationMatrix matrix = OperationMatrix.transposedConvolution(new double[] {1, 2}, new double[] {3, 4}).stride(2);
 * System.out.println(java.util.Arrays.deepToString(matrix.values())); // [[3.0, 0.0], [4.0, 0.0], [0.0, 3.0], [0.0, 4.0]]
 * }</pre>
 */
public final class OperationMatrix extends ConvolutionExplanation<OperationMatrix> {

    private static final int MOST = 256;
    private static final double ROOM = 640;
    private static final double TALLEST = 720;
    private static final double NUMBERED = 20;
    private static final Paint GROUND = new Paint("#f1f2f3", Colors.EDGE, 1, false);
    private static final Type INDEX = new Type(Colors.MUTED, 10, "end", false, false);

    private final boolean isTurned;

    private OperationMatrix(Arguments arguments, boolean isTurned) {
        super(arguments);
        this.isTurned = isTurned;
    }

    /** Of a line; only its length matters. */
    public static OperationMatrix transposedConvolution(double[] input, double[] kernel) {
        return of(true, Values.of("input", input), Values.of("kernel", kernel));
    }

    /** Of (height, width); only the size of the input matters. */
    public static OperationMatrix transposedConvolution(double[][] input, double[][] kernel) {
        return of(true, Values.of("input", input), Values.of("kernel", kernel));
    }

    /** Of (depth, height, width); only the size of the input matters. */
    public static OperationMatrix transposedConvolution(double[][][] input, double[][][] kernel) {
        return of(true, Values.of("input", input), Values.of("kernel", kernel));
    }

    /** Of a line; only its length matters. */
    public static OperationMatrix convolution(double[] input, double[] kernel) {
        return of(false, Values.of("input", input), Values.of("kernel", kernel));
    }

    /** Of (height, width); only the size of the input matters. */
    public static OperationMatrix convolution(double[][] input, double[][] kernel) {
        return of(false, Values.of("input", input), Values.of("kernel", kernel));
    }

    /** Of (depth, height, width); only the size of the input matters. */
    public static OperationMatrix convolution(double[][][] input, double[][][] kernel) {
        return of(false, Values.of("input", input), Values.of("kernel", kernel));
    }

    private static OperationMatrix of(boolean isTransposed, Values input, Values kernel) {
        return new OperationMatrix(Arguments.of(isTransposed, input, kernel), false);
    }

    @Override
    OperationMatrix with(Arguments changed) {
        return new OperationMatrix(changed, isTurned);
    }

    /** The transpose of this matrix: of a convolution, the matrix of the transposed convolution, and back. */
    public OperationMatrix transpose() {
        return new OperationMatrix(arguments(), !isTurned);
    }

    /**
     * The matrix: (outputs, inputs), each counted row by row; of the transpose the other way round.
     *
     * @throws IllegalArgumentException if it has more than 256 rows or columns
     */
    public double[][] values() {
        Operation operation = small();
        int inputs = operation.input().length;
        double[][] columns = new double[inputs][];
        for (int column = 0; column < inputs; column++) {
            double[] unit = new double[inputs];
            unit[column] = 1;
            columns[column] = operation.output(unit);
        }
        return isTurned ? columns : transposed(columns);
    }

    private static double[][] transposed(double[][] matrix) {
        double[][] turned = new double[matrix[0].length][matrix.length];
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < matrix[row].length; column++) {
                turned[column][row] = matrix[row][column];
            }
        }
        return turned;
    }

    private Operation small() {
        Operation operation = operation();
        int outputs = Places.count(operation.outputSizes());
        int inputs = operation.input().length;
        if (outputs > MOST || inputs > MOST) {
            throw new IllegalArgumentException(
                    "OperationMatrix: %d outputs x %d inputs are too many to draw; take at most %d of each"
                            .formatted(outputs, inputs, MOST));
        }
        return operation;
    }

    /**
     * Draws the matrix, with its numbers where they fit, beside the kernel that gives the colours.
     *
     * @throws IllegalArgumentException if it has more than 256 rows or columns
     */
    public Picture picture() {
        Operation operation = small();
        int outputs = Places.count(operation.outputSizes());
        int inputs = operation.input().length;
        int rows = isTurned ? inputs : outputs;
        int columns = isTurned ? outputs : inputs;
        double[] kernel = operation.kernel();
        double widest = Arrays.stream(kernel)
                .map(value -> Drawing.lengthOf(NumberFormat.of(value), INDEX) * 1.1 + 4)
                .max()
                .orElse(0);
        double wanted = Math.max(22, widest);
        double cell = Math.max(2.5, Math.min(wanted, Math.min(ROOM / columns, TALLEST / rows)));
        double height = Math.min(cell, 22);
        boolean numbered = cell >= NUMBERED && cell >= widest;

        Drawing matrix = new Drawing();
        matrix.box(0, 0, columns * cell, rows * height, GROUND);
        Type type = new Type(Colors.TEXT, 11, "middle", false, false);
        for (Product product : operation.products()) {
            int row = isTurned ? product.input() : product.output();
            int column = isTurned ? product.output() : product.input();
            double gap = cell > 8 ? 0.5 : 0;
            matrix.box(
                    column * cell + gap,
                    row * height + gap,
                    cell - 2 * gap,
                    height - 2 * gap,
                    new Paint(numbered ? Colors.tint(product.tap()) : Colors.solid(product.tap()), null, 0, false));
            if (numbered) {
                matrix.words(
                        (column + 0.5) * cell, (row + 0.5) * height + 4, NumberFormat.of(kernel[product.tap()]), type);
            }
        }
        Drawing framed = new Drawing();
        double left = 44;
        framed.place(matrix, left, 34);
        framed.words(
                0, 12, isTurned ? "rows: inputs, columns: outputs" : "rows: outputs, columns: inputs", Drawing.NOTE);
        label(framed, left, rows, columns, cell, height);
        Drawing legend = legend(operation, numbered);
        double width = framed.width() + 24 + legend.width();
        String heading =
                (isTurned ? "Transpose of the matrix, %d × %d" : "Operation matrix, %d × %d").formatted(rows, columns);
        Drawing whole = Drawing.paragraph(heading, Drawing.TITLE, Math.max(420, width));
        whole.place(Drawing.paragraph(operation.sentence(), Drawing.NOTE, Math.max(420, width)), 0, whole.height());
        whole.place(Drawing.flow(List.of(framed, legend), 24, Svg.WIDEST - 2 * Svg.MARGIN), 0, whole.height() + 6);
        return Picture.still(whole, heading, altText(heading, operation, rows * columns));
    }

    /** Numbers of rows and columns, as many as there is room for. */
    private void label(Drawing framed, double left, int rows, int columns, double cell, double height) {
        int eachRow = (int) Math.ceil(11 / height);
        for (int row = 0; row < rows; row += eachRow) {
            framed.words(left - 5, 34 + (row + 0.5) * height + 3.5, Integer.toString(row), INDEX);
        }
        int eachColumn = (int) Math.ceil(20 / cell);
        for (int column = 0; column < columns; column += eachColumn) {
            framed.words(left + (column + 0.5) * cell, 29, Integer.toString(column), INDEX.anchored("middle"));
        }
    }

    private Drawing legend(Operation operation, boolean numbered) {
        Grid kernel = Grid.of("kernel", operation.rank(), operation.kernelSizes(), operation.kernel(), Look.PLAIN);
        for (int tap = 0; tap < operation.kernel().length; tap++) {
            kernel.tag(tap, "", numbered ? Colors.tint(tap) : Colors.solid(tap));
        }
        return kernel.draw();
    }

    private static String altText(String heading, Operation operation, int entries) {
        int filled = operation.products().size();
        return "%s. %s. %d of %d entries come from the kernel, the others are 0"
                .formatted(heading, operation.sentence(), filled, entries);
    }
}
