package transconv.notebook;

/** One place in a notebook's output whose content is exchanged. */
interface ProgressScreen {

    /** Shows the content, replacing what stood there. May return before it is shown. */
    void show(String html, String text);

    /** As {@link #show}, for the content that stays: returns when it is shown, or at once in an interrupted thread. */
    void finish(String html, String text);
}
