package transconv.models.code;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import transconv.config.Config;

/** The line that compiles a model. */
final class KerasCompileCode {

    private KerasCompileCode() {}

    /**
     * @param outputs  how many the model has
     * @param compiled optimizer, loss, loss_weights and metrics by name, or as class_name and config
     * @throws UnsupportedOperationException if one of them is the user's own code
     */
    static String of(String model, int outputs, Map<String, Object> compiled) {
        StringBuilder line = new StringBuilder(model).append(".compile(optimizer=");
        line.append(part("optimizer", compiled.get("optimizer")));
        line.append(", loss=").append(oneOrAll("loss", (List<?>) compiled.get("loss")));
        List<?> weights = (List<?>) compiled.get("loss_weights");
        if (!weights.isEmpty()) {
            line.append(", loss_weights=")
                    .append(brackets(weights.stream().map(PythonText::of).toList()));
        }
        List<?> metrics = (List<?>) compiled.get("metrics");
        if (!metrics.isEmpty()) {
            boolean isOfEach = metrics.get(0) instanceof List<?>;
            // one list for all outputs here; Keras wants one for each
            List<?> written = outputs == 1 || isOfEach ? metrics : Collections.nCopies(outputs, metrics);
            line.append(", metrics=").append(all("metrics", written));
        }
        return line.append(")").toString();
    }

    private static String oneOrAll(String what, List<?> parts) {
        return parts.size() == 1 ? part(what, parts.get(0)) : all(what, parts);
    }

    private static String brackets(List<String> parts) {
        return parts.stream().collect(Collectors.joining(", ", "[", "]"));
    }

    private static String all(String what, List<?> parts) {
        return brackets(parts.stream().map(each -> part(what, each)).toList());
    }

    private static String part(String what, Object written) {
        if (written instanceof List<?> list) {
            return all(what, list);
        }
        if (!(written instanceof Map<?, ?> map)) {
            return PythonText.of(written);
        }
        Config part = Config.of("compile." + what, map);
        if (!part.has("class_name")) {
            throw new UnsupportedOperationException(
                    "compile: %s '%s' is code of your own, which Keras has not; compile with one of Keras' to write the code"
                            .formatted(what, map.values().iterator().next()));
        }
        String module =
                what.equals("optimizer") ? "keras.optimizers" : what.equals("loss") ? "keras.losses" : "keras.metrics";
        String call = KerasPartCode.made(module, part);
        if (!call.endsWith("()") || what.equals("metrics")) {
            return call;
        }
        Config config = part.part("config");
        return PythonText.quoted(
                what.equals("loss") && config.has("name")
                        ? config.text("name")
                        : part.text("class_name").toLowerCase(Locale.ROOT));
    }
}
