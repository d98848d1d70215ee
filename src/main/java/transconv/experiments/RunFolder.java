package transconv.experiments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder that holds an experiment: {@code experiment.json} says what it is, {@code runs/0001.json} and so on hold a
 * finished run each.
 */
final class RunFolder {

    private static final String WAY_OUT = "delete this file, and the run is made again";

    private final Path folder;
    private final Origin origin;

    private RunFolder(Path folder, Origin origin) {
        this.folder = folder;
        this.origin = origin;
    }

    /** A new folder, or one in which this very experiment was begun. */
    static RunFolder open(Path folder, Origin origin) {
        Path description = folder.resolve("experiment.json");
        Path runs = folder.resolve("runs");
        try {
            if (Files.exists(description)) {
                requireSame(description, origin);
            } else if (Files.isDirectory(runs) && holdsFiles(runs)) {
                throw new ExperimentFolderException(
                        description, "is missing, but there are runs in %s; take another folder".formatted(runs));
            }
            Files.createDirectories(runs);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "%s: cannot be used as an experiment's folder (%s)".formatted(folder, failure), failure);
        }
        if (!Files.exists(description)) {
            StoredJson.write(description, origin.description());
        }
        return new RunFolder(folder, origin);
    }

    private static boolean holdsFiles(Path runs) throws IOException {
        try (Stream<Path> files = Files.list(runs)) {
            return files.anyMatch(file -> file.toString().endsWith(".json"));
        }
    }

    private static void requireSame(Path description, Origin origin) {
        Map<String, Object> stored = StoredJson.read(
                description, "take another folder; what the runs beside it belong to is not known without it");
        origin.description().forEach((field, here) -> {
            Object there = stored.get(field);
            if (!here.equals(there)) {
                throw new ExperimentFolderException(
                        description,
                        "%s is %s in the folder, but %s here; runs of both do not go together: %s"
                                .formatted(
                                        field,
                                        shown(there),
                                        shown(here),
                                        "take another folder, or delete this one to make all runs anew"));
            }
        });
    }

    private static String shown(Object value) {
        return value instanceof String text ? "'" + text + "'" : String.valueOf(value);
    }

    private Path file(int number) {
        return folder.resolve("runs").resolve("%04d.json".formatted(number));
    }

    void store(Run run) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("experiment", origin.name());
        values.put("run", (long) run.number());
        values.put("setting", run.setting().values());
        values.put("seed", run.seed());
        values.put("engine", origin.engine());
        values.put("code_version", origin.code());
        values.put("own_version", origin.version());
        values.put("measures", encoded(run.measures()));
        values.put("failure", run.failure());
        StoredJson.write(file(run.number()), values);
    }

    /** JSON has no word for NaN and the infinities: they are text. */
    static Map<String, Object> encoded(Map<String, Double> measures) {
        Map<String, Object> encoded = new LinkedHashMap<>();
        measures.forEach((name, value) -> encoded.put(name, Double.isFinite(value) ? value : value.toString()));
        return encoded;
    }

    /** The runs that are there, by number; also failed ones. */
    TreeMap<Integer, Run> read() {
        TreeMap<Integer, Run> runs = new TreeMap<>();
        for (int i = 0; i < origin.settings().size(); i++) {
            Path file = file(i + 1);
            if (Files.exists(file)) {
                runs.put(i + 1, read(file, i + 1, origin.settings().get(i)));
            }
        }
        return runs;
    }

    private Run read(Path file, int number, Setting setting) {
        Map<String, Object> values = StoredJson.read(file, WAY_OUT);
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("experiment", origin.name());
        expected.put("run", (long) number);
        expected.put("setting", setting.values());
        expected.put("seed", origin.seed(setting));
        expected.put("engine", origin.engine());
        expected.put("code_version", origin.code());
        expected.put("own_version", origin.version());
        expected.forEach((field, value) -> {
            if (!Objects.equals(value, values.get(field))) {
                throw new ExperimentFolderException(
                        file, "%s=%s must be %s: %s".formatted(field, values.get(field), value, WAY_OUT));
            }
        });
        Map<String, Double> measures = new LinkedHashMap<>();
        if (!(values.get("measures") instanceof Map<?, ?> stored)) {
            throw new ExperimentFolderException(
                    file, "measures=%s must be an object: %s".formatted(values.get("measures"), WAY_OUT));
        }
        stored.forEach((name, value) -> measures.put(String.valueOf(name), decoded(file, String.valueOf(name), value)));
        Object failure = values.get("failure");
        if (failure != null && !(failure instanceof String)) {
            throw new ExperimentFolderException(
                    file, "failure=%s must be text or null: %s".formatted(failure, WAY_OUT));
        }
        return new Run(number, setting, origin.seed(setting), measures, (String) failure);
    }

    private static double decoded(Path file, String name, Object value) {
        if (value instanceof Double number) {
            return number;
        }
        if ("NaN".equals(value) || "Infinity".equals(value) || "-Infinity".equals(value)) {
            return Double.parseDouble((String) value);
        }
        throw new ExperimentFolderException(
                file, "measure %s=%s must be a number, or NaN or Infinity as text: %s".formatted(name, value, WAY_OUT));
    }
}
