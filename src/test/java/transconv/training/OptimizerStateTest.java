package transconv.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import transconv.Goldens;
import transconv.config.Config;
import transconv.ops.Parameter;

/** What an optimizer has gathered goes out and in again, and the next steps are the same to the last bit. */
class OptimizerStateTest {

    private static final Goldens GOLDENS = Goldens.named("optimizers");
    private static final String WAY_OUT = "; restore the state of an optimizer with the same settings and parameters";

    static Stream<Arguments> cases() {
        return GOLDENS.cases().stream()
                .map(entry -> Arguments.of(entry.get("name").asText(), entry));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void goesOnToTheLastBit(String name, JsonNode entry) throws JsonProcessingException {
        for (int stop : new int[] {0, 1, 3}) {
            BaseOptimizer<?> whole = KerasOptimizers.optimizer(entry);
            List<Parameter> parameters = parameters();
            steps(whole, parameters, 1, stop);
            List<Parameter> copies = parameters.stream()
                    .map(p -> new Parameter(p.name(), p.value().dup('c')))
                    .toList();
            // Settings as a file has them.
            ObjectMapper json = new ObjectMapper();
            Map<?, ?> settings =
                    json.readValue(json.writeValueAsString(whole.config().values()), Map.class);
            Map<String, INDArray> state = whole.state(parameters);
            Optimizer resumed = Optimizer.fromConfig(whole.className(), Config.of(name, settings));
            resumed.restore(copies, state);
            steps(whole, parameters, stop + 1, 5);
            steps(resumed, copies, stop + 1, 5);
            for (int i = 0; i < copies.size(); i++) {
                assertArrayEquals(
                        bits(parameters.get(i).value()), bits(copies.get(i).value()), "stop " + stop + ", " + i);
            }
            assertEquals(exact(whole.state(parameters)), exact(resumed.state(copies)));
            assertEquals(whole.stateCount(), resumed.stateCount());
            assertEquals(entry.get("state_count").asLong(), length(resumed.state(copies)), "as Keras counts");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SGD        | {\"momentum\": 0.5} | iterations learning_rate conv2d/kernel/momentum",
                "SGD        | {} | iterations learning_rate",
                "RMSprop    | {} | iterations learning_rate conv2d/kernel/velocity",
                "RMSprop    | {\"momentum\": 0.5, \"centered\": true} | iterations learning_rate"
                        + " conv2d/kernel/velocity conv2d/kernel/momentum conv2d/kernel/average_gradient",
                "Adagrad    | {} | iterations learning_rate conv2d/kernel/accumulator",
                "Adadelta   | {} | iterations learning_rate conv2d/kernel/accumulated_grad"
                        + " conv2d/kernel/accumulated_delta_var",
                "Adam       | {} | iterations learning_rate conv2d/kernel/momentum conv2d/kernel/velocity",
                "AdamW      | {\"amsgrad\": true} | iterations learning_rate conv2d/kernel/momentum"
                        + " conv2d/kernel/velocity conv2d/kernel/velocity_hat",
                "Adamax     | {} | iterations learning_rate conv2d/kernel/momentum conv2d/kernel/norm",
                "Nadam      | {} | iterations learning_rate u_product conv2d/kernel/momentum conv2d/kernel/velocity",
                "Ftrl       | {} | iterations learning_rate conv2d/kernel/accumulator conv2d/kernel/linear",
            })
    void hasTheseNamesInThisOrder(String className, String settings, String names) throws JsonProcessingException {
        Optimizer optimizer = Optimizer.fromConfig(
                className, Config.of(className, new ObjectMapper().readValue(settings, Map.class)));
        List<Parameter> parameters = List.of(new Parameter("conv2d/kernel", Nd4j.ones(DataType.FLOAT, 2, 3)));
        optimizer.step(parameters, List.of(Nd4j.ones(DataType.FLOAT, 2, 3)));
        assertEquals(
                List.of(names.split(" ")),
                List.copyOf(optimizer.state(parameters).keySet()));
    }

    @Test
    void whatWentOutIsACopy() {
        Adam adam = new Adam();
        List<Parameter> parameters = parameters();
        steps(adam, parameters, 1, 1);
        Map<String, INDArray> state = adam.state(parameters);
        INDArray before = state.get("variable 0/momentum").dup();
        adam.restore(parameters, state);
        steps(adam, parameters, 2, 2);
        assertEquals(before, state.get("variable 0/momentum"));
        assertEquals(1, state.get("iterations").getLong(0));
    }

    @Test
    void aParameterThatMadeNoStepYetStartsAnew() {
        Adagrad adagrad = new Adagrad();
        List<Parameter> parameters = parameters();
        adagrad.step(parameters.subList(0, 1), List.of(GOLDENS.array("gradient.1/0")));
        assertEquals(Nd4j.createFromArray(0.1f, 0.1f), adagrad.state(parameters).get("variable 1/accumulator"));
    }

    private interface Change {
        void of(Map<String, INDArray> state);
    }

    static Stream<Arguments> wrong() {
        String names = "[iterations, learning_rate, variable 0/momentum, variable 0/velocity, variable 1/momentum,"
                + " variable 1/velocity, variable 2/momentum, variable 2/velocity]";
        return Stream.of(
                wrong(
                        "adam: state 'variable 1/velocity' is missing, there are "
                                + names.replace(" variable 1/velocity,", "") + WAY_OUT,
                        state -> state.remove("variable 1/velocity")),
                wrong(
                        "adam: state 'iterations' is missing, there are " + names.replace("iterations, ", "") + WAY_OUT,
                        state -> state.remove("iterations")),
                wrong(
                        "adam: state 'variable 1/norm' belongs to nothing in it" + WAY_OUT,
                        state -> state.put("variable 1/norm", Nd4j.ones(2))),
                wrong(
                        "adam: state 'variable 2/velocity' has shape [4] of FLOAT, the parameter [2, 2] of FLOAT"
                                + WAY_OUT,
                        state -> state.put("variable 2/velocity", Nd4j.ones(DataType.FLOAT, 4))),
                wrong(
                        "adam: state 'variable 2/velocity' has shape [2, 2] of DOUBLE, the parameter [2, 2] of FLOAT"
                                + WAY_OUT,
                        state -> state.put("variable 2/velocity", Nd4j.ones(DataType.DOUBLE, 2, 2))),
                wrong(
                        "adam: state 'iterations' is 1.5, it must be a whole number at least 0" + WAY_OUT,
                        state -> state.put("iterations", Nd4j.scalar(1.5))),
                wrong(
                        "adam: state 'iterations' is -1.0, it must be a whole number at least 0" + WAY_OUT,
                        state -> state.put("iterations", Nd4j.scalar(-1L))),
                wrong(
                        "adam: state 'iterations' has shape [2], it must be one number" + WAY_OUT,
                        state -> state.put("iterations", Nd4j.createFromArray(1L, 2L))),
                wrong(
                        "adam: state 'variable 0/momentum' belongs to nothing in it" + WAY_OUT,
                        state -> state.put("iterations", Nd4j.scalar(0L))),
                wrong(
                        "adam: state learning_rate=NaN must be a finite number at least 0; change it or leave it at its"
                                + " default",
                        state -> state.put("learning_rate", Nd4j.scalar(Double.NaN))));
    }

    private static Arguments wrong(String message, Change change) {
        return Arguments.of(message, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void aWrongStateChangesNothing(String message, Change change) {
        List<Parameter> parameters = parameters();
        Adam other = new Adam();
        steps(other, parameters, 1, 2);
        Map<String, INDArray> state = new LinkedHashMap<>(other.state(parameters));
        change.of(state);

        Adam adam = new Adam().learningRate(0.5);
        steps(adam, parameters, 1, 1);
        Map<String, List<Double>> before = exact(adam.state(parameters));
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> adam.restore(parameters, state))
                        .getMessage());
        assertEquals(before, exact(adam.state(parameters)));
    }

    @Test
    void aScheduleNeedsNoRateInTheState() {
        List<Parameter> parameters = parameters();
        Adam scheduled = new Adam().learningRate(new CosineDecay(0.1, 10));
        steps(scheduled, parameters, 1, 1);
        assertEquals(false, scheduled.state(parameters).containsKey("learning_rate"));
        Adam fixed = new Adam();
        String message = assertThrows(
                        IllegalArgumentException.class, () -> fixed.restore(parameters, scheduled.state(parameters)))
                .getMessage();
        assertEquals(true, message.startsWith("adam: state 'learning_rate' is missing"), message);
    }

    @Test
    void twoParametersOfOneNameAreRefused() {
        List<Parameter> twins = List.of(new Parameter("w", Nd4j.ones(2)), new Parameter("w", Nd4j.ones(2)));
        assertEquals(
                "sgd: two parameters are named 'w', so their state cannot be told apart; rename one",
                assertThrows(IllegalArgumentException.class, () -> new SGD().state(twins))
                        .getMessage());
    }

    private static void steps(Optimizer optimizer, List<Parameter> parameters, int first, int last) {
        for (int step = first; step <= last; step++) {
            List<INDArray> gradients = new ArrayList<>();
            for (int i = 0; i < parameters.size(); i++) {
                gradients.add(GOLDENS.array("gradient.%d/%d".formatted(step, i)));
            }
            optimizer.step(parameters, gradients);
        }
    }

    private static List<Parameter> parameters() {
        return IntStream.range(0, 3)
                .mapToObj(i -> new Parameter("variable " + i, GOLDENS.array("start/" + i)))
                .toList();
    }

    private static int[] bits(INDArray array) {
        float[] values = array.dup('c').data().asFloat();
        return IntStream.range(0, values.length)
                .map(i -> Float.floatToRawIntBits(values[i]))
                .toArray();
    }

    /** To the last bit, where ND4J's own comparison allows a tolerance. */
    private static Map<String, List<Double>> exact(Map<String, INDArray> state) {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        state.forEach((name, array) -> values.put(
                name, DoubleStream.of(array.data().asDouble()).boxed().toList()));
        return values;
    }

    private static long length(Map<String, INDArray> state) {
        return state.values().stream().mapToLong(INDArray::length).sum();
    }
}
