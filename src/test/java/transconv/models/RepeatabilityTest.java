package transconv.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a seed, training gives the same bits again, on any number of cores. */
class RepeatabilityTest {

    @Test
    void theSameSeedGivesTheSameBits() {
        assertEquals(SeededRun.bits(7), SeededRun.bits(7));
    }

    @Test
    void anotherSeedGivesOthers() {
        assertNotEquals(SeededRun.bits(7), SeededRun.bits(8));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void theNumberOfCoresChangesNothing(int cores) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ActiveProcessorCount=" + cores,
                "-cp",
                System.getProperty("java.class.path")));
        if (Runtime.version().feature() >= 24) {
            command.addAll(1, List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.add(SeededRun.class.getName());
        Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertTrue(run.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, run.exitValue(), printed);
        assertEquals(SeededRun.bits(7).toString(), printed);
    }
}
