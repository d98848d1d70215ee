package transconv.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import transconv.layers.Conv1D;
import transconv.layers.Conv1DTranspose;
import transconv.layers.Layer;
import transconv.layers.Layers;
import transconv.layers.Rule;

/** What the solver answers, by building each layer that it names and reading its shape. */
class SolvedLayersTest {

    @Provide
    Arbitrary<SizeSolver> solvers() {
        return Combinators.combine(between(1, 4), between(1, 4), between(0, 2), between(1, 3))
                .as(SizeSolver::new);
    }

    private static Arbitrary<Integer> between(int least, int most) {
        return Arbitraries.integers().between(least, most);
    }

    /** Each layer of all within the bounds is built: those that give the size are the answers, and no others. */
    @Property(tries = 500)
    void answersAreTheLayersThatGiveTheSize(
            @ForAll("solvers") SizeSolver solver,
            @ForAll @IntRange(min = 1, max = 8) int in,
            @ForAll @IntRange(min = 1, max = 24) int out) {
        List<PyTorchRule> expected = within(solver.dilation(), 1)
                .flatMap(d -> within(solver.stride(), 1).flatMap(s -> within(solver.kernel(), 1)
                        .flatMap(k -> within(solver.padding(), 0).flatMap(p -> within(Math.max(s, d) - 1, 0)
                                .map(added -> new PyTorchRule(k, s, p, added, d))))))
                .filter(rule -> sizeOf(layer(rule), in).equals(OptionalInt.of(out)))
                .toList();
        assertEquals(expected, solver.toSize(in, out));
    }

    private static Stream<Integer> within(int most, int least) {
        return IntStream.rangeClosed(least, most).boxed();
    }

    private static Conv1DTranspose layer(PyTorchRule rule) {
        return Layers.conv1DTranspose(1, rule.kernelSize())
                .rule(Rule.PYTORCH)
                .strides(rule.stride())
                .dilationRate(rule.dilation())
                .padding(rule.padding(), rule.padding())
                .outputPadding(rule.outputPadding());
    }

    private static OptionalInt sizeOf(Layer layer, int in) {
        try {
            layer.build(Shape.of(in, 1));
            return OptionalInt.of(layer.outputShape().size(0));
        } catch (IllegalArgumentException refused) {
            return OptionalInt.empty();
        }
    }

    /** A convolution with the same padding before and after, or with Keras' SAME. */
    private record Convolved(int size, int kernel, int stride, int dilation, OptionalInt padding) {

        Conv1D layer() {
            Conv1D layer = Layers.conv1D(1, kernel).strides(stride).dilationRate(dilation);
            // By Keras' rule, an explicit padding does not bring strides and dilation together.
            return padding.isPresent()
                    ? layer.rule(Rule.PYTORCH).padding(padding.getAsInt(), padding.getAsInt())
                    : layer.rule(Rule.ONNX).padding(Padding.SAME);
        }

        Axis axis() {
            return padding.isPresent()
                    ? new PyTorchRule(kernel, stride, padding.getAsInt(), 0, dilation).convolution(size)
                    : KerasRule.convolution(size, kernel, stride, dilation, Padding.SAME);
        }
    }

    @Provide
    Arbitrary<Convolved> convolutions() {
        return Combinators.combine(between(1, 20), between(1, 5), between(1, 4), between(1, 3), between(-1, 4))
                .as((size, kernel, stride, dilation, padding) -> new Convolved(
                        size, kernel, stride, dilation, padding < 0 ? OptionalInt.empty() : OptionalInt.of(padding)))
                .filter(drawn -> drawn.padding().isEmpty()
                        || drawn.size() + 2 * drawn.padding().getAsInt()
                                >= Axis.extent(drawn.kernel(), drawn.dilation()));
    }

    /** The transposed layers that the mirror names, in all conventions that can write it. */
    @Property(tries = 1_000)
    void mirrorsRestoreTheInputSize(@ForAll("convolutions") Convolved drawn) {
        int small = sizeOf(drawn.layer(), drawn.size()).orElseThrow();
        Mirror mirror = SizeSolver.mirrorOf(drawn.axis());
        mirror.pyTorch().rule().ifPresent(rule -> requireSize(drawn, layer(rule), small));
        mirror.onnx()
                .rule()
                .ifPresent(rule -> requireSize(
                        drawn,
                        Layers.conv1DTranspose(1, rule.kernelShape())
                                .rule(Rule.ONNX)
                                .strides(rule.strides())
                                .dilationRate(rule.dilations())
                                .padding(rule.padBegin(), rule.padEnd())
                                .outputPadding(rule.outputPadding()),
                        small));
        mirror.keras().rule().ifPresent(arguments -> {
            Conv1DTranspose layer = Layers.conv1DTranspose(1, arguments.kernelSize())
                    .strides(arguments.strides())
                    .dilationRate(arguments.dilationRate())
                    .padding(arguments.padding());
            if (arguments.outputPadding() != KerasRule.AUTOMATIC) {
                layer.outputPadding(arguments.outputPadding());
            }
            requireSize(drawn, layer, small);
        });
        assertTrue(mirror.onnx().exists(), "ONNX, with its two paddings, can write every mirror");
    }

    private static void requireSize(Convolved drawn, Conv1DTranspose layer, int small) {
        assertEquals(OptionalInt.of(drawn.size()), sizeOf(layer, small), () -> layer.config() + " of " + small);
    }

    /** Of all sizes, those that the mirror names have the convolution's output size, with the padding of its own. */
    @Property(tries = 500)
    void mirrorsNameTheSizesThatTheFloorJoins(@ForAll("convolutions") Convolved drawn) {
        Axis axis = drawn.axis();
        int unreached = axis.crop() - axis.cropEnd();
        boolean isSymmetric = unreached >= 0 && unreached < axis.stride();
        int end = isSymmetric ? axis.crop() : Math.max(0, axis.cropEnd());
        Mirror mirror = SizeSolver.mirrorOf(axis);
        List<Integer> joined = within(drawn.size() + 2 * drawn.stride(), 1)
                .filter(size -> {
                    Conv1D layer = Layers.conv1D(1, drawn.kernel())
                            .rule(Rule.PYTORCH)
                            .strides(drawn.stride())
                            .dilationRate(drawn.dilation())
                            .padding(axis.crop(), end);
                    return sizeOf(layer, size).equals(OptionalInt.of(axis.small()));
                })
                .toList();
        assertEquals(within(mirror.largestInput(), mirror.smallestInput()).toList(), joined);
        assertTrue(joined.contains(drawn.size()));
    }
}
