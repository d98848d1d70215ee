package transconv.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import transconv.explain.Grid.Look;
import transconv.explain.Operation.Product;
import transconv.shape.Axis;

/**
 * A kernel that slides over a field of inputs and zeros: over the padded input of a convolution; or, flipped and with
 * steps of one, over the input of a transposed convolution, stretched by zeros between its values and around them.
 */
final class WindowFrames {

    private final Operation operation;
    /** Lengths of the field, with every position that a window sees or an input takes. */
    private final int[] sizes = new int[3];

    /** Where in the field the first input stands, and the first window. */
    private final int[] firstInput = new int[3];

    private final int[] firstWindow = new int[3];
    /** Steps of the inputs in the field, and of the windows. */
    private final int[] inputStep = new int[3];

    private final int[] windowStep = new int[3];
    private final Map<Integer, List<Product>> products;

    WindowFrames(Operation operation) {
        this.operation = operation;
        for (int i = 0; i < 3; i++) {
            Axis axis = operation.axes().get(i);
            int extent = Axis.extent(axis.kernel(), axis.dilation());
            inputStep[i] = operation.isTransposed() ? axis.stride() : 1;
            windowStep[i] = operation.isTransposed() ? 1 : axis.stride();
            int inputs = operation.inputSizes()[i];
            // Where the first window begins, counted from the first input.
            int begin = operation.isTransposed() ? axis.crop() - (extent - 1) : -axis.crop();
            int windowsEnd = begin + (operation.outputSizes()[i] - 1) * windowStep[i] + extent;
            int least = Math.min(0, begin);
            sizes[i] = Math.max((inputs - 1) * inputStep[i] + 1, windowsEnd) - least;
            firstInput[i] = -least;
            firstWindow[i] = begin - least;
        }
        products = operation.products().stream().collect(Collectors.groupingBy(Product::output));
    }

    List<Frame> frames() {
        List<Frame> frames = new ArrayList<>();
        double[] output = operation.output();
        for (int at = 0; at < output.length; at++) {
            frames.add(frame(at, output));
        }
        return frames;
    }

    private Frame frame(int at, double[] output) {
        int rank = operation.rank();
        int[] place = Places.at(at, operation.outputSizes());
        double[] field = field();
        Grid stretched = fieldGrid(field);
        int[] kernelSizes = operation.kernelSizes();
        double[] seen = new double[operation.kernel().length];
        double[] kernel = new double[seen.length];
        for (int tap = 0; tap < seen.length; tap++) {
            int[] tapPlace = Places.at(tap, kernelSizes);
            int[] spot = new int[3];
            for (int i = 0; i < 3; i++) {
                spot[i] = firstWindow[i]
                        + place[i] * windowStep[i]
                        + tapPlace[i] * operation.dilation()[i];
            }
            int spotAt = Places.flat(spot, sizes);
            seen[tap] = field[spotAt];
            kernel[tap] = operation.kernel()[operation.isTransposed() ? seen.length - 1 - tap : tap];
            stretched.outline(spotAt, Colors.GREEN);
        }
        Grid result = new Grid("output", rank, operation.outputSizes());
        double[] soFar = new double[output.length];
        for (int i = 0; i <= at; i++) {
            result.cell(i, NumberFormat.of(output[i]), i == at ? Look.RESULT : Look.PLAIN);
            soFar[i] = output[i];
        }
        String fieldTitle = operation.isTransposed() || padded() ? "input with zeros" : "input";
        Grid kernelGrid =
                Grid.of(operation.isTransposed() ? "flipped kernel" : "kernel", rank, kernelSizes, kernel, Look.KERNEL);
        Step step = new Step(
                Arrays.copyOfRange(place, 3 - rank, 3),
                Values.of(rank, kernelSizes, seen).rows(),
                Values.of(rank, operation.outputSizes(), soFar).rows());
        return new Frame(
                "Step %d of %d".formatted(at + 1, output.length),
                formula(at, place, output[at]),
                List.of(
                        stretched.titled(fieldTitle).draw(),
                        Drawing.joined("·", kernelGrid.draw()),
                        Drawing.joined("→", result.draw())),
                step);
    }

    private String formula(int at, int[] place, double value) {
        List<Product> terms = products.get(at);
        if (terms == null) {
            return "output%s = 0: the window sees no input".formatted(Places.text(place, operation.rank()));
        }
        return Sums.ofOutput(operation, terms, value);
    }

    private boolean padded() {
        return !Arrays.equals(sizes, operation.inputSizes());
    }

    private double[] field() {
        double[] field = new double[Places.count(sizes)];
        for (int at = 0; at < operation.input().length; at++) {
            field[spotOf(at)] = operation.input()[at];
        }
        return field;
    }

    private int spotOf(int input) {
        int[] place = Places.at(input, operation.inputSizes());
        int[] spot = new int[3];
        for (int i = 0; i < 3; i++) {
            spot[i] = firstInput[i] + place[i] * inputStep[i];
        }
        return Places.flat(spot, sizes);
    }

    private Grid fieldGrid(double[] field) {
        Grid grid = new Grid("", operation.rank(), sizes);
        for (int at = 0; at < field.length; at++) {
            int[] place = Places.at(at, sizes);
            boolean between = true;
            for (int i = 0; i < 3; i++) {
                int last = firstInput[i] + (operation.inputSizes()[i] - 1) * inputStep[i];
                between &= place[i] >= firstInput[i] && place[i] <= last;
            }
            grid.cell(at, "0", between ? Look.INSERTED : Look.BORDER);
        }
        for (int at = 0; at < operation.input().length; at++) {
            grid.cell(spotOf(at), NumberFormat.of(operation.input()[at]), Look.SOURCE);
        }
        return grid;
    }
}
