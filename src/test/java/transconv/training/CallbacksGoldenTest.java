package transconv.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Goldens;

/** Callbacks do what Keras' do when told the same course of training. */
class CallbacksGoldenTest {

    private static final Goldens GOLDENS = Goldens.named("callbacks");

    @TempDir
    Path folder;

    /** What Keras logged in one epoch. */
    private record Epoch(List<Map<String, Double>> batches, Map<String, Double> logs) {}

    static Stream<Arguments> cases() {
        return GOLDENS.cases().stream()
                .map(entry -> Arguments.of(entry.get("name").asText(), entry));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void doesAsKerasDoes(String name, JsonNode entry) throws IOException {
        Callback callback = KerasCallbacks.callback(entry, folder);
        FakeProgress progress = new FakeProgress();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream console = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            for (int fit = 0; fit < entry.get("fits").size(); fit++) {
                run(
                        callback,
                        progress,
                        epochs(entry.get("fits").get(fit)),
                        entry.get("runs").get(fit));
            }
        } finally {
            System.setOut(console);
        }
        assertEquals(texts(entry.get("saved"), " "), local(progress.model.saved), "saved");
        assertEquals(
                texts(entry.get("printed"), ""),
                local(printed.toString(StandardCharsets.UTF_8).lines().toList()));
        Path csv = folder.resolve("log.csv");
        assertEquals(!entry.get("csv").isNull(), Files.exists(csv));
        if (Files.exists(csv)) {
            assertEquals(entry.get("csv").asText(), Files.readString(csv));
        }
    }

    private void run(Callback callback, FakeProgress progress, List<Epoch> epochs, JsonNode wanted) {
        List<Double> rates = new ArrayList<>();
        List<Double> logged = new ArrayList<>();
        progress.stopped = false;
        progress.logs.clear();
        callback.onTrainBegin(progress);
        for (int epoch = 0; epoch < epochs.size() && !progress.stopped; epoch++) {
            progress.logs.clear();
            callback.onEpochBegin(progress.at(epoch, 0));
            progress.model.weight(epoch);
            List<Map<String, Double>> batches = epochs.get(epoch).batches();
            for (int batch = 0; batch < batches.size() && !progress.stopped; batch++) {
                callback.onTrainBatchBegin(progress.at(epoch, batch));
                progress.logs.putAll(batches.get(batch));
                callback.onTrainBatchEnd(progress.at(epoch, batch + 1));
            }
            progress.logs.putAll(epochs.get(epoch).logs());
            callback.onEpochEnd(progress);
            rates.add(progress.model.optimizer.learningRate());
            logged.add(progress.logs.get("learning_rate"));
        }
        callback.onTrainEnd(progress);
        assertEquals(wanted.get("epochs_run").asInt(), rates.size(), "epochs run");
        assertEquals(wanted.get("weights").asDouble(), progress.model.weight(), "weights of the epoch");
        for (int epoch = 0; epoch < rates.size(); epoch++) {
            double rate = wanted.get("rates").get(epoch).asDouble();
            // Keras keeps the rate as a float.
            assertEquals(rate, rates.get(epoch), 1e-7 * rate, "rate after epoch " + epoch);
            JsonNode wantedLog = wanted.get("logged_rates").get(epoch);
            assertEquals(wantedLog.isNull(), logged.get(epoch) == null, "whether the rate is logged");
            if (!wantedLog.isNull()) {
                assertEquals(wantedLog.asDouble(), logged.get(epoch), 1e-7 * wantedLog.asDouble());
            }
        }
    }

    @Test
    void everyCallbackIsAmongTheCases() {
        TreeSet<String> kinds = new TreeSet<>();
        GOLDENS.cases().forEach(entry -> kinds.add(entry.get("callback").asText()));
        assertEquals(
                "[CSVLogger, EarlyStopping, LearningRateScheduler, ModelCheckpoint, ReduceLROnPlateau, TerminateOnNaN]",
                kinds.toString());
        assertEquals(125, GOLDENS.cases().size());
    }

    @Test
    void knowsTheWayOfEveryMetricOfKeras() {
        JsonNode directions = GOLDENS.document().get("directions");
        assertFalse(directions.isEmpty());
        directions.fields().forEachRemaining(metric -> {
            Optional<MonitorMode> wanted =
                    switch (metric.getValue().asText()) {
                        case "up" -> Optional.of(MonitorMode.MAX);
                        case "down" -> Optional.of(MonitorMode.MIN);
                        default -> Optional.empty();
                    };
            assertEquals(wanted, MonitorMode.of(metric.getKey()), metric.getKey());
            assertEquals(wanted, MonitorMode.of("val_digit_" + metric.getKey() + "_2"), metric.getKey());
        });
    }

    private List<String> local(List<String> texts) {
        return texts.stream()
                .map(text -> text.replace('\\', '/').replace(folder.toString().replace('\\', '/') + "/", ""))
                .toList();
    }

    private static List<String> texts(JsonNode list, String between) {
        List<String> texts = new ArrayList<>();
        for (JsonNode one : list) {
            List<String> parts = new ArrayList<>();
            one.forEach(part -> parts.add(part.asText()));
            texts.add(one.isTextual() ? one.asText() : String.join(between, parts));
        }
        return texts;
    }

    private static List<Epoch> epochs(JsonNode fit) {
        List<Epoch> epochs = new ArrayList<>();
        if (fit.isObject()) {
            for (int i = 0; i < fit.iterator().next().size(); i++) {
                Map<String, Double> logs = new LinkedHashMap<>();
                int epoch = i;
                fit.fields()
                        .forEachRemaining(log ->
                                logs.put(log.getKey(), number(log.getValue().get(epoch))));
                epochs.add(new Epoch(List.of(), logs));
            }
            return epochs;
        }
        for (JsonNode epoch : fit) {
            List<Map<String, Double>> batches = new ArrayList<>();
            if (epoch.isArray()) {
                epoch.get(0).forEach(batch -> batches.add(logs(batch)));
            }
            epochs.add(new Epoch(batches, logs(epoch.isArray() ? epoch.get(1) : epoch)));
        }
        return epochs;
    }

    private static Map<String, Double> logs(JsonNode object) {
        Map<String, Double> logs = new LinkedHashMap<>();
        object.fields().forEachRemaining(log -> logs.put(log.getKey(), number(log.getValue())));
        return logs;
    }

    private static double number(JsonNode value) {
        return value.isTextual() ? Double.parseDouble(value.asText()) : value.asDouble();
    }
}
