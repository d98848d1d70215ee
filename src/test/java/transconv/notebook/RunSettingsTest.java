package transconv.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RunSettingsTest {

    @Test
    void fullUnlessTheEnvironmentSaysQuick() {
        assertEquals(RunSettings.FULL, RunSettings.of(null));
        assertEquals(RunSettings.FULL, RunSettings.of(""));
        assertEquals(RunSettings.FULL, RunSettings.of("full"));
        assertEquals(RunSettings.QUICK, RunSettings.of(" quick "));
        assertEquals(RunSettings.of(System.getenv("TRANSCONV_RUN")), RunSettings.current());
    }

    @Test
    void anythingElseIsRefused() {
        for (String value : new String[] {"Quick", "fast", "1"}) {
            assertEquals(
                    "TRANSCONV_RUN=" + value
                            + ": the environment variable must be 'quick' or 'full'; unset it for 'full'",
                    assertThrows(IllegalArgumentException.class, () -> RunSettings.of(value))
                            .getMessage());
        }
    }

    @Test
    void choosesTheFirstWhenQuick() {
        assertTrue(RunSettings.QUICK.isQuick());
        assertFalse(RunSettings.FULL.isQuick());
        assertEquals(2, RunSettings.QUICK.choose(2, 25));
        assertEquals(25, RunSettings.FULL.choose(2, 25));
        assertEquals(3_000_000_000L, RunSettings.FULL.choose(1L, 3_000_000_000L));
        assertEquals(0.5, RunSettings.QUICK.choose(0.5, 0.1));
    }
}
