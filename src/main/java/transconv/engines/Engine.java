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
}
