package transconv.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import transconv.Goldens;
import transconv.config.Config;

/** Optimizers and schedules written down as Keras does, and made from what Keras wrote. */
class OptimizerConfigTest {

    private static final Goldens GOLDENS = Goldens.named("optimizer-configs");
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Arguments> cases() {
        return GOLDENS.cases().stream()
                .map(entry -> Arguments.of(entry.get("optimizer").toString(), entry));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void readsAndWritesWhatKerasWrites(String name, JsonNode entry) {
        Map<?, ?> written = JSON.convertValue(entry.get("optimizer"), Map.class);
        String className = (String) written.get("class_name");
        Map<?, ?> settings = (Map<?, ?>) written.get("config");
        Optimizer optimizer = Optimizer.fromConfig(className, Config.of(className, settings));
        assertEquals(className, optimizer.className());
        assertEquals(comparable(settings), comparable(optimizer.config().values()));
        JsonNode rates = entry.get("rates");
        if (!rates.isEmpty()) {
            Config rate = Config.of(className, settings).part("learning_rate");
            LearningRateSchedule schedule =
                    LearningRateSchedule.fromConfig(rate.text("class_name"), rate.part("config"));
            for (int step = 0; step < rates.size(); step++) {
                assertEquals(rates.get(step).asDouble(), schedule.at(step), 1e-7, "step " + step);
            }
        }
    }

    @Test
    void everyOptimizerAndScheduleIsAmongTheCases() {
        List<String> optimizers = GOLDENS.cases().stream()
                .map(entry -> entry.get("optimizer").get("class_name").asText())
                .distinct()
                .sorted()
                .toList();
        assertEquals(
                List.of("Adadelta", "Adagrad", "Adam", "AdamW", "Adamax", "Ftrl", "Nadam", "RMSprop", "SGD"),
                optimizers);
        List<String> schedules = GOLDENS.cases().stream()
                .map(entry -> entry.at("/optimizer/config/learning_rate/class_name"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .distinct()
                .sorted()
                .toList();
        assertEquals(
                List.of(
                        "CosineDecay",
                        "CosineDecayRestarts",
                        "ExponentialDecay",
                        "InverseTimeDecay",
                        "PiecewiseConstantDecay",
                        "PolynomialDecay"),
                schedules);
    }

    /** Without what has no counterpart here, and without names; numbers as floats, since Keras' rates are. */
    private static Object comparable(Object written) {
        if (written instanceof Map<?, ?> map) {
            Map<String, Object> kept = new TreeMap<>();
            map.forEach((name, value) -> {
                if (!List.of("name", "module", "registered_name").contains(name)
                        && !KerasOnlySettings.NAMES.contains(name)) {
                    kept.put((String) name, comparable(value));
                }
            });
            return kept;
        }
        if (written instanceof List<?> list) {
            return list.stream().map(OptimizerConfigTest::comparable).toList();
        }
        return written instanceof Number number ? (Object) number.floatValue() : written;
    }

    @Test
    void aNullOfWeightDecayIsNone() {
        Optimizer optimizer = Optimizer.fromConfig("AdamW", config("weight_decay", null));
        assertEquals(null, optimizer.config().values().get("weight_decay"));
        assertEquals(0.004, Optimizer.named("AdamW").config().number("weight_decay"));
    }

    @Test
    void theRateIsThePresentOne() {
        Adam adam = new Adam().learningRate(0.1);
        adam.setLearningRate(0.025);
        assertEquals(0.025, adam.config().number("learning_rate"));
        assertEquals(0.025, adam.learningRate());
        adam.setLearningRate(0);
        assertEquals(0, Optimizer.fromConfig("Adam", adam.config()).learningRate());
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused(
                        "Adam: setting 'beta' is not known; there are [amsgrad, beta_1, beta_2, clipnorm, clipvalue,"
                                + " ema_momentum, ema_overwrite_frequency, epsilon, global_clipnorm,"
                                + " gradient_accumulation_steps, learning_rate, loss_scale_factor, name, use_ema,"
                                + " weight_decay]",
                        () -> Optimizer.fromConfig("Adam", config("beta", 0.5))),
                refused(
                        "Adam: setting 'beta_1' is null; it must be a number",
                        () -> Optimizer.fromConfig("Adam", config("beta_1", null))),
                refused(
                        "adam: beta1=1.5 must be at least 0 and below 1; change it or leave it at its default",
                        () -> Optimizer.fromConfig("Adam", config("beta_1", 1.5))),
                refused(
                        "Adam: setting 'amsgrad' is 1; it must be true or false",
                        () -> Optimizer.fromConfig("Adam", config("amsgrad", 1))),
                refused(
                        "adam: learningRate=-0.5 must be a finite number at least 0; change it or leave it at its"
                                + " default",
                        () -> Optimizer.fromConfig("Adam", config("learning_rate", -0.5))),
                refused(
                        "Adam: setting 'learning_rate' is fast; it must be a number",
                        () -> Optimizer.fromConfig("Adam", config("learning_rate", "fast"))),
                refused(
                        "Adam: setting 'use_ema' is true, which is not supported; leave it out",
                        () -> Optimizer.fromConfig("Adam", config("use_ema", true))),
                refused(
                        "Adam: setting 'gradient_accumulation_steps' is 4, which is not supported; leave it out",
                        () -> Optimizer.fromConfig("Adam", config("gradient_accumulation_steps", 4))),
                refused(
                        "Adam: setting 'loss_scale_factor' is 2.0, which is not supported; leave it out",
                        () -> Optimizer.fromConfig("Adam", config("loss_scale_factor", 2.0))),
                refused(
                        "adam: clipvalue=0.5 beside clipnorm=1.0; set only one of clipnorm, clipvalue and"
                                + " globalClipnorm",
                        () -> Optimizer.fromConfig(
                                "Adam", config("clipnorm", 1.0).with("clipvalue", 0.5))),
                refused(
                        "optimizer 'Lion' is not known; choose one of [adadelta, adagrad, adam, adamax, adamw, ftrl,"
                                + " nadam, rmsprop, sgd]",
                        () -> Optimizer.fromConfig("Lion", Config.of("Lion"))),
                refused(
                        "schedule 'Linear' is not known; choose one of [CosineDecay, CosineDecayRestarts,"
                                + " ExponentialDecay, InverseTimeDecay, PiecewiseConstantDecay, PolynomialDecay]",
                        () -> Optimizer.fromConfig("Adam", config("learning_rate", schedule("Linear", Map.of())))),
                refused(
                        "Adam.learning_rate.config: setting 'decay_steps' is 2.5; it must be a whole number",
                        () -> Optimizer.fromConfig("Adam", config("learning_rate", exponential(2.5, 0.5)))),
                refused(
                        "ExponentialDecay: decayRate=-0.5 must be a finite number above 0; change it or leave it at"
                                + " its default",
                        () -> Optimizer.fromConfig("Adam", config("learning_rate", exponential(4, -0.5)))),
                refused(
                        "Adam.learning_rate: setting 'clas' is not known; there are [class_name, config, module,"
                                + " registered_name]",
                        () -> Optimizer.fromConfig("Adam", config("learning_rate", Map.of("clas", "CosineDecay")))),
                refused(
                        "P: setting 'boundaries' is 1.5; it must be a whole number",
                        () -> LearningRateSchedule.fromConfig(
                                "PiecewiseConstantDecay",
                                Config.of("P").with("boundaries", List.of(1.5)).with("values", List.of(1, 2)))),
                refused(
                        "P: setting 'values' is b; it must be a number",
                        () -> LearningRateSchedule.fromConfig(
                                "PiecewiseConstantDecay",
                                Config.of("P").with("boundaries", List.of(1)).with("values", List.of(1, "b")))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refuses(String message, Executable wrong) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, wrong).getMessage());
    }

    @Test
    void aDecayWithoutItsRateIsRefused() {
        String message = assertThrows(
                        IllegalStateException.class,
                        () -> LearningRateSchedule.fromConfig(
                                "ExponentialDecay",
                                Config.of("E")
                                        .with("initial_learning_rate", 0.1)
                                        .with("decay_steps", 3)))
                .getMessage();
        assertEquals("ExponentialDecay: decayRate is not set; add .decayRate(0.96) or the rate you want", message);
    }

    @Test
    void codeCannotBeWrittenDown() {
        Adam adam = new Adam().learningRate(step -> 0.1);
        assertEquals(
                "LearningRateSchedule: code of your own cannot be saved; use one of Keras' schedules, such as"
                        + " ExponentialDecay, or save the weights only",
                assertThrows(UnsupportedOperationException.class, adam::config).getMessage());
    }

    @Test
    void aRateIsNotSetBesideASchedule() {
        Adam adam = new Adam().learningRate(new CosineDecay(0.5, 10));
        assertEquals(
                "adam: learningRate=0.1 cannot be set beside a schedule, CosineDecay; leave out the schedule, or what"
                        + " sets the rate",
                assertThrows(IllegalStateException.class, () -> adam.setLearningRate(0.1))
                        .getMessage());
        assertEquals(0.5, adam.learningRate());
    }

    private static Arguments refused(String message, Executable wrong) {
        return Arguments.of(message, wrong);
    }

    private static Config config(String name, Object value) {
        return Config.of("Adam").with(name, value);
    }

    private static Map<String, Object> schedule(String className, Map<String, Object> config) {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("class_name", className);
        written.put("config", config);
        return written;
    }

    private static Map<String, Object> exponential(Object steps, double rate) {
        return schedule(
                "ExponentialDecay", Map.of("initial_learning_rate", 0.1, "decay_steps", steps, "decay_rate", rate));
    }
}
