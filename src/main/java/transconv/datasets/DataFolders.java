package transconv.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Where data sets are looked for and kept: {@code TRANSCONV_DATA} names a folder of the user's own,
 * {@code TRANSCONV_HOME} the checkout whose {@code data} folder is the cache. Each may be a system property or an
 * environment variable.
 */
final class DataFolders {

    private final UnaryOperator<String> settings;

    /** @param settings gives the value of a system property or environment variable, null if unset */
    DataFolders(UnaryOperator<String> settings) {
        this.settings = settings;
    }

    static DataFolders ofThisProcess() {
        return new DataFolders(name -> System.getProperty(name, System.getenv(name)));
    }

    /**
     * The user's own folder, null where none is set.
     *
     * @throws IOException if it is set and is not a folder
     */
    Path own() throws IOException {
        String set = setting("TRANSCONV_DATA");
        if (set == null) {
            return null;
        }
        try {
            Path folder = Path.of(set);
            if (Files.isDirectory(folder)) {
                return folder.toAbsolutePath().normalize();
            }
        } catch (InvalidPathException notAPath) {
            throw notAFolder(set);
        }
        throw notAFolder(set);
    }

    private static IOException notAFolder(String set) {
        return new NotDirectoryException(
                "TRANSCONV_DATA=%s is not a folder that can be read; name the folder that holds mnist/, or unset it"
                        .formatted(set));
    }

    /** The folder that keeps what is downloaded of one data set; it need not exist. */
    Path cache(String dataset) {
        String checkout = setting("TRANSCONV_HOME");
        return (checkout != null ? Path.of(checkout, "data") : perUser()).resolve(dataset);
    }

    private Path perUser() {
        String home = settings.apply("user.home");
        String os = settings.apply("os.name").toLowerCase(Locale.ROOT);
        if (os.startsWith("mac")) {
            return Path.of(home, "Library", "Caches", "transconv");
        }
        if (os.startsWith("windows")) {
            String local = setting("LOCALAPPDATA");
            Path folder = local != null ? Path.of(local) : Path.of(home, "AppData", "Local");
            return folder.resolve("transconv").resolve("cache");
        }
        String xdg = setting("XDG_CACHE_HOME");
        // The XDG Base Directory Specification has relative paths ignored.
        boolean usable = xdg != null && Path.of(xdg).isAbsolute();
        return (usable ? Path.of(xdg) : Path.of(home, ".cache")).resolve("transconv");
    }

    private String setting(String name) {
        String value = settings.apply(name);
        return value == null || value.isBlank() ? null : value;
    }
}
