package transconv.models;

import java.util.Iterator;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Batches that come one by one, for data that does not fit the memory or is made on the way. It is asked for one epoch
 * after another, by their numbers, so that training that goes on from a saved model can get the same batches. Source:
 * Keras 3, {@code PyDataset} and generators for {@code Model.fit}.
 *
 * <pre>{@code
 * BatchSource noise = BatchSource.of(8, number -> Batch.of(Nd4j.rand(4, 2), Nd4j.zeros(4, 1)));
 * System.out.println(noise.batches().getAsInt()); // 8
 * }</pre>
 */
@FunctionalInterface
public interface BatchSource {

    /**
     * The batches of an epoch; it may have no end if {@code stepsPerEpoch} is given.
     *
     * @param epoch from 0
     */
    Iterator<Batch> epoch(int epoch);

    /** How many batches an epoch has, if it is known. */
    default OptionalInt batches() {
        return OptionalInt.empty();
    }

    /**
     * The same batches in every epoch, by their numbers from 0.
     *
     * @throws IllegalArgumentException if there are fewer than one
     */
    static BatchSource of(int batches, IntFunction<Batch> batch) {
        if (batches < 1) {
            throw new IllegalArgumentException("batch source: batches=%d must be at least 1".formatted(batches));
        }
        return new BatchSource() {
            @Override
            public Iterator<Batch> epoch(int epoch) {
                return IntStream.range(0, batches).mapToObj(batch).iterator();
            }

            @Override
            public OptionalInt batches() {
                return OptionalInt.of(batches);
            }
        };
    }
}
