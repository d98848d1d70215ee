package transconv.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Sizes and arguments of any size: what an int cannot count is refused, and never given as another size. */
class LargeNumbersTest {

    private record Arguments(int size, int kernel, int stride, int dilation, int padding, int added) {

        BigInteger extent() {
            return big(dilation).multiply(big(kernel - 1)).add(BigInteger.ONE);
        }

        BigInteger full() {
            return big(size - 1).multiply(big(stride)).add(extent());
        }

        PyTorchRule pyTorch() {
            return new PyTorchRule(kernel, stride, padding, added, dilation);
        }

        OnnxRule onnx() {
            return OnnxRule.kernelShape(kernel)
                    .strides(stride)
                    .dilations(dilation)
                    .pads(padding, padding)
                    .outputPadding(added);
        }
    }

    private static BigInteger big(long number) {
        return BigInteger.valueOf(number);
    }

    @Provide
    Arbitrary<Arguments> arguments() {
        Arbitrary<Integer> any = Arbitraries.oneOf(
                Arbitraries.integers().between(1, 5),
                Arbitraries.integers().between(1, 31).map(bits -> (int) ((1L << bits) - 1)),
                Arbitraries.integers().between(1, 30).map(bits -> 1 << bits));
        Arbitrary<Integer> orNone = Arbitraries.oneOf(Arbitraries.just(0), any);
        return Combinators.combine(any, any, any, any, orNone, orNone).as(Arguments::new);
    }

    /** No size where it is refused. */
    private static Optional<BigInteger> size(Supplier<Integer> rule) {
        try {
            return Optional.of(big(rule.get()));
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    /** A size that an int counts, reached over no more positions than an int counts. */
    private static Optional<BigInteger> countable(boolean allowed, BigInteger size, BigInteger over) {
        boolean fits = size.signum() > 0 && size.max(over).bitLength() < Integer.SIZE;
        return allowed && fits ? Optional.of(size) : Optional.empty();
    }

    private static BigInteger windows(BigInteger room, Arguments of) {
        return room.signum() < 0
                ? BigInteger.ZERO
                : room.divide(big(of.stride())).add(BigInteger.ONE);
    }

    /** The positions that so many windows cover. */
    private static BigInteger covered(BigInteger windows, Arguments of) {
        return windows.subtract(BigInteger.ONE).multiply(big(of.stride())).add(of.extent());
    }

    @Property(tries = 4_000)
    void transposedConvolutions(@ForAll("arguments") Arguments drawn) {
        boolean addsLittle = drawn.added() < Math.max(drawn.stride(), drawn.dilation());
        BigInteger full = drawn.full();
        BigInteger cropped = full.subtract(big(2L * drawn.padding())).add(big(drawn.added()));
        Optional<BigInteger> expected = countable(addsLittle, cropped, full);
        assertEquals(
                expected,
                size(() -> drawn.pyTorch().transposedConvolution(drawn.size()).large()),
                "PyTorch");
        assertEquals(
                expected,
                size(() -> drawn.onnx().transposedConvolution(drawn.size()).large()),
                "ONNX");
        BigInteger valid = full.add(big(drawn.added()));
        BigInteger same = big(drawn.size()).multiply(big(drawn.stride()));
        assertEquals(
                countable(true, valid, full),
                size(() -> keras(drawn, Padding.VALID, drawn.added()).large()),
                "Keras, valid");
        assertEquals(
                countable(true, same, full),
                size(() -> keras(drawn, Padding.SAME, KerasRule.AUTOMATIC).large()),
                "Keras, same");
        if (drawn.dilation() == 1) {
            assertEquals(
                    countable(drawn.added() < drawn.stride(), cropped, full),
                    size(() -> GuideRule.transposedAxis(
                                    drawn.size(), drawn.kernel(), drawn.stride(), drawn.padding(), drawn.added())
                            .large()),
                    "guide");
        }
    }

    private static Axis keras(Arguments of, Padding padding, int added) {
        return KerasRule.transposedConvolution(of.size(), of.kernel(), of.stride(), of.dilation(), padding, added);
    }

    @Property(tries = 4_000)
    void convolutions(@ForAll("arguments") Arguments drawn) {
        BigInteger padded = big(drawn.size() + 2L * drawn.padding());
        BigInteger windows = windows(padded.subtract(drawn.extent()), drawn);
        Optional<BigInteger> expected = countable(drawn.added() == 0, windows, covered(windows, drawn));
        assertEquals(
                expected, size(() -> drawn.pyTorch().convolution(drawn.size()).small()), "PyTorch");
        assertEquals(expected, size(() -> drawn.onnx().convolution(drawn.size()).small()), "ONNX");
        BigInteger valid = windows(big(drawn.size()).subtract(drawn.extent()), drawn);
        assertEquals(
                countable(true, valid, covered(valid, drawn)),
                size(() -> convolved(drawn, Padding.VALID).small()),
                "Keras, valid");
        BigInteger same = big((drawn.size() - 1L) / drawn.stride() + 1);
        assertEquals(
                countable(true, same, covered(same, drawn)),
                size(() -> convolved(drawn, Padding.SAME).small()),
                "Keras, same");
        OnnxRule automatic = OnnxRule.kernelShape(drawn.kernel())
                .strides(drawn.stride())
                .dilations(drawn.dilation())
                .autoPad(AutoPad.SAME_UPPER);
        assertEquals(
                countable(true, same, covered(same, drawn)),
                size(() -> automatic.convolution(drawn.size()).small()),
                "ONNX, same");
        if (drawn.dilation() == 1) {
            assertEquals(
                    countable(true, windows, covered(windows, drawn)),
                    size(() -> GuideRule.convolutionAxis(drawn.size(), drawn.kernel(), drawn.stride(), drawn.padding())
                            .small()),
                    "guide");
        }
    }

    private static Axis convolved(Arguments of, Padding padding) {
        return KerasRule.convolution(of.size(), of.kernel(), of.stride(), of.dilation(), padding);
    }
}
