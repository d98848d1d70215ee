package transconv.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Goldens;

/** Every schedule at the first 16 steps, against Keras. */
class LearningRateSchedulesTest {

    static Stream<Arguments> schedules() {
        return Goldens.named("optimizers").list("schedules").stream()
                .map(entry -> Arguments.of(entry.get("name").asText(), entry));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schedules")
    void fallsAsInKeras(String name, JsonNode entry) {
        LearningRateSchedule schedule = KerasOptimizers.schedule(entry);
        JsonNode values = entry.get("values");
        assertEquals(16, values.size());
        double largest = 0;
        for (JsonNode value : values) {
            largest = Math.max(largest, value.asDouble());
        }
        for (int step = 0; step < values.size(); step++) {
            assertEquals(values.get(step).asDouble(), schedule.at(step), 1e-6 * largest, "step " + step);
        }
    }

    @Test
    void restartsExactlyWhereAWaveEnds() {
        // 5 waves of 1, 3, 9, 27 and 81 steps; log(243) / log(3) is below 5 in double.
        CosineDecayRestarts schedule = new CosineDecayRestarts(0.5, 1).tMul(3);
        assertEquals(0.5, schedule.at(121));
        assertEquals(0.5 * 0.5 * (1 + Math.cos(Math.PI * 80 / 81)), schedule.at(120), 1e-15);
    }

    @Test
    void anOptimizerShowsTheRateOfItsNextStep() {
        Adam adam = new Adam().learningRate(step -> step == 0 ? 0.5 : 0.25);
        assertEquals(0.5, adam.learningRate());
        assertEquals(0.001, new Adam().learningRate());
    }

    @Test
    void aScheduleIsReplacedByAScheduleOnly() {
        Adam adam = new Adam().learningRate(new CosineDecay(0.1, 10));
        adam.learningRate(new CosineDecay(0.2, 10));
        assertEquals(0.2, adam.learningRate());
        assertEquals(
                "adam: learningRate=0.1 after a schedule, CosineDecay; set another schedule, or make a new optimizer",
                assertThrows(IllegalArgumentException.class, () -> adam.learningRate(0.1))
                        .getMessage());
    }
}
