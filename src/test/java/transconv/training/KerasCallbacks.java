package transconv.training;

import java.nio.file.Path;
import java.util.Locale;
import org.nd4j.shade.jackson.databind.JsonNode;

/** Callbacks from Keras' own argument names. */
final class KerasCallbacks {

    private KerasCallbacks() {}

    /** @param folder where files go */
    static Callback callback(JsonNode entry, Path folder) {
        JsonNode arguments = entry.get("arguments");
        Callback callback =
                switch (entry.get("callback").asText()) {
                    case "EarlyStopping" -> new EarlyStopping();
                    case "ReduceLROnPlateau" -> new ReduceLROnPlateau();
                    case "LearningRateScheduler" -> scheduler(
                            arguments.get("schedule").asText());
                    case "ModelCheckpoint" -> new ModelCheckpoint(
                            folder + "/" + arguments.get("filepath").asText());
                    case "TerminateOnNaN" -> new TerminateOnNaN();
                    case "CSVLogger" -> new CSVLogger(
                            folder.resolve(arguments.get("filename").asText()).toString());
                    default -> throw new AssertionError(entry);
                };
        arguments.fields().forEachRemaining(argument -> set(callback, argument.getKey(), argument.getValue()));
        return callback;
    }

    private static Callback scheduler(String schedule) {
        return switch (schedule) {
            case "1/(epoch+1)" -> new LearningRateScheduler((epoch, rate) -> 1.0 / (epoch + 1));
            case "rate/2" -> new LearningRateScheduler((epoch, rate) -> rate / 2);
            default -> throw new AssertionError(schedule);
        };
    }

    private static void set(Callback callback, String argument, JsonNode value) {
        if (callback instanceof MonitorCallback<?> monitoring) {
            switch (argument) {
                case "monitor" -> monitoring.monitor(value.asText());
                case "mode" -> monitoring.mode(
                        MonitorMode.valueOf(value.asText().toUpperCase(Locale.ROOT)));
                case "verbose" -> monitoring.verbose(value.asInt());
                default -> setOwn(callback, argument, value);
            }
        } else {
            setOwn(callback, argument, value);
        }
    }

    private static void setOwn(Callback callback, String argument, JsonNode value) {
        switch (callback.getClass().getSimpleName() + "." + argument) {
            case "EarlyStopping.patience" -> ((EarlyStopping) callback).patience(value.asInt());
            case "EarlyStopping.min_delta" -> ((EarlyStopping) callback).minDelta(value.asDouble());
            case "EarlyStopping.baseline" -> ((EarlyStopping) callback).baseline(value.asDouble());
            case "EarlyStopping.restore_best_weights" -> ((EarlyStopping) callback)
                    .restoreBestWeights(value.asBoolean());
            case "EarlyStopping.start_from_epoch" -> ((EarlyStopping) callback).startFromEpoch(value.asInt());
            case "ReduceLROnPlateau.patience" -> ((ReduceLROnPlateau) callback).patience(value.asInt());
            case "ReduceLROnPlateau.factor" -> ((ReduceLROnPlateau) callback).factor(value.asDouble());
            case "ReduceLROnPlateau.min_delta" -> ((ReduceLROnPlateau) callback).minDelta(value.asDouble());
            case "ReduceLROnPlateau.cooldown" -> ((ReduceLROnPlateau) callback).cooldown(value.asInt());
            case "ReduceLROnPlateau.min_lr" -> ((ReduceLROnPlateau) callback).minLr(value.asDouble());
            case "LearningRateScheduler.verbose" -> ((LearningRateScheduler) callback).verbose(value.asInt());
            case "ModelCheckpoint.save_best_only" -> ((ModelCheckpoint) callback).saveBestOnly(value.asBoolean());
            case "ModelCheckpoint.save_weights_only" -> ((ModelCheckpoint) callback).saveWeightsOnly(value.asBoolean());
            case "ModelCheckpoint.save_freq" -> ((ModelCheckpoint) callback).saveFreq(value.asInt());
            case "ModelCheckpoint.initial_value_threshold" -> ((ModelCheckpoint) callback)
                    .initialValueThreshold(value.asDouble());
            case "CSVLogger.separator" -> ((CSVLogger) callback)
                    .separator(value.asText().charAt(0));
            case "CSVLogger.append" -> ((CSVLogger) callback).append(value.asBoolean());
            case "LearningRateScheduler.schedule", "ModelCheckpoint.filepath", "CSVLogger.filename" -> {}
            default -> throw new AssertionError(argument);
        }
    }
}
