package transconv.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import transconv.explain.Grid.Look;

/** A transposed convolution as a sum of stamps: each input value times the kernel, laid at its offset. */
final class StampFrames {

    private final Operation operation;
    /** The same with a border for what is cropped. */
    private final Operation wide;

    private final int[] cut;

    StampFrames(Operation operation) {
        this.operation = operation;
        wide = operation.uncropped();
        cut = operation.cutBefore();
    }

    List<Frame> frames() {
        List<Frame> frames = new ArrayList<>();
        double[] sum = new double[Places.count(wide.outputSizes())];
        for (int at = 0; at < operation.input().length; at++) {
            double[] stamp = wide.outputOfOne(at);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += stamp[i];
            }
            frames.add(frame(at, stamp, sum));
        }
        return frames;
    }

    private Frame frame(int at, double[] stamp, double[] sum) {
        int rank = operation.rank();
        Grid input = Grid.of("input", rank, operation.inputSizes(), operation.input(), Look.PLAIN)
                .look(at, Look.SOURCE);
        Grid kernel = Grid.of("kernel", rank, operation.kernelSizes(), operation.kernel(), Look.KERNEL);
        Grid total = grid("sum so far", sum);
        touched(at).forEach(i -> total.outline(i, Colors.BLUE));
        int[] place = Places.at(at, operation.inputSizes());
        Step step = new Step(
                Arrays.copyOfRange(place, 3 - rank, 3),
                Values.of(rank, operation.outputSizes(), operation.outputOfOne(at))
                        .rows(),
                Values.of(rank, operation.outputSizes(), inside(sum)).rows());
        return new Frame(
                "Step %d of %d".formatted(at + 1, operation.input().length),
                formula(at, place),
                List.of(
                        input.draw(),
                        Drawing.joined("×", kernel.draw()),
                        Drawing.joined("=", stamp(at, stamp).draw()),
                        Drawing.joined("→", total.draw())),
                step);
    }

    private String formula(int at, int[] place) {
        int rank = operation.rank();
        int[] offset = operation.meet(place, new int[3]);
        return "input%s = %s: %s × kernel is added from output%s on"
                .formatted(
                        Places.text(place, rank),
                        NumberFormat.of(operation.input()[at]),
                        NumberFormat.of(operation.input()[at]),
                        Places.text(offset, rank));
    }

    /** The positions of the wide output that a stamp reaches. */
    private IntStream touched(int at) {
        int[] sizes = wide.outputSizes();
        int[] place = Places.at(at, wide.inputSizes());
        return IntStream.range(0, wide.kernel().length)
                .map(tap -> Places.flat(wide.meet(place, Places.at(tap, wide.kernelSizes())), sizes));
    }

    Grid stamp(int at, double[] stamp) {
        Grid grid = grid("stamp", new double[stamp.length]);
        int[] sizes = wide.outputSizes();
        for (int i = 0; i < stamp.length; i++) {
            grid.cell(i, "", isCut(Places.at(i, sizes)) ? Look.CUT : Look.EMPTY);
        }
        touched(at)
                .forEach(i ->
                        grid.cell(i, NumberFormat.of(stamp[i]), isCut(Places.at(i, sizes)) ? Look.CUT : Look.STAMP));
        return grid;
    }

    private Grid grid(String title, double[] values) {
        Grid grid = Grid.of(title, operation.rank(), wide.outputSizes(), values, Look.PLAIN)
                .sized(operation.outputSizes());
        for (int i = 0; i < values.length; i++) {
            if (isCut(Places.at(i, wide.outputSizes()))) {
                grid.look(i, Look.CUT);
            }
        }
        return grid;
    }

    private boolean isCut(int[] place) {
        return !Places.isInside(
                new int[] {place[0] - cut[0], place[1] - cut[1], place[2] - cut[2]}, operation.outputSizes());
    }

    private double[] inside(double[] wideValues) {
        int[] sizes = wide.outputSizes();
        return IntStream.range(0, wideValues.length)
                .filter(i -> !isCut(Places.at(i, sizes)))
                .mapToDouble(i -> wideValues[i])
                .toArray();
    }

    boolean cuts() {
        return IntStream.range(0, Places.count(wide.outputSizes()))
                .anyMatch(i -> isCut(Places.at(i, wide.outputSizes())));
    }

    /** All stamps with a plus between, and their sum. */
    Drawing sum() {
        List<Drawing> parts = new ArrayList<>();
        double[] sum = new double[Places.count(wide.outputSizes())];
        for (int at = 0; at < operation.input().length; at++) {
            double[] stamp = wide.outputOfOne(at);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += stamp[i];
            }
            int[] place = Places.at(at, operation.inputSizes());
            Drawing part = stamp(at, stamp)
                    .titled("%s × kernel"
                            .formatted(NumberFormat.factor(operation.input()[at])))
                    .sized(null)
                    .draw();
            part.words(0, part.height() + 13, "from input" + Places.text(place, operation.rank()), Drawing.NOTE);
            parts.add(Drawing.joined(at == 0 ? " " : "+", part));
        }
        Drawing result = grid("output", sum).draw();
        result.reach(result.width(), result.height() + 16);
        parts.add(Drawing.joined("=", result));
        return Drawing.flow(parts, 8, Svg.WIDEST - 2 * Svg.MARGIN);
    }
}
