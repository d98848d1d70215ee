package transconv.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import transconv.JavaSources;

/** Every file of this room can be copied into a project where nothing but a JDK is. */
class StandaloneTest {

    static Stream<Path> files() {
        return JavaSources.files("reference").stream();
    }

    @Test
    void thereAreFiles() {
        assertTrue(files().count() >= 2);
    }

    @ParameterizedTest
    @MethodSource("files")
    void compilesAlone(Path file, @TempDir Path folder) throws IOException {
        assertEquals(List.of(), JavaSources.compile(List.of(file), folder, folder.toString()));
    }

    @ParameterizedTest
    @MethodSource("files")
    void importsNothingButTheJdk(Path file) {
        JavaSources.text(file)
                .lines()
                .filter(line -> line.startsWith("import "))
                .forEach(line -> assertTrue(line.matches("import (static )?java\\..*"), line));
    }

    @Test
    void fileOfAnotherRoomDoesNotCompileAlone(@TempDir Path folder) throws IOException {
        Path sequential = JavaSources.files("models").stream()
                .filter(file -> file.endsWith("Sequential.java"))
                .findFirst()
                .orElseThrow();
        assertFalse(JavaSources.compile(List.of(sequential), folder, folder.toString())
                .isEmpty());
    }
}
