package transconv.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import transconv.ops.Geometries;

/**
 * The four conventions' rules on random arguments, some of them out of range: sizes against positions that are counted
 * one by one, refusals just where they are documented.
 */
class SizeRulesTest {

    /** @param added output padding; -1 is Keras' None */
    private record Arguments(int size, int kernel, int stride, int dilation, int padding, int end, int added) {

        PyTorchRule pyTorch() {
            return new PyTorchRule(kernel, stride, padding, added, dilation);
        }

        OnnxRule onnx() {
            return OnnxRule.kernelShape(kernel)
                    .strides(stride)
                    .dilations(dilation)
                    .pads(padding, end)
                    .outputPadding(added);
        }

        Arguments withEnd(int other) {
            return new Arguments(size, kernel, stride, dilation, padding, other, added);
        }

        boolean inRange() {
            return size > 0 && kernel > 0 && stride > 0 && dilation > 0 && padding >= 0 && end >= 0 && added >= 0;
        }

        /** The last position that a tap of the last stamp reaches, and one. */
        int full() {
            return IntStream.range(0, size)
                            .flatMap(o -> IntStream.range(0, kernel).map(t -> o * stride + t * dilation))
                            .max()
                            .orElseThrow()
                    + 1;
        }

        /** How often the kernel, moved by strides, fits into so many positions. */
        int windows(int positions) {
            int count = 0;
            while (count * stride + (kernel - 1) * dilation < positions) {
                count++;
            }
            return count;
        }
    }

    @Provide
    Arbitrary<Arguments> arguments() {
        return arguments(1, 0);
    }

    /** One of eight or so is out of range. */
    @Provide
    Arbitrary<Arguments> anyArguments() {
        return Arbitraries.frequencyOf(Tuple.of(3, arguments(1, -1)), Tuple.of(1, arguments(0, -1)));
    }

    private static Arbitrary<Arguments> arguments(int one, int zero) {
        return Combinators.combine(
                        between(one, 9),
                        between(one, 5),
                        between(one, 4),
                        between(one, 4),
                        between(zero, 5),
                        between(zero, 5),
                        between(zero, 4))
                .as(Arguments::new);
    }

    private static Arbitrary<Integer> between(int least, int most) {
        return Arbitraries.integers().between(least, most);
    }

    private static OptionalInt size(Supplier<Axis> rule, boolean large) {
        try {
            return OptionalInt.of(large ? rule.get().large() : rule.get().small());
        } catch (IllegalArgumentException refused) {
            return OptionalInt.empty();
        }
    }

    private static OptionalInt sizeIf(boolean allowed, int size) {
        return allowed && size > 0 ? OptionalInt.of(size) : OptionalInt.empty();
    }

    @Property(tries = 3_000)
    void pyTorch(@ForAll("anyArguments") Arguments drawn) {
        // It has one padding for both ends.
        boolean inRange = drawn.inRange() || drawn.end() < 0 && drawn.withEnd(0).inRange();
        boolean addsLittle = drawn.added() < Math.max(drawn.stride(), drawn.dilation());
        assertEquals(
                inRange ? sizeIf(addsLittle, drawn.full() - 2 * drawn.padding() + drawn.added()) : OptionalInt.empty(),
                size(() -> drawn.pyTorch().transposedConvolution(drawn.size()), true));
        assertEquals(
                inRange
                        ? sizeIf(drawn.added() == 0, drawn.windows(drawn.size() + 2 * drawn.padding()))
                        : OptionalInt.empty(),
                size(() -> drawn.pyTorch().convolution(drawn.size()), false));
    }

    /** An output size may be asked for just where the convolution brings it back. */
    @Property(tries = 1_000)
    void pyTorchOutputSize(@ForAll("arguments") Arguments drawn, @ForAll("sizes") int wanted) {
        assertEquals(
                sizeIf(drawn.windows(wanted + 2 * drawn.padding()) == drawn.size(), wanted),
                size(() -> drawn.pyTorch().transposedConvolution(drawn.size(), wanted), true));
    }

    @Provide
    Arbitrary<Integer> sizes() {
        return between(1, 40);
    }

