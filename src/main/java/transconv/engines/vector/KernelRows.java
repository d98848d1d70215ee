package transconv.engines.vector;

/**
 * The rows of the packed kernel that some blocks meet, one by one, filled up to the number that a kernel takes at once.
 *
 * @param count how many there are
 * @param in    for each row its input value, relative to a block's input; a few entries more are zeros
 * @param row   for each row its number in the packed kernel; a few entries more are -1
 * @param spare a row's place in the packed kernel that nobody reads
 */
record KernelRows(int count, int[] in, int[] row, int spare) {

    static KernelRows of(Blocks blocks, int spare) {
        int count = blocks.runIn().length * blocks.runLength();
        int[] in = new int[count + Blocks.MOST_AT_ONCE];
        int[] row = new int[in.length];
        for (int i = 0; i < in.length; i++) {
            int run = i < count ? i / blocks.runLength() : 0;
            in[i] = i < count ? blocks.runIn()[run] + i % blocks.runLength() : in[0];
            row[i] = i < count ? blocks.runRow()[run] + i % blocks.runLength() : -1;
        }
        return new KernelRows(count, in, row, spare);
    }

    /** Where a row of a panel begins in the packed kernel. */
    int at(Blocks.Panel panel, int number) {
        return row[number] < 0 ? spare : panel.base() + row[number] * panel.vectors() * Lanes.COUNT;
    }
}
