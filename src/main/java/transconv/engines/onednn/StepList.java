package transconv.engines.onednn;

import java.util.ArrayList;
import java.util.List;
import transconv.ops.Value;

/** The steps of a program in order, with what explains them. */
final class StepList {

    private final List<Step> steps = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final Tensors tensors;

    StepList(Tensors tensors) {
        this.tensors = tensors;
    }

    /** @param what how the value is computed */
    void add(Value value, Step step, String what) {
        long bytes = value.inputs().stream().mapToLong(this::bytes).reduce(bytes(value), Long::sum);
        lines.add("%%%d %s %s: %s; %,d bytes"
                .formatted(value.id(), value.shape(), value.op().getClass().getSimpleName(), what, bytes));
        steps.add(step);
    }

    /** A step that brings a value to where the next or the last one wants it; null for none. */
    void addMove(Step step) {
        if (step != null) {
            steps.add(step);
        }
    }

    private long bytes(Value value) {
        return (long) value.shape().elements()
                * tensors.stored(value).precision().bytes();
    }

    List<Step> steps() {
        return steps;
    }

    String explain() {
        return String.join("\n", lines);
    }
}
