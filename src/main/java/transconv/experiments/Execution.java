package transconv.experiments;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import transconv.engines.Cores;
import transconv.layers.RandomSeed;

/** One call of {@link Experiment#run}: worker threads that take the next setting each until none is left. */
final class Execution {

    private final Origin origin;
    private final Experiment.Work work;
    private final RunFolder folder;
    private final int atOnce;
    private final ExperimentListener listener;
    private final TreeMap<Integer, Run> runs = new TreeMap<>();
    private final Deque<Integer> waiting = new ArrayDeque<>();
    private final List<Thread> workers = new ArrayList<>();
    private boolean interrupted;
    private Throwable error;

    /** @param folder where runs are kept, or null */
    Execution(Origin origin, Experiment.Work work, RunFolder folder, int atOnce, ExperimentListener listener) {
        this.origin = origin;
        this.work = work;
        this.folder = folder;
        this.atOnce = atOnce;
        this.listener = listener;
    }

    Results run() {
        if (folder != null) {
            runs.putAll(folder.read());
            // a failed run is tried again
            runs.values().removeIf(Run::failed);
        }
        for (int number = 1; number <= origin.settings().size(); number++) {
            if (!runs.containsKey(number)) {
                waiting.add(number);
            }
        }
        listener.began(origin.name(), origin.settings().size(), runs.size());
        try {
            for (int i = 1; i <= Math.min(atOnce, waiting.size()); i++) {
                Thread worker = new Thread(this::drain, "transconv-experiment-" + i);
                worker.setDaemon(true);
                workers.add(worker);
            }
            workers.forEach(Thread::start);
            join();
        } finally {
            listener.ended(results());
        }
        if (error instanceof RuntimeException failure) {
            throw failure;
        }
        if (error instanceof Error failure) {
            throw failure;
        }
        return results();
    }

    private synchronized Results results() {
        return new Results(origin, new ArrayList<>(runs.values()));
    }

    /** Waits for all workers, also after an interrupt: they are told, and nothing of theirs runs on afterwards. */
    private void join() {
        boolean told = false;
        for (Thread worker : workers) {
            while (worker.isAlive()) {
                try {
                    worker.join();
                } catch (InterruptedException interrupt) {
                    told = true;
                    stop(null);
                }
            }
        }
        if (told || interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void stop(Throwable cause) {
        waiting.clear();
        if (cause == null) {
            interrupted = true;
        } else if (error == null) {
            error = cause;
        }
        workers.forEach(worker -> {
            if (worker != Thread.currentThread()) {
                worker.interrupt();
            }
        });
    }

    private void drain() {
        try {
            for (Integer number = next(); number != null; number = next()) {
                Run run = make(number);
                // work that was interrupted may return all the same, with measures of half a training
                if (run == null || Thread.currentThread().isInterrupted()) {
                    stop(null);
                    return;
                }
                keep(run);
            }
        } catch (RuntimeException | Error failure) {
            stop(failure);
        }
    }

    private synchronized Integer next() {
        Integer number = waiting.poll();
        if (number != null) {
            listener.runBegan(number, origin.settings().get(number - 1));
        }
        return number;
    }

    private synchronized void keep(Run run) {
        if (folder != null) {
            folder.store(run);
        }
        runs.put(run.number(), run);
        listener.runEnded(run);
    }

    /** Null if it was interrupted. */
    private Run make(int number) {
        Setting setting = origin.settings().get(number - 1);
        long seed = origin.seed(setting);
        try {
            int share = Math.max(1, Cores.all() / atOnce);
            Measures measures = Cores.during(share, () -> RandomSeed.during(seed, () -> work.run(setting)));
            return new Run(number, setting, seed, checked(measures), null);
        } catch (InterruptedException interrupt) {
            return null;
        } catch (Exception | AssertionError failure) {
            return new Run(number, setting, seed, Map.of(), failure.toString());
        }
    }

    private Map<String, Double> checked(Measures measures) {
        if (measures == null) {
            throw new IllegalArgumentException("the work returned null; return Measures");
        }
        Set<String> both = new HashSet<>(measures.values().keySet());
        both.retainAll(origin.parameters().keySet());
        if (!both.isEmpty()) {
            throw new IllegalArgumentException(
                    "measures %s have the names of parameters; give them others".formatted(both));
        }
        return measures.values();
    }
}
