package transconv.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Goldens;
import transconv.ops.Parameter;

/** Five steps of every optimizer on given gradients, and their counts of state, against Keras. */
class OptimizersTest {

    private static final Goldens GOLDENS = Goldens.named("optimizers");
    private static final int VARIABLES = GOLDENS.document().get("variables").asInt();
    private static double worst;
    private static String worstPlace;

    @AfterAll
    static void printWorst() {
        System.out.println("optimizers, worst deviation relative to the largest value: " + worst + " in " + worstPlace);
    }

    static Stream<Arguments> cases() {
        return GOLDENS.cases().stream()
                .map(entry -> Arguments.of(entry.get("name").asText(), entry));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void stepsAsKerasDoes(String name, JsonNode entry) {
        BaseOptimizer<?> optimizer = KerasOptimizers.optimizer(entry);
        List<Parameter> parameters = parameters();
        assertEquals(0, optimizer.stateCount(), "before the first step");
        for (int step = 1; step <= GOLDENS.document().get("steps").asInt(); step++) {
            List<INDArray> gradients = gradients(step);
            optimizer.step(parameters, gradients);
            assertEquals(gradients(step), gradients, "gradients are left as they are");
            for (int i = 0; i < VARIABLES; i++) {
                String place = "%s.%d/%d".formatted(name, step, i);
                requireClose(place, GOLDENS.array(place), parameters.get(i).value(), 1e-5);
            }
        }
        assertEquals(entry.get("state_count").asLong(), optimizer.stateCount());
        assertEquals(GOLDENS.document().get("steps").asLong(), optimizer.iterations());
    }

    @Test
    void everyOptimizerAndArgumentIsAmongTheCases() {
        JsonNode defaults = GOLDENS.document().get("defaults");
        assertEquals(9, defaults.size());
        List<String> unset = new ArrayList<>();
        defaults.fields().forEachRemaining(kind -> kind.getValue().fieldNames().forEachRemaining(argument -> {
            // The clippings are one code for all.
            if (!argument.contains("clip")
                    && GOLDENS.cases().stream()
                            .noneMatch(c -> c.get("optimizer").asText().equals(kind.getKey())
                                    && c.get("config").has(argument))) {
                unset.add(kind.getKey() + "." + argument);
            }
        }));
        assertEquals(List.of("Adam.weight_decay"), unset, "AdamW sets it, on the same code");
    }

    @ParameterizedTest
    @CsvSource({
        "adadelta, Adadelta",
        "adagrad, Adagrad",
        "adam, Adam",
        "adamax, Adamax",
        "adamw, AdamW",
        "ftrl, Ftrl",
        "nadam, Nadam",
        "rmsprop, RMSprop",
        "sgd, SGD"
    })
    void isKnownByKerasNames(String name, String className) {
        for (String given : List.of(name, className)) {
            Optimizer optimizer = Optimizer.named(given);
            assertEquals(className, optimizer.getClass().getSimpleName());
            assertEquals(name, optimizer.name());
        }
    }

    @Test
    void adamInDoubleFollowsThePaper() {
        INDArray value = Nd4j.createFromArray(1.0);
        Adam adam = new Adam().learningRate(0.1);
        adam.step(List.of(new Parameter("w", value)), List.of(Nd4j.createFromArray(-3.0)));
        // The first step is the learning rate, against the sign, but for epsilon / sqrt(1 - beta2).
        assertEquals(1 + 0.1 * 3 / (3 + 1e-7 / Math.sqrt(0.001)), value.getDouble(0), 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"clipnorm", "clipvalue", "globalClipnorm"})
    void clippingHidesNoNaN(String kind) {
        INDArray value = Nd4j.createFromArray(1f, 2f);
        SGD sgd = new SGD();
        switch (kind) {
            case "clipnorm" -> sgd.clipnorm(1);
            case "clipvalue" -> sgd.clipvalue(1);
            default -> sgd.globalClipnorm(1);
        }
        sgd.step(List.of(new Parameter("w", value)), List.of(Nd4j.createFromArray(Float.NaN, 1f)));
        assertTrue(Float.isNaN(value.getFloat(0)), value.toString());
        assertEquals(!kind.equals("clipvalue"), Float.isNaN(value.getFloat(1)), "as in Keras: " + value);
    }

    @Test
    void aValueThatIsInfiniteIsClipped() {
        INDArray value = Nd4j.createFromArray(0f, 0f);
        new SGD()
                .learningRate(1)
                .clipvalue(0.5)
                .step(
                        List.of(new Parameter("w", value)),
                        List.of(Nd4j.createFromArray(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY)));
        assertArrayEquals(new float[] {-0.5f, 0.5f}, value.toFloatVector());
    }

    @Test
    void readsGradientsThatAreViews() {
        for (BaseOptimizer<?> optimizer : List.of(new SGD().clipnorm(1), new Adam(), new Ftrl().globalClipnorm(1))) {
            INDArray whole =
                    Nd4j.arange(24).castTo(DataType.FLOAT).reshape(4, 6).subi(9);
            INDArray view = whole.transpose().get(NDArrayIndex.interval(1, 4));
            INDArray ofView = Nd4j.ones(DataType.FLOAT, 3, 4);
            INDArray ofCopy = Nd4j.ones(DataType.FLOAT, 3, 4);
            optimizer.step(List.of(new Parameter("w", ofView)), List.of(view));
            Optimizer other = optimizer instanceof SGD
                    ? new SGD().clipnorm(1)
                    : optimizer instanceof Adam ? new Adam() : new Ftrl().globalClipnorm(1);
            other.step(List.of(new Parameter("w", ofCopy)), List.of(view.dup('c')));
            assertEquals(ofCopy, ofView, optimizer.name());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adadelta", "adagrad", "adam", "adamax", "adamw", "ftrl", "nadam", "rmsprop", "sgd"})
    void makesNoArraysAfterTheFirstStep(String name) {
        BaseOptimizer<?> optimizer = (BaseOptimizer<?>) Optimizer.named(name);
        optimizer.weightDecay(0.1).globalClipnorm(1);
        List<Parameter> parameters = List.of(new Parameter("w", Nd4j.ones(DataType.FLOAT, 500, 1000)));
        List<INDArray> gradients = List.of(Nd4j.ones(DataType.FLOAT, 500, 1000));
        optimizer.step(parameters, gradients);
        WorkspaceConfiguration room = WorkspaceConfiguration.builder()
                .initialSize(100_000_000)
                .policyLearning(LearningPolicy.NONE)
                .build();
        try (MemoryWorkspace workspace =
                Nd4j.getWorkspaceManager().getAndActivateWorkspace(room, "arrays of " + name)) {
            optimizer.step(parameters, gradients);
            // Single numbers are made, arrays of 2 MB are not.
            long made = workspace.getThisCycleAllocations();
            assertTrue(made < 10_000, name + ": " + made + " bytes");
        } finally {
            Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
        }
    }

    @Test
    void theLearningRateMayChangeBetweenSteps() {
        INDArray value = Nd4j.createFromArray(1f);
        List<Parameter> parameters = List.of(new Parameter("w", value));
        List<INDArray> gradients = List.of(Nd4j.createFromArray(1f));
        SGD sgd = new SGD().learningRate(0.5);
        sgd.step(parameters, gradients);
        sgd.learningRate(0.25).step(parameters, gradients);
        assertArrayEquals(new float[] {0.25f}, value.toFloatVector());
    }

    @Test
    void aWrongStepChangesNothing() {
        List<Parameter> parameters = parameters();
        Adam adam = new Adam();
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> adam.step(parameters, gradients(1).subList(0, 2)))
                .getMessage();
        assertEquals("adam: 2 gradients for 3 parameters; give one for each, in the same order", message);
        List<INDArray> swapped = new ArrayList<>(gradients(1));
        swapped.set(1, swapped.get(2));
        message = assertThrows(IllegalArgumentException.class, () -> adam.step(parameters, swapped))
                .getMessage();
        assertEquals(
                "adam: gradient of variable 1 has shape [2, 2], the parameter [2]; give the gradient of this parameter",
                message);
        assertEquals(
                parameters().stream().map(Parameter::value).toList(),
                parameters.stream().map(Parameter::value).toList());
        assertEquals(0, adam.iterations());
    }

    private static List<Parameter> parameters() {
        return IntStream.range(0, VARIABLES)
                .mapToObj(i -> new Parameter("variable " + i, GOLDENS.array("start/" + i)))
                .toList();
    }

    private static List<INDArray> gradients(int step) {
        return IntStream.range(0, VARIABLES)
                .mapToObj(i -> GOLDENS.array("gradient.%d/%d".formatted(step, i)))
                .toList();
    }

    private static void requireClose(String place, INDArray expected, INDArray actual, double tolerance) {
        double largest = expected.amaxNumber().doubleValue();
        double deviation = expected.sub(actual).amaxNumber().doubleValue() / largest;
        if (largest == 0) {
            assertEquals(expected, actual, place);
            return;
        }
        if (deviation > worst) {
            worst = deviation;
            worstPlace = place;
        }
        assertTrue(
                deviation <= tolerance,
                "%s: %s relative to the largest value %s%nexpected %s%nactual %s"
                        .formatted(place, deviation, largest, expected, actual));
    }
}
