package transconv.training;

/** An array of a parameter's size that an optimizer keeps from step to step; {@code start} fills it at first. */
record Slot(String name, double start) {

    Slot(String name) {
        this(name, 0);
    }
}
