package transconv.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.ops.Graph;
import transconv.ops.Value;

/** The sharing of parts among threads, with programs that only count. */
class ProgramPoolTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger compiled = new AtomicInteger();

    /** Runs of different lengths, so that parts end out of order. */
    private final class CountingProgram implements Program {
        @Override
        public void feed(Value input, INDArray samples, int[] rows) {}

        @Override
        public void run() {
            running.incrementAndGet();
            try {
                Thread.sleep(runs.incrementAndGet() % 3);
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
            } finally {
                running.decrementAndGet();
            }
        }

        @Override
        public INDArray read(Value output) {
            return null;
        }

        @Override
        public Explanation explain() {
            return new Explanation(List.of(), 0);
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private final ProgramPool pool = new ProgramPool(
            new Engine() {
                @Override
                public String name() {
                    return "counting";
                }

                @Override
                public Program compile(Graph graph) {
                    compiled.incrementAndGet();
                    return new CountingProgram();
                }
            },
            new Graph());

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 40})
    void takesEveryPartOnceAndInOrder(int parts) {
        assertTimeoutPreemptively(SOON, () -> {
            List<Integer> fed = Collections.synchronizedList(new ArrayList<>());
            List<Integer> taken = new ArrayList<>();
            assertTrue(pool.run(parts, (program, part) -> fed.add(part), (program, part) -> taken.add(part)));
            assertEquals(IntStream.range(0, parts).boxed().toList(), taken);
            assertEquals(taken, fed.stream().sorted().toList());
            assertEquals(parts, runs.get());
        });
    }

    @Test
    void keepsNoMoreProgramsThanCores() {
        pool.run(40, (program, part) -> {}, (program, part) -> {});
        pool.run(40, (program, part) -> {}, (program, part) -> {});
        assertEquals(Math.min(40, Runtime.getRuntime().availableProcessors()), compiled.get());
        pool.close();
        assertEquals(compiled.get(), closed.get());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 39})
    void aFailureWhileFeedingReachesTheCaller(int failing) {
        IllegalArgumentException failure = new IllegalArgumentException("part " + failing);
        assertTimeoutPreemptively(
                SOON,
                () -> assertSame(
                        failure,
                        assertThrows(
                                IllegalArgumentException.class,
                                () -> pool.run(
                                        40,
                                        (program, part) -> {
                                            if (part == failing) {
                                                throw failure;
                                            }
                                        },
                                        (program, part) -> {}))));
        assertEquals(0, running.get(), "programs still running");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 39})
    void anErrorWhileTakingReachesTheCallerAsItIs(int failing) {
        OutOfMemoryError failure = new OutOfMemoryError("part " + failing);
        AtomicInteger taken = new AtomicInteger();
        assertTimeoutPreemptively(
                SOON,
                () -> assertSame(
                        failure,
                        assertThrows(
                                OutOfMemoryError.class,
                                () -> pool.run(40, (program, part) -> {}, (program, part) -> {
                                    if (part == failing) {
                                        throw failure;
                                    }
                                    taken.incrementAndGet();
                                }))));
        assertEquals(failing, taken.get(), "nothing is taken after the part that failed");
        assertEquals(0, running.get(), "programs still running");
    }

    @Test
    void worksAgainAfterAFailure() {
        assertThrows(
                IllegalStateException.class,
                () -> pool.run(
                        9,
                        (program, part) -> {
                            throw new IllegalStateException();
                        },
                        (program, part) -> {}));
        requireNineParts();
    }

    private void requireNineParts() {
        List<Integer> taken = new ArrayList<>();
        assertTrue(pool.run(9, (program, part) -> {}, (program, part) -> taken.add(part)));
        assertEquals(IntStream.range(0, 9).boxed().toList(), taken);
    }

    @Test
    void anInterruptEndsTheRunAndStaysSet() {
        assertTimeoutPreemptively(SOON, () -> {
            Thread caller = Thread.currentThread();
            AtomicInteger taken = new AtomicInteger();
            boolean complete = pool.run(
                    1_000_000,
                    (program, part) -> {
                        if (part == 20) {
                            caller.interrupt();
                        }
                    },
                    (program, part) -> taken.incrementAndGet());
            assertFalse(complete);
            assertTrue(Thread.interrupted(), "the flag is still set");
            assertTrue(taken.get() < 100, "parts taken: " + taken);
            assertEquals(0, running.get(), "programs still running");
            requireNineParts();
        });
    }

    @Test
    void aThreadInterruptedBeforehandRunsNothing() {
        assertTimeoutPreemptively(SOON, () -> {
            Thread.currentThread().interrupt();
            assertFalse(pool.run(5, (program, part) -> {}, (program, part) -> {}));
            assertTrue(Thread.interrupted());
            assertEquals(0, runs.get());
        });
    }

    @Test
    void keepsNoMoreCoresBusyThanTheThreadMayUse() throws Exception {
        assertTrue(Cores.during(1, () -> pool.run(20, (program, part) -> {}, (program, part) -> {})));
        assertEquals(1, compiled.get());
        assertEquals(Cores.all(), Cores.available());
        assertTrue(pool.run(20, (program, part) -> {}, (program, part) -> {}));
        assertEquals(Math.min(20, Cores.all()), compiled.get());
    }
}
