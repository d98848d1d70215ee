package transconv.training;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Some successive values of a parameter, of its gradient and of what is kept for it, as doubles. A step goes through
 * each parameter chunk by chunk, so that all it works on stays in the core's cache; one object serves all parameters.
 */
final class Chunk {

    /** How many values a chunk has, but for the last of a parameter. */
    static final int SIZE = 1024;

    private final ArrayMemory memory = new ArrayMemory(SIZE);
    private final double[] value = new double[SIZE];
    private final double[] gradient = new double[SIZE];
    private List<Slot> slots = List.of();
    private double[][] kept = {};
    private INDArray valueArray;
    private INDArray gradientArray;
    private INDArray[] keptArrays = {};
    private long first;
    private long end;
    private int count;

    /**
     * Stands before the first of some values of a parameter.
     *
     * @param value    plain memory, as the others
     * @param gradient of the value's length
     * @param end      behind the last
     */
    void begin(INDArray value, INDArray gradient, List<Slot> slots, ParameterState state, long first, long end) {
        valueArray = value;
        gradientArray = gradient;
        if (kept.length != slots.size()) {
            kept = new double[slots.size()][SIZE];
            keptArrays = new INDArray[slots.size()];
        }
        this.slots = slots;
        for (int i = 0; i < keptArrays.length; i++) {
            keptArrays[i] = state.kept(slots.get(i));
        }
        this.first = first;
        this.end = end;
        count = 0;
    }

    /** Goes on to the values that follow; false if there are none. */
    boolean next() {
        first += count;
        count = (int) Math.min(SIZE, end - first);
        if (count <= 0) {
            return false;
        }
        memory.read(valueArray, first, value, count);
        memory.read(gradientArray, first, gradient, count);
        for (int i = 0; i < kept.length; i++) {
            memory.read(keptArrays[i], first, kept[i], count);
        }
        return true;
    }

    /** Rounds the values and what is kept to the arrays' type. */
    void write() {
        memory.write(value, count, valueArray, first);
        for (int i = 0; i < kept.length; i++) {
            memory.write(kept[i], count, keptArrays[i], first);
        }
    }

    /** How many values there are; what lies behind them in the work arrays has no meaning. */
    int count() {
        return count;
    }

    /** To be changed. */
    double[] value() {
        return value;
    }

    /** Free to be written on: the parameter's gradient stays as it is. */
    double[] gradient() {
        return gradient;
    }

    /** To be changed; at the first step the slot's start. */
    double[] kept(Slot slot) {
        return kept[slots.indexOf(slot)];
    }
}
