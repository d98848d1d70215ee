package transconv.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DataFoldersTest {

    private static final String HOME = Path.of("/home/jane doe").toString();

    private static Path cache(Map<String, String> settings) {
        return new DataFolders(settings::get).cache("mnist");
    }

    @Test
    void theCheckoutComesFirst() {
        assertEquals(
                Path.of("/check out/data/mnist"),
                cache(Map.of("TRANSCONV_HOME", "/check out", "user.home", HOME, "os.name", "Linux")));
    }

    @Test
    void linux() {
        assertEquals(Path.of(HOME, ".cache/transconv/mnist"), cache(Map.of("user.home", HOME, "os.name", "Linux")));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void linuxWithACacheFolderSet() {
        assertEquals(
                Path.of("/xdg/transconv/mnist"),
                cache(Map.of("user.home", HOME, "os.name", "Linux", "XDG_CACHE_HOME", "/xdg")));
        assertEquals(
                Path.of(HOME, ".cache/transconv/mnist"),
                cache(Map.of("user.home", HOME, "os.name", "Linux", "XDG_CACHE_HOME", "relative")));
    }

    @Test
    void macOs() {
        assertEquals(
                Path.of(HOME, "Library/Caches/transconv/mnist"),
                cache(Map.of("user.home", HOME, "os.name", "Mac OS X")));
    }

    @Test
    void windows() {
        assertEquals(
                Path.of("local", "transconv", "cache", "mnist"),
                cache(Map.of("user.home", HOME, "os.name", "Windows 11", "LOCALAPPDATA", "local")));
        assertEquals(
                Path.of(HOME, "AppData", "Local", "transconv", "cache", "mnist"),
                cache(Map.of("user.home", HOME, "os.name", "Windows 11")));
    }

    @Test
    void theOwnFolder(@TempDir Path folder) throws IOException {
        assertEquals(folder.toAbsolutePath(), new DataFolders(Map.of("TRANSCONV_DATA", folder.toString())::get).own());
        assertNull(new DataFolders(name -> null).own());
        assertNull(new DataFolders(name -> " ").own());
    }

    @Test
    void anOwnFolderThatIsNoneIsAnError(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[0]);
        for (String set : new String[] {folder.resolve("absent").toString(), file.toString(), "a\0b"}) {
            DataFolders folders = new DataFolders(Map.of("TRANSCONV_DATA", set)::get);
            String message =
                    assertThrows(NotDirectoryException.class, folders::own).getMessage();
            assertTrue(message.contains("TRANSCONV_DATA=" + set + " is not a folder"), message);
        }
    }
}
