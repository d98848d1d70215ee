package transconv.engines.onednn;

import java.util.ArrayList;
import java.util.List;
import transconv.engines.Explanation;
import transconv.ops.Value;

/** The steps of a program in order, with what explains them. */
final class StepList {

    private final List<Step> steps = new ArrayList<>();
    private final List<Explanation.Line> lines = new ArrayList<>();
    private final Tensors tensors;

    StepList(Tensors tensors) {
        this.tensors = tensors;
    }

    /** @param how the value is computed */
    void add(Value value, Step step, String how) {
        add(value, step, how, 0);
    }

    /** @param executed multiply-adds, those with zeros and in idle lanes included */
    void add(Value value, Step step, String how, long executed) {
        lines.add(Explanation.Line.of(
                value, how, executed, each -> tensors.stored(each).precision().bytes()));
        steps.add(step);
    }

    /** A step that brings a value to where the next or the last one wants it; null for none. */
    void addMove(Step step) {
        if (step != null) {
            steps.add(step);
        }
    }

    List<Step> steps() {
        return steps;
    }

    List<Explanation.Line> lines() {
        return lines;
    }
}
