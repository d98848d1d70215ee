package transconv.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.engines.Cores;

/** Goes through parameters chunk by chunk, through large ones on several cores, which changes no result. */
final class Chunks {

    /** From so many values on, a parameter is worth waking other threads up. */
    private static final long WORTH_SHARING = 100_000;

    private final List<Chunk> chunks = new ArrayList<>();

    /**
     * Reads all values, has them changed and writes them back.
     *
     * @param value    plain memory, as the gradient
     * @param gradient of the value's length
     * @param change   of a chunk's values; several threads may call it at once, each with a chunk of its own
     */
    void forEach(INDArray value, INDArray gradient, List<Slot> slots, ParameterState state, Consumer<Chunk> change) {
        long length = value.length();
        int parts = length < WORTH_SHARING ? 1 : Cores.available();
        while (chunks.size() < parts) {
            chunks.add(new Chunk());
        }
        if (parts == 1) {
            chunks.get(0).begin(value, gradient, slots, state, 0, length);
            run(chunks.get(0), change);
            return;
        }
        // Before the threads start: the state may have to make them.
        slots.forEach(state::kept);
        IntStream.range(0, parts).parallel().forEach(part -> {
            Chunk chunk = chunks.get(part);
            chunk.begin(value, gradient, slots, state, length * part / parts, length * (part + 1) / parts);
            run(chunk, change);
        });
    }

    private static void run(Chunk chunk, Consumer<Chunk> change) {
        while (chunk.next()) {
            change.accept(chunk);
            chunk.write();
        }
    }
}
