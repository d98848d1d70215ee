package transconv.engines.vector;

import java.util.Arrays;

/**
 * Output blocks that are all computed alike: each is the sum, over runs of neighbouring input values, of input value
 * times row of the packed kernel.
 *
 * @param count     number of blocks
 * @param in        for each block where its input begins; a few entries more repeat the last
 * @param out       for each block where its output begins, likewise
 * @param lanes     output values of a block, which are neighbours
 * @param runIn     for each run where it begins, relative to the block's input
 * @param runRow    for each run the row of the packed kernel where it begins
 * @param runLength values in a run
 * @param panels    the packed kernel's columns, in parts of a few vectors
 */
record Blocks(int count, int[] in, int[] out, int lanes, int[] runIn, int[] runRow, int runLength, Panel[] panels) {

    /** The most blocks that a kernel takes at once. */
    static final int MOST_AT_ONCE = 16;

    /**
     * Neighbouring columns of the packed kernel.
     *
     * @param base    where the panel begins in the packed kernel; its rows follow each other
     * @param column  its first column, counted over all panels
     * @param lane    its first column
     * @param vectors its columns, in vectors
     */
    record Panel(int base, int column, int lane, int vectors) {}

    /** Repeats the last entry, so that a kernel may take more blocks than are left: it computes the last one again. */
    static int[] padded(int[] entries) {
        int[] padded = Arrays.copyOf(entries, entries.length + MOST_AT_ONCE);
        Arrays.fill(padded, entries.length, padded.length, entries[entries.length - 1]);
        return padded;
    }

    /** Values of a panel that belong to the block; what lies behind them is the next block's. */
    int lanes(Panel panel) {
        return Math.min(lanes - panel.lane(), panel.vectors() * Lanes.COUNT);
    }
}
