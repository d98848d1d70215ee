package transconv.engines.vector;

import java.util.Arrays;

/**
 * The rows of the packed kernel that some blocks meet, in groups whose input values are neighbours. Where a run is no
 * whole number of groups, its last group has rows that are not there: they are computed and put aside.
 *
 * @param groups how many there are
 * @param size   rows in a group
 * @param in     for each group its first input value, relative to a block's input; a few entries more are for nothing
 * @param rows   for each group its rows in the packed kernel, or -1
 * @param spare  a place for a row that nobody reads
 */
record KernelRows(int groups, int size, int[] in, int[] rows, int spare) {

    static KernelRows of(Blocks blocks, int size, int spare) {
        int length = blocks.runLength();
        int groupsOfARun = (length + size - 1) / size;
        int groups = blocks.runIn().length * groupsOfARun;
        int[] in = new int[groups + Blocks.MOST_AT_ONCE];
        int[] rows = new int[in.length * size];
        Arrays.fill(rows, -1);
        for (int group = 0; group < groups; group++) {
            int run = group / groupsOfARun;
            int first = group % groupsOfARun * size;
            in[group] = blocks.runIn()[run] + first;
            for (int i = 0; i < Math.min(size, length - first); i++) {
                rows[group * size + i] = blocks.runRow()[run] + first + i;
            }
        }
        Arrays.fill(in, groups, in.length, in[0]);
        return new KernelRows(groups, size, in, rows, spare);
    }

    /** Where a row of a panel begins in the packed kernel. */
    int at(Blocks.Panel panel, int group, int number) {
        int row = rows[group * size + number];
        return row < 0 ? spare : panel.base() + row * panel.vectors() * Lanes.COUNT;
    }
}
