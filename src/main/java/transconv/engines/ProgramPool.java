package transconv.engines;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import transconv.ops.Graph;
import transconv.ops.Parameter;
import transconv.ops.Value;

/**
 * Programs of one graph, a core each, that share the parts of a batch. Results are taken in the order of the parts, so
 * that sums of them are the same, bit for bit, on any number of cores.
 */
public final class ProgramPool implements AutoCloseable {

    /** Programs' first or last contact with a part, always one thread at a time for a program. */
    @FunctionalInterface
    public interface PartAction {
        void accept(Program program, int part);
    }

    private final Engine engine;
    private final Graph graph;
    private final List<Program> programs = new ArrayList<>();
    private final List<Parameter> parameters;
    private long changesSeen;

    public ProgramPool(Engine engine, Graph graph) {
        this.engine = engine;
        this.graph = graph;
        parameters = graph.values().stream()
                .map(Value::parameter)
                .filter(Objects::nonNull)
                .toList();
        changesSeen = changes();
        programs.add(engine.compile(graph));
    }

    /**
     * Runs all parts with the parameters as they are now, on the cores that {@link Cores} leaves to the calling thread.
     *
     * @param feed fills the inputs of a part; several parts may be fed at once, each into its own program
     * @param take takes the outputs of a part; called in the order of the parts, one at a time
     * @return false if the calling thread was interrupted and parts were left out; its interrupt flag stays set
     */
    public boolean run(int parts, PartAction feed, PartAction take) {
        rereadChangedParameters();
        int busy = Math.min(parts, Cores.available());
        while (programs.size() < busy) {
            programs.add(engine.compile(graph));
        }
        Parts work = new Parts(parts, feed, take);
        List<CompletableFuture<Void>> others = programs.subList(1, Math.max(1, busy)).stream()
                .map(program -> CoreThread.start(() -> work.drain(program)))
                .toList();
        try {
            work.drain(programs.get(0));
        } finally {
            join(others);
        }
        return work.complete();
    }

    /** Whoever changed them: another model may have trained weights that it shares with this graph's. */
    private void rereadChangedParameters() {
        long changes = changes();
        if (changes != changesSeen) {
            programs.forEach(Program::parametersChanged);
            changesSeen = changes;
        }
    }

    private long changes() {
        return parameters.stream().mapToLong(Parameter::changes).sum();
    }

    /** Waits for all of them, also after a failure: programs are closed afterwards, and none may run then. */
    private static void join(List<CompletableFuture<Void>> others) {
        CompletionException first = null;
        for (CompletableFuture<Void> other : others) {
            try {
                CoreThread.awaitBriefly(other::isDone);
                other.join();
            } catch (CompletionException failure) {
                first = first == null ? failure : first;
            }
        }
        if (first != null && first.getCause() instanceof RuntimeException cause) {
            throw cause;
        }
        if (first != null && first.getCause() instanceof Error cause) {
            throw cause;
        }
    }

    @Override
    public void close() {
        programs.forEach(Program::close);
    }

    /** Hands out parts, and lets them finish in order. */
    private static final class Parts {

        private final int count;
        private final PartAction feed;
        private final PartAction take;
        private final Thread caller = Thread.currentThread();
        private final AtomicInteger next = new AtomicInteger();
        private volatile int taken;
        private volatile boolean ended;

        Parts(int count, PartAction feed, PartAction take) {
            this.count = count;
            this.feed = feed;
            this.take = take;
        }

        void drain(Program program) {
            try {
                for (int part = next(); part >= 0; part = next()) {
                    feed.accept(program, part);
                    program.run();
                    finish(program, part);
                }
            } catch (RuntimeException | Error failure) {
                end();
                throw failure;
            }
        }

        private int next() {
            if (caller.isInterrupted()) {
                end();
            }
            int part = ended ? count : next.getAndIncrement();
            return part < count ? part : -1;
        }

        private void finish(Program program, int part) {
            CoreThread.awaitBriefly(() -> taken == part || ended);
            synchronized (this) {
                while (taken != part && !ended) {
                    awaitTurn();
                }
            }
            // Only the part whose turn it is comes here.
            if (!ended) {
                take.accept(program, part);
                synchronized (this) {
                    taken = part + 1;
                    notifyAll();
                }
            }
        }

        private void awaitTurn() {
            try {
                wait();
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                end();
            }
        }

        private synchronized void end() {
            ended = true;
            notifyAll();
        }

        boolean complete() {
            return taken == count;
        }
    }
}
