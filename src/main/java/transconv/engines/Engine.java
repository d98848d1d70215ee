package transconv.engines;

import transconv.ops.Graph;

/** How things are computed: turns a graph of ops into a program. Engines differ in speed, never in numbers. */
public interface Engine {

    /** As {@code TRANSCONV_ENGINE} and {@code ./lab doctor} name it: {@code nd4j}, {@code reference}. */
    String name();

    /**
     * Prepares a graph for running: every buffer is allocated here, none while it runs.
     *
     * @param graph complete, with its outputs named; later changes to it have no effect
     */
    Program compile(Graph graph);

    /**
     * This engine, multiplying in another precision.
     *
     * @throws IllegalArgumentException if it gains nothing by that here
     */
    default Engine in(Precision precision) {
        if (precision != Precision.FLOAT32) {
            throw new IllegalArgumentException(
                    "precision=%s: engine %s computes in FLOAT32 only; leave the precision out, or take engine onednn"
                            .formatted(precision, name()));
        }
        return this;
    }
}
