package transconv.engines.vector;

/** Computes one value of a program into its array. */
@FunctionalInterface
interface Step {

    void run();

    /** Comes before {@link #run} where the program's parameters have new values. */
    default void parametersChanged() {}
}
