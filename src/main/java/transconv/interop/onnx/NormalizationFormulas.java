package transconv.interop.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.stream.IntStream;
import transconv.interop.onnx.LayerDrawer.Wanted;

/** Normalizations that ONNX, in the operator set that is written, has no operator for. */
record NormalizationFormulas(LayerDrawer layers) {

    /** Makes a layer from the numbers in a formula. */
    @FunctionalInterface
    interface Reading {

        Drawn read(OnnxNode node, Drawn input, Matcher found, List<Numbers> numbers);
    }

    private static final String AXES = "\\[([0-9, ]+)]";

    void putInto(BiConsumer<String, Reading> formulas) {
        formulas.accept(
                "Mul\\(Reciprocal\\(Sqrt\\(Max\\(1.0E-24,ReduceSum" + AXES + "\\(Mul\\(x,x\\)\\)\\)\\)\\),x\\)",
                (node, input, found, numbers) -> drawn(
                        input, layers.layer(node, "UnitNormalization").with("axis", axes(input, found.group(1)))));
        formulas.accept(
                "Mul\\(%s,Mul\\(Reciprocal\\(Sqrt\\(Add\\(%s,ReduceMean" + AXES + "\\(Mul\\(x,x\\)\\)\\)\\)\\),x\\)\\)",
                (node, input, found, numbers) ->
                        drawn(input, scaled(layers.layer(node, "RMSNormalization"), "scale", input, found, numbers)));
        String centred = "Add\\(Neg\\(ReduceMean" + AXES + "\\(x\\)\\),x\\)";
        formulas.accept(
                "Mul\\(Mul\\(%s,Reciprocal\\(Sqrt\\(Add\\(%s,ReduceMean" + AXES + "\\(Mul\\(" + centred + "," + centred
                        + "\\)\\)\\)\\)\\)\\),x\\)",
                (node, input, found, numbers) -> {
                    if (!found.group(3).equals(found.group(4))
                            || !found.group(3).equals(found.group(5))) {
                        throw new IllegalArgumentException(
                                "mean and variance are over axes %s and %s; both must be the same"
                                        .formatted(found.group(4), found.group(3)));
                    }
                    Wanted wanted = layers.layer(node, "LayerNormalization").with("rms_scaling", true);
                    return drawn(input, scaled(wanted, "gamma", input, found, numbers));
                });
    }

    private static Drawn drawn(Drawn input, Wanted wanted) {
        return new Drawn(wanted.draw(input.tensor()), input.isChannelsLast());
    }

    private static int[] axes(Drawn input, String list) {
        return IntStream.of(FormulaLayers.axes(list)).map(input::axis).sorted().toArray();
    }

    /** The groups of the formula are the weight, epsilon and the axes. */
    private static Wanted scaled(Wanted wanted, String weight, Drawn input, Matcher found, List<Numbers> numbers) {
        int[] axes = axes(input, found.group(3));
        int[] sizes = IntStream.of(axes)
                .map(axis -> input.tensor().shape().size(axis - 1))
                .toArray();
        int count = IntStream.of(sizes).reduce(1, Math::multiplyExact);
        Numbers scale = found.group(1).equals("#")
                ? numbers.get(0)
                : Numbers.of(new float[] {Float.parseFloat(found.group(1))}, 1);
        if (scale.count() != count) {
            throw new IllegalArgumentException(
                    "the scale is %s; it must have %d numbers, one a feature".formatted(scale, count));
        }
        return wanted.with("axis", axes)
                .with("epsilon", Double.parseDouble(found.group(2)))
                .weight(weight, scale, () -> inOrder(scale, input)
                        .reshaped(sizes)
                        .array(IntStream.range(0, sizes.length).toArray()));
    }

    /** With the axes as the model has them, those of length 1 among them. */
    private static Numbers inOrder(Numbers scale, Drawn input) {
        int rank = input.rank();
        if (!input.isChannelsLast() || rank < 3) {
            return scale;
        }
        int[] dims = new int[rank];
        Arrays.fill(dims, 1);
        System.arraycopy(scale.dims(), 0, dims, rank - scale.rank(), scale.rank());
        return scale.reshaped(dims).transposed(Form.toLast(rank));
    }
}
