package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import transconv.Closeness;
import transconv.Goldens;
import transconv.config.Config;

/** Constraints against what Keras makes of the same weights. */
class ConstraintsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Goldens GOLDENS = Goldens.named("constraints");
    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void print() {
        System.out.println("constraints, " + CLOSENESS);
    }

    private static Constraint read(JsonNode written) {
        String name = written.get("class_name").asText();
        return Constraints.fromConfig(name, Config.of(name, JSON.convertValue(written.get("config"), Map.class)));
    }

    @TestFactory
    Stream<DynamicTest> equalKeras() {
        return GOLDENS.cases().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.get("name").asText(), () -> {
                    INDArray weight =
                            GOLDENS.array("weight/" + entry.get("weight").asText());
                    INDArray after = GOLDENS.array(entry, "after");
                    Constraint constraint = read(entry);
                    constraint.apply(weight);
                    CLOSENESS.require(entry.get("class_name").asText(), after, weight, 3e-7);
                    // each value by itself: those of tiny norm must not hide behind the others
                    double[] wanted = after.data().asDouble();
                    double[] received = weight.data().asDouble();
                    for (int i = 0; i < wanted.length; i++) {
                        assertEquals(wanted[i], received[i], 5e-7 * Math.abs(wanted[i]), "value " + i);
                    }
                    assertEquals(
                            json(JSON.convertValue(entry.get("config"), Map.class)),
                            json(constraint.config().values()));
                }));
    }

    /** Whole numbers and fractions alike: Keras writes the 2 of its default as it was given. */
    private static String json(Map<?, ?> settings) {
        return new TreeMap<>(settings).toString().replaceAll("max_value=2([,}])", "max_value=2.0$1");
    }

    @TestFactory
    Stream<DynamicTest> namesAndDefaultsAreKeras() {
        return Stream.of(
                        "max_norm",
                        "MaxNorm",
                        "non_neg",
                        "NonNeg",
                        "unit_norm",
                        "UnitNorm",
                        "min_max_norm",
                        "MinMaxNorm")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    JsonNode wanted = GOLDENS.document().get("defaults").get(name);
                    Constraint found = Constraints.named(name);
                    assertEquals(wanted.get("class_name").asText(), found.className());
                    assertEquals(
                            json(JSON.convertValue(wanted.get("config"), Map.class)),
                            json(found.config().values()));
                    Config layer =
                            Config.of("Dense", Map.of("kernel_constraint", JSON.convertValue(wanted, Map.class)));
                    assertEquals(
                            found.serialized(),
                            Constraints.read(layer, "kernel_constraint").serialized());
                }));
    }

    @Test
    void factoriesAreKerasDefaults() {
        assertEquals(
                Constraints.named("max_norm").serialized(),
                Constraints.maxNorm().serialized());
        assertEquals(
                Constraints.named("unit_norm").serialized(),
                Constraints.unitNorm().serialized());
        assertEquals(
                Constraints.named("min_max_norm").serialized(),
                Constraints.minMaxNorm().serialized());
        assertEquals(
                Constraints.named("non_neg").serialized(), Constraints.nonNeg().serialized());
        assertEquals(
                "{min_value=0.5, max_value=3.0, rate=0.25, axis=[0, 1, 2]}",
                Constraints.minMaxNorm(0.5, 3, 0.25)
                        .axis(0, 1, 2)
                        .config()
                        .values()
                        .toString());
        assertEquals(
                "{max_value=3.0, axis=null}",
                Constraints.maxNorm(3).allAxes().config().values().toString());
    }

    /** A weight may be a view of another order, or of double: it is changed where it stands. */
    @Test
    void changesViewsAndDoublesInPlace() {
        INDArray all = Nd4j.createFromArray(new double[][] {{3, -1, 8}, {4, 1, 6}});
        INDArray turned = all.transpose();
        Constraints.unitNorm().axis(1).apply(turned);
        assertEquals(DataType.DOUBLE, turned.dataType());
        double[][] wanted = {{0.6, -Math.sqrt(0.5), 0.8}, {0.8, Math.sqrt(0.5), 0.6}};
        for (int y = 0; y < 2; y++) {
            for (int x = 0; x < 3; x++) {
                assertEquals(wanted[y][x], all.getDouble(y, x), 1e-7);
            }
        }
        Constraints.nonNeg().apply(turned);
        assertEquals(0, all.getDouble(0, 1));
        assertEquals(0.6, all.getDouble(0, 0), 1e-7);
    }

    @Test
    void nanIsNotHidden() {
        INDArray weight = Nd4j.createFromArray(Float.NaN, -1f);
        Constraints.nonNeg().apply(weight);
        assertTrue(Double.isNaN(weight.getDouble(0)));
        assertEquals(0, weight.getDouble(1));
        Constraints.maxNorm().apply(weight);
        assertTrue(Double.isNaN(weight.getDouble(0)));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused(
                        "MaxNorm: maxValue=-1.0 must be finite and at least 0; give a length",
                        () -> Constraints.maxNorm(-1)),
                refused(
                        "MinMaxNorm: minValue=NaN must be finite and at least 0; give a length",
                        () -> Constraints.minMaxNorm(Double.NaN, 1)),
                refused(
                        "MinMaxNorm: minValue=2.0 must be at most maxValue=1.0; exchange them",
                        () -> Constraints.minMaxNorm(2, 1)),
                refused(
                        "MinMaxNorm: rate=1.5 must be at least 0 and at most 1; 1 is strict",
                        () -> Constraints.minMaxNorm(0, 1, 1.5)),
                refused(
                        "UnitNorm: axis=[] must name axes, each once; allAxes() makes one norm of all",
                        () -> Constraints.unitNorm().axis()),
                refused(
                        "UnitNorm: axis=[1, 1] must name axes, each once; allAxes() makes one norm of all",
                        () -> Constraints.unitNorm().axis(1, 1)),
                refused(
                        "UnitNorm: axis=[0, 2] does not fit a weight of shape (2, 3); name axes from 0 to 1, each once",
                        () -> Constraints.unitNorm().axis(0, 2).apply(Nd4j.ones(2, 3))),
                refused(
                        "MaxNorm: axis=[1, -1] does not fit a weight of shape (2, 3); name axes from 0 to 1, each once",
                        () -> Constraints.maxNorm().axis(1, -1).apply(Nd4j.ones(2, 3))),
                refused(
                        "constraint 'maxnorm' is not known; choose one of [max_norm, min_max_norm, non_neg, unit_norm]",
                        () -> Constraints.named("maxnorm")),
                refused(
                        "UnitNorm: setting 'max_value' is not known; there are [axis]",
                        () -> Constraints.fromConfig(
                                "UnitNorm", Config.of("UnitNorm").with("max_value", 1))));
    }

    private static Arguments refused(String message, Executable call) {
        return Arguments.of(message, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesInTheseWords(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void aLambdaSaysThatItCannotBeWrittenDown() {
        Constraint halved = weight -> weight.muli(0.5);
        String message = assertThrows(UnsupportedOperationException.class, halved::config)
                .getMessage();
        assertTrue(
                message.endsWith("is code and cannot be written down; take one of Constraints, or override config()"),
                message);
    }
}
