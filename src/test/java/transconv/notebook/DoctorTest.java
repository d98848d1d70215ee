package transconv.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorTest {

    @Test
    void printsOneNamedLineAFact() {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            Doctor.main(new String[0]);
        } finally {
            System.setOut(before);
        }
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(
                List.of("java", "platform", "memory", "nd4j", "onednn", "vector", "engine"),
                lines.stream().map(line -> line.split(":")[0]).toList());
        assertTrue(lines.get(0).contains(System.getProperty("java.version").split("[-+]")[0]), lines.get(0));
        assertEquals("nd4j: loads, backend CpuBackend", lines.get(3));
        assertTrue(lines.get(4).startsWith("onednn: loads, version 3."), lines.get(4));
        assertTrue(lines.get(5).matches("vector: runs, vectors of (4|8|16) floats"), lines.get(5));
        assertEquals("engine: onednn", lines.get(6));
    }
}
