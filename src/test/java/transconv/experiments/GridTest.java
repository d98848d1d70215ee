package transconv.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import transconv.layers.DataFormat;

class GridTest {

    private static final Setting SETTING = Grid.of()
            .vary("kernel", 3)
            .vary("large", 1L << 40)
            .vary("rate", 0.1f)
            .vary("bias", true)
            .vary("format", DataFormat.CHANNELS_FIRST)
            .settings()
            .get(0);

    @Test
    void theLastParameterChangesFastest() {
        assertEquals(
                List.of("kernel=2, strides=1", "kernel=3, strides=1", "kernel=3, strides=2"),
                Grid.of()
                        .vary("kernel", 2, 3)
                        .vary("strides", 1, 2)
                        .exclude(setting -> setting.integer("kernel") == setting.integer("strides"))
                        .settings()
                        .stream()
                        .map(Setting::toString)
                        .toList());
    }

    @Test
    void withoutParametersThereIsOneSetting() {
        assertEquals(
                List.of(Map.of()),
                Grid.of().settings().stream().map(Setting::values).toList());
    }

    @Test
    void valuesAreReadAsWhatTheyAre() {
        assertEquals(3, SETTING.integer("kernel"));
        assertEquals(3.0, SETTING.number("kernel"));
        assertEquals(1L << 40, SETTING.whole("large"));
        assertEquals(0.1, SETTING.number("rate"));
        assertEquals(true, SETTING.truth("bias"));
        assertEquals("CHANNELS_FIRST", SETTING.text("format"));
        assertEquals(DataFormat.CHANNELS_FIRST, SETTING.choice("format", DataFormat.class));
    }

    @TestFactory
    Stream<DynamicTest> slipsAreRefused() {
        Object[] many = IntStream.range(0, 1000).boxed().toArray();
        return Map.<String, Executable>ofEntries(
                        Map.entry(
                                "setting has no parameter 'stride'; there are [kernel, large, rate, bias, format]",
                                () -> SETTING.integer("stride")),
                        Map.entry("setting: rate=0.1 must be a whole number", () -> SETTING.integer("rate")),
                        Map.entry(
                                "setting: large=1099511627776 must fit into an int; read it with whole(\"large\")",
                                () -> SETTING.integer("large")),
                        Map.entry("setting: bias=true must be a number", () -> SETTING.number("bias")),
                        Map.entry("setting: kernel=3 must be true or false", () -> SETTING.truth("kernel")),
                        Map.entry("setting: kernel=3 must be text", () -> SETTING.text("kernel")),
                        Map.entry(
                                "setting: format=CHANNELS_FIRST must be one of [NEW, RUNNABLE, BLOCKED, WAITING,"
                                        + " TIMED_WAITING, TERMINATED]",
                                () -> SETTING.choice("format", Thread.State.class)),
                        Map.entry("Grid: parameter name ' ' is blank; give it one", () -> Grid.of()
                                .vary(" ", 1)),
                        Map.entry(
                                "Grid: parameter 'k' is there already; vary it once, with all values",
                                () -> Grid.of().vary("k", 1).vary("k", 2)),
                        Map.entry("Grid: parameter 'k' has no values; give at least one", () -> Grid.of()
                                .vary("k")),
                        Map.entry("Grid: k=1 is there twice; leave one out", () -> Grid.of()
                                .vary("k", 1, 2, 1)),
                        Map.entry("Grid: k=NaN must be finite", () -> Grid.of().vary("k", Double.NaN)),
                        Map.entry(
                                "Grid: k=[] is a ListN; a value is a number, text, a truth value or an enum's constant",
                                () -> Grid.of().vary("k", List.of())),
                        Map.entry("Grid: seed=0.5 must be a whole number; it seeds the run", () -> Grid.of()
                                .vary("seed", 0.5)),
                        Map.entry(
                                "Grid: [a, b] makes more than 100,000 settings; vary fewer values",
                                () -> Grid.of().vary("a", many).vary("b", many)),
                        Map.entry("Measures: name 'a' is blank or taken; names so far: [a]", () -> Measures.of("a", 1)
                                .and("a", 2)),
                        Map.entry("Experiment: parallel=0 must be at least 1", () -> Experiment.of("x", setting -> null)
                                .parallel(0)),
                        Map.entry("Experiment: grid {k=[1]}: 0 settings excludes every setting", () -> Experiment.of(
                                        "x", setting -> null)
                                .grid(Grid.of().vary("k", 1).exclude(setting -> true))
                                .run()))
                .entrySet()
                .stream()
                .map(slip -> DynamicTest.dynamicTest(
                        slip.getKey(),
                        () -> assertEquals(
                                slip.getKey(),
                                assertThrows(IllegalArgumentException.class, slip.getValue())
                                        .getMessage())));
    }
}
