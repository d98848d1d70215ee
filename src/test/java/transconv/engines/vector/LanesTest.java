package transconv.engines.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LanesTest {

    /** The build runs the engines' tests again with shorter vectors, and says so. */
    @Test
    void vectorsAreAsShortAsTheBuildAsks() {
        assertTrue(Lanes.COUNT <= Integer.getInteger("transconv.floats.of.a.vector", 64), Lanes.SPECIES.toString());
    }

    /** A tile of gradients reads 8 values from the last one on, also where a vector has 4. */
    @Test
    void arraysHaveRoomBehindTheirLastValue() {
        for (int length = 0; length < 40; length++) {
            int room = Lanes.array(length).length - length;
            assertTrue(room >= 8 && room >= Lanes.COUNT, length + ": " + room);
            assertEquals(0, Lanes.array(length).length % Lanes.COUNT);
        }
    }
}
