package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RandomSeedTest {

    @Test
    void workHasASequenceOfItsOwn() throws Exception {
        RandomSeed.set(5);
        SplittableRandom outside = new SplittableRandom(5);
        assertEquals(outside.nextLong(), RandomSeed.next());
        RandomSeed.during(7, () -> {
            SplittableRandom own = new SplittableRandom(7);
            assertEquals(own.nextLong(), RandomSeed.next());
            assertEquals(
                    outside.nextLong(),
                    CompletableFuture.supplyAsync(RandomSeed::next).join());
            assertEquals(own.nextLong(), RandomSeed.next());
            RandomSeed.set(9);
            assertEquals(new SplittableRandom(9).nextLong(), RandomSeed.next());
            return null;
        });
        assertEquals(outside.nextLong(), RandomSeed.next());
    }

    @Test
    void theSequenceOutsideGoesOnAlsoAfterAFailure() {
        RandomSeed.set(5);
        assertThrows(
                IllegalStateException.class,
                () -> RandomSeed.during(7, () -> {
                    throw new IllegalStateException();
                }));
        assertEquals(new SplittableRandom(5).nextLong(), RandomSeed.next());
    }
}
