package transconv.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KerasStudyTest {

    private final KerasStudy study = KerasStudy.of("example");

    @Test
    void readsWhatTheScriptStored() {
        assertEquals(Map.of("PSNR", 21.5, "epochs", 3.0), study.measures());
        assertEquals("2.21.0", study.version("tensorflow"));
        assertEquals(12.5, study.seconds());
    }

    @Test
    void showsOursBesideTheirs() {
        String table = study.beside(Measures.of("PSNR", 21.25)).toString();
        assertTrue(table.contains("Keras 3.15.0 on TensorFlow 2.21.0"), table);
        assertTrue(table.contains("21.2500") && table.contains("21.5000") && table.contains("-0.2500"), table);
    }

    @Test
    void refusesWhatIsNotThere() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> KerasStudy.of("nothing"))
                .getMessage()
                .contains("src/bench/python/applications/nothing.py"));
        assertEquals(
                "KerasStudy: 'example' has no measure 'SSIM'; it has [PSNR, epochs]",
                assertThrows(IllegalArgumentException.class, () -> study.beside(Measures.of("SSIM", 0.5)))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> study.version("torch"));
    }
}
