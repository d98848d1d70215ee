package transconv.models;

/** Has a layer table; in a notebook it is shown as that table. */
public interface Summarized {

    /** The table of its layers, as they are now. */
    Summary summary();
}