    @Property(tries = 3_000)
    void keras(@ForAll("anyArguments") Arguments drawn, @ForAll Padding padding) {
        if (drawn.size() < 1 || drawn.kernel() < 1 || drawn.stride() < 1 || drawn.dilation() < 1) {
            return;
        }
        int extent = drawn.dilation() * (drawn.kernel() - 1) + 1;
        boolean same = padding == Padding.SAME;
        int least = drawn.added() < 0
                ? drawn.size() * drawn.stride() + (same ? 0 : Math.max(0, extent - drawn.stride()))
                : (drawn.size() - 1) * drawn.stride() + extent - (same ? extent / 2 * 2 : 0) + drawn.added();
        boolean refused = drawn.stride() > 1 && drawn.dilation() > 1
                || drawn.added() >= drawn.stride()
                || least < 1
                || same && (least + drawn.stride() - 1) / drawn.stride() != drawn.size();
        String refusal = KerasRule.refusal(
                drawn.size(), drawn.kernel(), drawn.stride(), drawn.dilation(), padding, drawn.added());
        assertEquals(refused, !refusal.isEmpty(), refusal);
        assertEquals(
                sizeIf(true, least),
                size(
                        () -> KerasRule.transposedConvolution(
                                drawn.size(), drawn.kernel(), drawn.stride(), drawn.dilation(), padding, drawn.added()),
                        true));
        int convolved = same ? (int) Math.ceil((double) drawn.size() / drawn.stride()) : drawn.windows(drawn.size());
        assertEquals(
                sizeIf(true, convolved),
                size(
                        () -> KerasRule.convolution(
                                drawn.size(), drawn.kernel(), drawn.stride(), drawn.dilation(), padding),
                        false));
    }

    @Property(tries = 3_000)
    void onnx(@ForAll("anyArguments") Arguments drawn) {
        boolean addsLittle = drawn.added() < Math.max(drawn.stride(), drawn.dilation());
        boolean inRange = drawn.inRange();
        assertEquals(
                inRange
                        ? sizeIf(addsLittle, drawn.full() - drawn.padding() - drawn.end() + drawn.added())
                        : OptionalInt.empty(),
                size(() -> drawn.onnx().transposedConvolution(drawn.size()), true));
        assertEquals(
                inRange
                        ? sizeIf(drawn.added() == 0, drawn.windows(drawn.size() + drawn.padding() + drawn.end()))
                        : OptionalInt.empty(),
                size(() -> drawn.onnx().convolution(drawn.size()), false));
    }

    /** Sizes that a framework chooses the padding for; pads beside auto_pad are refused. */
    @Property(tries = 2_000)
    void onnxAutomatic(@ForAll("arguments") Arguments drawn, @ForAll AutoPad autoPad, @ForAll("sizes") int wanted) {
        OnnxRule plain = OnnxRule.kernelShape(drawn.kernel())
                .strides(drawn.stride())
                .dilations(drawn.dilation())
                .autoPad(autoPad);
        boolean same = autoPad == AutoPad.SAME_UPPER || autoPad == AutoPad.SAME_LOWER;
        assertEquals(
                OptionalInt.of(same ? Math.min(drawn.full(), drawn.size() * drawn.stride()) : drawn.full()),
                size(() -> plain.transposedConvolution(drawn.size()), true));
        assertEquals(
                sizeIf(wanted < drawn.full() + drawn.stride(), wanted),
                size(() -> plain.outputShape(wanted).transposedConvolution(drawn.size()), true));
        boolean refused = autoPad != AutoPad.NOTSET && drawn.padding() + drawn.end() > 0;
        assertEquals(
                refused,
                size(() -> plain.pads(drawn.padding(), drawn.end()).transposedConvolution(99), true)
                        .isEmpty());
    }

    /** The guide's relationship 14 undoes its relationship 6, and says the same as PyTorch without dilation. */
    @Property(tries = 2_000)
    void guide(@ForAll("arguments") Arguments drawn) {
        int i = drawn.size();
        int k = drawn.kernel();
        int s = drawn.stride();
        int p = drawn.padding();
        int a = drawn.added();
        Arguments undilated = new Arguments(i, k, s, 1, p, p, a);
        int large = undilated.full() - 2 * p + a;
        assertEquals(sizeIf(a < s, large), size(() -> GuideRule.transposedAxis(i, k, s, p, a), true));
        assertEquals(
                sizeIf(true, undilated.windows(i + 2 * p)), size(() -> GuideRule.convolutionAxis(i, k, s, p), false));
        if (a < s && large > 0) {
            Axis axis = GuideRule.transposedAxis(i, k, s, p, a);
            assertEquals(axis, GuideRule.convolutionAxis(large, k, s, p));
            assertEquals(axis, undilated.pyTorch().transposedConvolution(i));
            assertEquals(a, GuideRule.lost(large, k, s, p));
        }
    }

