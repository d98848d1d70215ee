package transconv.explain;

/**
 * How one contender of an {@link AlgorithmRace} did in one pass of a layer.
 *
 * @param pass         what was computed
 * @param name         the engine's name, or {@code loops: } and the algorithm from scratch
 * @param algorithm    how it was computed, in the engine's words
 * @param milliseconds median time of a run on one core; differs from run to run
 * @param rounds       runs that were measured
 * @param useful       multiply-adds that the result needs, the same for all contenders
 * @param executed     multiply-adds that were carried out, those with zeros and in idle vector lanes included
 * @param movedBytes   of both inputs and the output, in the contender's numbers: 4 bytes for a float, 8 for a double
 * @param workBytes    memory held beside them: padded or unrolled copies, kernels in another order
 */
public record RaceEntry(
        LayerPass pass,
        String name,
        String algorithm,
        double milliseconds,
        int rounds,
        long useful,
        long executed,
        long movedBytes,
        long workBytes) {

    /** Multiply-adds for nothing: with a zero, for an idle lane, or for an output that is cut off. */
    public long wasted() {
        return executed - useful;
    }

    /** Their share of all that were executed, from 0 to 1. */
    public double wastedShare() {
        return (double) wasted() / executed;
    }
}
