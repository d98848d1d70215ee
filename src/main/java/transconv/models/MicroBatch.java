package transconv.models;

/** How many samples run through a program at once. */
final class MicroBatch {

    /**
     * Activations of about this size, on each core, stay in the last-level cache while forward and backward steps pass
     * over them. Not this machine's size: sums in another order would end in other last digits.
     */
    private static final long CACHE_BYTES = 4L << 20;

    /**
     * A batch has at least so many parts, for the cores to share; not the number of cores, so that sums do not depend
     * on it.
     */
    private static final int PARTS = 4;

    private MicroBatch() {}

    /** As many samples as fit the cache, at least 1, in equal parts of the batch. */
    static int size(Network network, int batchSize) {
        long fitting = Math.max(1, CACHE_BYTES / Math.max(1, network.bytesPerSample()));
        long parts = Math.max(PARTS, (batchSize + fitting - 1) / fitting);
        return Math.toIntExact((batchSize + parts - 1) / parts);
    }
}
