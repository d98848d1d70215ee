package transconv;

import java.util.stream.Stream;

/**
 * The engines that tests of numbers run on, by name. A parameterized test takes them by
 * {@code @MethodSource("transconv.EnginesUnderTest#names")}.
 */
public final class EnginesUnderTest {

    private EnginesUnderTest() {}

    /** All engines. */
    public static Stream<String> names() {
        return Stream.concat(Stream.of("reference"), floats());
    }

    /** The engines that compute in floats, which are held to the reference engine. */
    public static Stream<String> floats() {
        return Stream.of("nd4j", "vector", "onednn");
    }
}
