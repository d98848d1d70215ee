package transconv.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes the logs of each epoch as a row into a CSV file, to the letter as Keras does: columns by the first epoch's
 * logs in the alphabet's order behind {@code epoch} (counted from 0), followed by {@code val_} columns if there are
 * none; {@code NA} where a value is missing. The file is open only while a row is written. Source: Keras 3, {@code
 * CSVLogger}.
 *
 * <pre>{@code
 * CSVLogger logger = new CSVLogger("run/log.csv").separator(';').append(true);
 * System.out.println(logger.file().getFileName()); // log.csv
 * }</pre>
 */
public final class CSVLogger implements Callback {

    private static final String NAME = "CSVLogger";
    private static final String LINE_END = "\r\n";

    private final Path file;
    private char separator = ',';
    private boolean append;
    private List<String> columns;

    /** @param filename folders that do not exist are made */
    public CSVLogger(String filename) {
        if (filename == null || filename.isBlank()) {
            throw new IllegalArgumentException(
                    "%s: filename=%s must name a file; give \"run/log.csv\" or the like".formatted(NAME, filename));
        }
        file = Path.of(filename);
    }

    /** What stands between the values; default a comma. */
    public CSVLogger separator(char separator) {
        if (separator == '"' || separator == '\r' || separator == '\n') {
            throw new IllegalArgumentException(
                    "%s: separator=%s must be neither a quote nor a line's end; use , ; or \\t"
                            .formatted(NAME, printable(separator)));
        }
        this.separator = separator;
        return this;
    }

    /**
     * Whether rows are added to a file that exists, which has to have the same columns; default false: it is emptied.
     */
    public CSVLogger append(boolean append) {
        this.append = append;
        return this;
    }

    public Path file() {
        return file;
    }

    /** @throws UncheckedIOException if the file cannot be written */
    @Override
    public void onTrainBegin(TrainingProgress progress) {
        columns = null;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (!append) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw failed(e);
        }
        write("");
    }

    /**
     * @throws IllegalStateException if rows are to be added under other columns
     * @throws UncheckedIOException  if the file cannot be written
     */
    @Override
    public void onEpochEnd(TrainingProgress progress) {
        Map<String, Double> logs = progress.logs();
        String text = "";
        if (columns == null) {
            columns = columns(logs);
            text = header();
        }
        List<String> row = new ArrayList<>(List.of(Integer.toString(progress.epoch())));
        for (String column : columns) {
            row.add(logs.containsKey(column) ? PythonNumber.repr(logs.get(column)) : "NA");
        }
        write(text + line(row));
    }

    private static List<String> columns(Map<String, Double> logs) {
        List<String> names = new ArrayList<>(new TreeSet<>(logs.keySet()));
        if (names.stream().noneMatch(name -> name.startsWith("val_"))) {
            List.copyOf(names).forEach(name -> names.add("val_" + name));
        }
        return names;
    }

    /** The first line; or nothing, if the file has it already, but an end for a row that was cut off. */
    private String header() {
        List<String> names = new ArrayList<>(List.of("epoch"));
        names.addAll(columns);
        String header = line(names);
        String present = content();
        if (present.isEmpty()) {
            return header;
        }
        String first = present.lines().findFirst().orElse("");
        if (!first.equals(header.strip())) {
            throw new IllegalStateException(
                    "%s: %s has the columns %s, this run has %s; write to another file, or leave append unset"
                            .formatted(NAME, file, first, header.strip()));
        }
        return present.endsWith("\n") ? "" : LINE_END;
    }

    private String line(List<String> values) {
        return values.stream().map(this::quoted).collect(Collectors.joining(String.valueOf(separator))) + LINE_END;
    }

    private String quoted(String value) {
        boolean special = value.indexOf(separator) >= 0 || value.matches("(?s).*[\"\r\n].*");
        return special ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }

    private String content() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void write(String text) {
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private UncheckedIOException failed(IOException e) {
        return new UncheckedIOException(
                "%s: %s cannot be written (%s); choose another file".formatted(NAME, file, e), e);
    }

    private static String printable(char separator) {
        return separator == '\r' ? "\\r" : separator == '\n' ? "\\n" : String.valueOf(separator);
    }
}
