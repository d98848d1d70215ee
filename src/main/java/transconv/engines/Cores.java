package transconv.engines;

import java.util.concurrent.Callable;

/** How many cores a thread may keep busy: all, unless they are shared with other work that runs at the same time. */
public final class Cores {

    private static final int ALL = Runtime.getRuntime().availableProcessors();

    private static final ThreadLocal<Integer> MOST = ThreadLocal.withInitial(() -> ALL);

    private Cores() {}

    /** The cores of this machine. */
    public static int all() {
        return ALL;
    }

    /** The cores that the calling thread may use, itself included: at least 1. */
    public static int available() {
        return MOST.get();
    }

    /**
     * Does work that keeps at most this many cores busy; it changes no result.
     *
     * @throws IllegalArgumentException if {@code most} is below 1
     * @throws Exception                what the work throws
     */
    public static <T> T during(int most, Callable<T> work) throws Exception {
        if (most < 1) {
            throw new IllegalArgumentException("Cores: most=%d must be at least 1".formatted(most));
        }
        int before = MOST.get();
        MOST.set(Math.min(most, ALL));
        try {
            return work.call();
        } finally {
            MOST.set(before);
        }
    }
}
