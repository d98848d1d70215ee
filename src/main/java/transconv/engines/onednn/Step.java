package transconv.engines.onednn;

/** Computes one value of a program, or several that are computed together. */
@FunctionalInterface
interface Step {

    void run();

    /** Comes before {@link #run} where the program's parameters have new values. */
    default void parametersChanged() {}
}