    /** An axis is written in a convention where some of all its arguments give it, and then by such. */
    @Property(tries = 1_000)
    void axesAreWrittenWhereTheyCanBe(@ForAll("axes") Axis axis) {
        int limit = Math.max(axis.stride(), axis.dilation());
        Translation<PyTorchRule> pyTorch = PyTorchRule.of(axis);
        assertEquals(
                from(0, 9).anyMatch(padding -> from(0, limit - 1)
                        .anyMatch(added -> gives(
                                axis,
                                new PyTorchRule(axis.kernel(), axis.stride(), padding, added, axis.dilation())
                                        ::transposedConvolution))),
                pyTorch.exists(),
                "PyTorch: " + pyTorch);
        pyTorch.rule().ifPresent(rule -> assertEquals(axis, rule.transposedConvolution(axis.small())));
        Translation<OnnxRule> onnx = OnnxRule.of(axis);
        OnnxRule plain =
                OnnxRule.kernelShape(axis.kernel()).strides(axis.stride()).dilations(axis.dilation());
        assertEquals(
                from(0, 9).anyMatch(begin -> from(0, 9).anyMatch(end -> from(0, limit - 1)
                        .anyMatch(added ->
                                gives(axis, plain.pads(begin, end).outputPadding(added)::transposedConvolution)))),
                onnx.exists(),
                "ONNX: " + onnx);
        onnx.rule().ifPresent(rule -> assertEquals(axis, rule.transposedConvolution(axis.small())));
        Translation<KerasArguments> keras = KerasArguments.of(axis);
        assertEquals(
                Stream.of(Padding.values()).anyMatch(padding -> from(-1, axis.stride() - 1)
                        .anyMatch(added -> kerasGives(axis, padding, added))),
                keras.exists(),
                "Keras: " + keras);
        keras.rule().ifPresent(written -> assertTrue(kerasGives(axis, written.padding(), written.outputPadding())));
    }

    @Provide
    Arbitrary<Axis> axes() {
        return Geometries.axis(8);
    }

    private static Stream<Integer> from(int least, int most) {
        return IntStream.rangeClosed(least, most).boxed();
    }

    private static boolean gives(Axis axis, IntFunction<Axis> rule) {
        try {
            return rule.apply(axis.small()).equals(axis);
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    private static boolean kerasGives(Axis axis, Padding padding, int added) {
        return KerasRule.refusal(axis.small(), axis.kernel(), axis.stride(), axis.dilation(), padding, added)
                        .isEmpty()
                && gives(
                        axis,
                        size -> KerasRule.transposedConvolution(
                                size, axis.kernel(), axis.stride(), axis.dilation(), padding, added));
    }

    /** What a convention computes it can write, PyTorch by the same arguments. */
    @Property(tries = 2_000)
    void whatIsComputedCanBeWritten(@ForAll("arguments") Arguments drawn, @ForAll Padding padding) {
        if (size(() -> drawn.pyTorch().transposedConvolution(drawn.size()), true)
                .isPresent()) {
            Axis axis = drawn.pyTorch().transposedConvolution(drawn.size());
            assertEquals(drawn.pyTorch(), PyTorchRule.of(axis).get());
        }
        if (size(() -> drawn.onnx().transposedConvolution(drawn.size()), true).isPresent()) {
            Axis axis = drawn.onnx().transposedConvolution(drawn.size());
            assertEquals(axis, OnnxRule.of(axis).get().transposedConvolution(drawn.size()));
        }
        for (AutoPad autoPad : AutoPad.values()) {
            Axis axis = OnnxRule.kernelShape(drawn.kernel())
                    .strides(drawn.stride())
                    .autoPad(autoPad)
                    .transposedConvolution(drawn.size());
            assertEquals(axis, OnnxRule.of(axis).get().transposedConvolution(drawn.size()));
        }
        int added = drawn.added() == 0 ? KerasRule.AUTOMATIC : drawn.added();
        if (KerasRule.refusal(drawn.size(), drawn.kernel(), drawn.stride(), drawn.dilation(), padding, added)
                .isEmpty()) {
            Axis axis = KerasRule.transposedConvolution(
                    drawn.size(), drawn.kernel(), drawn.stride(), drawn.dilation(), padding, added);
            assertTrue(KerasArguments.of(axis).exists());
        }
    }
}
