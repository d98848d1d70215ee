package transconv.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What an optimizer keeps for one parameter from step to step: plain arrays of its shape, each made when it is first
 * asked for.
 */
final class ParameterState {

    private final Map<String, INDArray> kept = new LinkedHashMap<>();
    private final INDArray value;

    ParameterState(INDArray value) {
        this.value = value;
    }

    /** The array of a slot, which says what it holds at first. */
    INDArray kept(Slot slot) {
        INDArray found = kept.get(slot.name());
        if (found == null) {
            found = Nd4j.create(ArrayMemory.plain(value.dataType()), value.shape(), 'c');
            if (slot.start() != 0) {
                found.assign(slot.start());
            }
            kept.put(slot.name(), found);
        }
        return found;
    }

    /** An array that holds what a slot holds from now on. */
    void keep(Slot slot, INDArray array) {
        kept.put(slot.name(), ArrayMemory.plain(array));
    }

    /** How many values last. */
    long count() {
        return kept.size() * value.length();
    }
}
