package transconv.engines.vector;

/** Computes one value of a program into its array. */
@FunctionalInterface
interface Step {

    void run();

    /** Loops that are told in a few words and need no memory beside the values. */
    static Step of(String algorithm, Runnable loops) {
        return of(algorithm, 0, loops);
    }

    static Step of(String algorithm, long workBytes, Runnable loops) {
        return new Step() {
            @Override
            public void run() {
                loops.run();
            }

            @Override
            public String algorithm() {
                return algorithm;
            }

            @Override
            public long workBytes() {
                return workBytes;
            }
        };
    }

    /** What it does, in a few words. */
    default String algorithm() {
        return "loops over the values";
    }

    /** Multiply-adds of a contraction, those with zeros and in idle lanes included. */
    default long executed() {
        return 0;
    }

    /** Memory that it holds beside the values. */
    default long workBytes() {
        return 0;
    }

    /** Comes before {@link #run} where the program's parameters have new values. */
    default void parametersChanged() {}
}
