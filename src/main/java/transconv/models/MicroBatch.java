package transconv.models;

/** How many samples run through a program at once. */
final class MicroBatch {

    /** Activations of about this size stay in the last-level cache while forward and backward steps pass over them. */
    private static final long CACHE_BYTES = 16L << 20;

    private MicroBatch() {
    }

    /** As many samples as fit the cache, at least 1, not more than asked for, and in equal parts of a batch. */
    static int size(Network network, int batchSize) {
        long fitting = Math.max(1, CACHE_BYTES / Math.max(1, network.bytesPerSample()));
        if (fitting >= batchSize) {
            return batchSize;
        }
        long parts = (batchSize + fitting - 1) / fitting;
        return Math.toIntExact((batchSize + parts - 1) / parts);
    }
}
