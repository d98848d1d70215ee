package transconv.experiments;

/** Told of an experiment's course, one call at a time; what it throws ends the experiment. */
public interface ExperimentListener {

    /** Shows nothing. */
    ExperimentListener SILENT = new ExperimentListener() {};

    /**
     * Before the first run.
     *
     * @param total    all runs of the grid
     * @param finished how many of them were found in the folder
     */
    default void began(String name, int total, int finished) {}

    /** A run begins. */
    default void runBegan(int number, Setting setting) {}

    /** A run has ended, and is stored where there is a folder. */
    default void runEnded(Run run) {}

    /** After the last run, or after an interrupt or an error; always called once. */
    default void ended(Results results) {}
}
