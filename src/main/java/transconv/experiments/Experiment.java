package transconv.experiments;

import java.nio.file.Path;
import java.util.Objects;
import transconv.engines.Cores;
import transconv.engines.Engines;

/**
 * Runs the same work for every setting of a grid, and keeps what it measures.
 *
 * <pre>{@code
 * Results results = Experiment.of("output size", setting -> Measures.of("size",
 *                 Layers.conv2DTranspose(1, setting.integer("kernel")).strides(setting.integer("strides"))
 *                         .outputShape(Shape.of(8, 8, 1)).size(0)))
 *         .grid(Grid.of().vary("kernel", 2, 3).vary("strides", 1, 2))
 *         .listener(ExperimentListener.SILENT).run();
 * System.out.println(results.highest("size").setting()); // kernel=3, strides=2
 * }</pre>
 *
 * <p>In a {@link #folder} each finished run is a file, written whole. The same experiment started again makes only the
 * runs that are missing or failed, and ends with the same files as one that was never stopped. A folder of another
 * grid, code version, engine or seed is refused.
 *
 * <p>Each run draws its chance from a {@link transconv.layers.RandomSeed} sequence of its own, begun with the
 * parameter {@code seed} if the grid varies it, else with {@link #seed}; so the numbers do not depend on the order of
 * the runs, nor on how many run at once. That holds for what is drawn in the run's own thread, as all of transconv
 * does; random numbers of ND4J ({@code Nd4j.rand}), of {@code Math.random} or of threads that the work starts itself
 * are not seeded, and work that changes what all runs share (as {@code Engines.use} does) is to run alone. The
 * version of transconv is stored, that of the work itself only as {@link #version} says it.
 *
 * <p>An interrupt ends it cleanly: running work is interrupted and waited for, its half-done run is dropped, and the
 * interrupt flag stays set, as after {@code fit}; {@link Results#missing} says what is still to be made. A run that
 * throws an exception is kept as failed and does not stop the others; an error such as OutOfMemoryError does.
 */
public final class Experiment {

    /** What is done for a setting. */
    @FunctionalInterface
    public interface Work {

        /** @throws Exception makes the run a failed one */
        Measures run(Setting setting) throws Exception;
    }

    static final String SEED = "seed";

    private final String name;
    private final Work work;
    private Grid grid = Grid.of();
    private Path folder;
    private String version = "";
    private long seed;
    private int atOnce = 1;
    private ExperimentListener listener;

    private Experiment(String name, Work work) {
        this.name = name;
        this.work = work;
    }

    /** @throws IllegalArgumentException if the name is blank */
    public static Experiment of(String name, Work work) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("Experiment: name '%s' is blank; give it one".formatted(name));
        }
        return new Experiment(
                name, Objects.requireNonNull(work, "Experiment: work is null; give a function of a setting"));
    }

    /** The settings; unset, one run without parameters. */
    public Experiment grid(Grid settings) {
        grid = Objects.requireNonNull(settings, "Experiment: grid is null; give a Grid");
        return this;
    }

    /**
     * Where runs are kept, with {@code results.csv} and {@code results.json}; unset, nowhere. It is made if missing.
     */
    public Experiment folder(Path place) {
        folder = Objects.requireNonNull(place, "Experiment: folder is null; leave it out to keep nothing");
        return this;
    }

    /** The version of your own code: change it when the work changes, so that old runs are not taken for new ones. */
    public Experiment version(String ofWork) {
        version = Objects.requireNonNull(ofWork, "Experiment: version is null; leave it out for none");
        return this;
    }

    /** The seed of runs whose grid has no parameter {@code seed}. Unset, 0. */
    public Experiment seed(long ofRuns) {
        seed = ofRuns;
        return this;
    }

    /**
     * Makes several runs at once, at most as many as there are cores; each keeps its share of the cores busy. Unset, 1.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Experiment parallel(int runs) {
        if (runs < 1) {
            throw new IllegalArgumentException("Experiment: parallel=%d must be at least 1".formatted(runs));
        }
        atOnce = Math.min(runs, Cores.all());
        return this;
    }

    /** Who is told of the course. Unset, the notebook's live display, or a line a run on {@code System.out}. */
    public Experiment listener(ExperimentListener told) {
        listener = Objects.requireNonNull(told, "Experiment: listener is null; take ExperimentListener.SILENT");
        return this;
    }

    /**
     * Makes all runs that are not in the folder yet.
     *
     * @throws IllegalArgumentException  if the grid excludes every setting
     * @throws ExperimentFolderException if the folder is of another experiment, or a file in it is damaged
     */
    public Results run() {
        Origin origin = new Origin(
                name,
                CodeVersion.current(),
                version,
                Engines.current().name(),
                seed,
                grid.parameters(),
                grid.settings());
        if (origin.settings().isEmpty()) {
            throw new IllegalArgumentException("Experiment: grid %s excludes every setting".formatted(grid));
        }
        RunFolder stored = folder == null ? null : RunFolder.open(folder, origin);
        Results results = new Execution(
                        origin, work, stored, atOnce, listener == null ? ExperimentDisplay.create() : listener)
                .run();
        if (folder != null) {
            results.writeCsv(folder.resolve("results.csv"));
            results.writeJson(folder.resolve("results.json"));
        }
        return results;
    }
}
