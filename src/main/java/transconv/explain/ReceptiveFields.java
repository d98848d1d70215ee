package transconv.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import transconv.explain.Drawing.Paint;
import transconv.explain.Table.Kind;
import transconv.models.Model;
import transconv.shape.Shape;

/**
 * Which part of the input each output of a layer sees, the receptive field; and which part of a layer's output one
 * input position reaches, its projective field. Both follow from the operations themselves and end at the borders. The
 * input is channels last; with several inputs, each counts by its own positions. Source: Araujo, Norris and Sim (2019),
 * "Computing receptive fields of convolutional neural networks".
 *
 * <pre>{@code
 * Sequential net = new Sequential(Layers.input(9, 9, 1), Layers.conv2D(2, 3), Layers.conv2D(2, 3).strides(2));
 * System.out.println(ReceptiveFields.of(net).table().column("receptive field")); // [3 × 3, 5 × 5]
 * }</pre>
 */
public final class ReceptiveFields {

    private static final double SIDE = 84;
    private static final double GAP = 36;

    private final String model;
    private final Shape input;
    private final List<LayerTrace> traces;

    private ReceptiveFields(String model, Shape input, List<LayerTrace> traces) {
        this.model = model;
        this.input = input;
        this.traces = traces;
    }

    /**
     * @param model built
     * @throws IllegalArgumentException if a tensor is too large to follow each of its elements
     */
    public static ReceptiveFields of(Model model) {
        return new ReceptiveFields(model.label(), model.inputShapes().get(0), LayerTrace.of(model));
    }

    /** The largest receptive field of any output of a layer, in input positions an axis. */
    static int[] receptiveField(Reach reach) {
        int[] sizes = new int[reach.axes()];
        for (int at = 0; at < reach.shape().elements(); at++) {
            for (int axis = 0; axis < sizes.length; axis++) {
                sizes[axis] = Math.max(sizes[axis], reach.length(at, axis));
            }
        }
        return sizes;
    }

    /** The box of output positions, two numbers an axis, that the input's middle reaches; null if it reaches none. */
    private static int[][] projectiveField(Reach reach, int[] middle) {
        int rank = reach.shape().rank();
        int axes = Math.max(1, rank - 2);
        int[][] box = new int[axes][];
        int[] place = new int[rank];
        boolean any = false;
        for (int at = 0; at < reach.shape().elements(); at++) {
            if (reach.dependsOn(at, middle)) {
                Reach.place(at, reach.shape(), place);
                for (int axis = 0; axis < axes; axis++) {
                    int here = place[axis + 1];
                    box[axis] = any
                            ? new int[] {Math.min(box[axis][0], here), Math.max(box[axis][1], here)}
                            : new int[] {here, here};
                }
                any = true;
            }
        }
        return any ? box : null;
    }

    private int[] middle() {
        int axes = Math.max(1, input.rank() - 1);
        return IntStream.range(0, axes).map(axis -> input.size(axis) / 2).toArray();
    }

    static String words(int[] sizes) {
        return Arrays.stream(sizes).mapToObj(Integer::toString).collect(Collectors.joining(" × "));
    }

    private static int[] lengths(int[][] box) {
        return Arrays.stream(box).mapToInt(ends -> ends[1] - ends[0] + 1).toArray();
    }

    /** A row a layer: its output, its receptive field, and the projective field of the input's middle. */
    public Table table() {
        Table table = new Table("Fields of %s, input %s".formatted(model, input))
                .with("layer", Kind.WORDS)
                .with("output", Kind.WORDS)
                .with("receptive field", Kind.NUMBER)
                .with("projective field", Kind.NUMBER);
        for (LayerTrace trace : traces) {
            Reach reach = trace.reach();
            int[][] projected = reach == null ? null : projectiveField(reach, middle());
            table.row(
                    trace.layer().label(),
                    trace.layer().outputShape(),
                    reach == null ? "none" : words(receptiveField(reach)),
                    projected == null ? "none" : words(lengths(projected)));
        }
        return table;
    }

    /** Draws for each layer what its middle output sees of the input, and what the input's middle reaches of it. */
    public Picture picture() {
        List<Drawing> parts = new ArrayList<>();
        for (LayerTrace trace : traces) {
            if (trace.reach() != null) {
                parts.add(drawn(trace.layer().label(), trace.reach()));
            }
        }
        String heading = "Receptive and projective fields of %s".formatted(model);
        Drawing whole = Drawing.paragraph(heading, Drawing.TITLE, 600);
        whole.place(
                Drawing.paragraph(
                        "Left: what the layer's middle output sees of the input (blue). Right: what the input's middle"
                                + " reaches of the layer's output (orange).",
                        Drawing.NOTE,
                        800),
                0,
                whole.height());
        whole.place(Drawing.flow(parts, 24, Svg.WIDEST - 2 * Svg.MARGIN), 0, whole.height() + 8);
        return Picture.still(whole, heading, heading + ". " + table().toString().replace("\n", "; "));
    }

    private Drawing drawn(String label, Reach reach) {
        int[] place = IntStream.range(0, reach.shape().rank())
                .map(axis -> axis == 0 ? 0 : reach.shape().size(axis) / 2)
                .toArray();
        int at = Reach.flat(place, reach.shape());
        int[][] seen = IntStream.range(0, reach.axes())
                .mapToObj(axis -> new int[] {reach.low(at, axis), reach.high(at, axis)})
                .toArray(int[][]::new);
        int[][] reached = projectiveField(reach, middle());
        Drawing drawing = new Drawing();
        drawing.words(0, 12, label, Drawing.LABEL);
        drawing.reach(2 * SIDE + GAP, 0);
        field(drawing, 0, sides(input), seen, new Paint(Colors.SKY, Colors.BLUE, 1.5, false));
        if (reached != null) {
            field(
                    drawing,
                    SIDE + GAP,
                    sides(reach.shape().from(1)),
                    reached,
                    new Paint("#f6d48a", "#a86f00", 1.5, false));
        }
        drawing.words(0, SIDE + 34, words(receptiveField(reach)) + " of " + words(sides(input)), Drawing.NOTE);
        drawing.words(
                SIDE + GAP,
                SIDE + 34,
                (reached == null ? "none" : words(lengths(reached))) + " of "
                        + words(sides(reach.shape().from(1))),
                Drawing.NOTE);
        return drawing;
    }

    private static int[] sides(Shape shape) {
        return IntStream.range(0, Math.max(1, shape.rank() - 1))
                .map(shape::size)
                .toArray();
    }

    /** The last two axes; a line is drawn one position high. */
    private static void field(Drawing drawing, double left, int[] sizes, int[][] box, Paint paint) {
        int last = sizes.length - 1;
        boolean flat = last == 0;
        double unit = SIDE / Math.max(sizes[last], flat ? 1 : sizes[last - 1]);
        double height = flat ? 14 : sizes[last - 1] * unit;
        double top = 20 + (SIDE - height) / 2;
        double x = left + (SIDE - sizes[last] * unit) / 2;
        drawing.box(x, top, sizes[last] * unit, height, new Paint("#f1f2f3", "#8a9096", 1, false));
        double y = flat ? top : top + box[last - 1][0] * unit;
        double tall = flat ? height : (box[last - 1][1] - box[last - 1][0] + 1) * unit;
        drawing.box(x + box[last][0] * unit, y, (box[last][1] - box[last][0] + 1) * unit, tall, paint);
    }

    @Override
    public String toString() {
        return table().toString();
    }
}
