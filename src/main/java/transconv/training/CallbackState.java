package transconv.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a callback remembers, as arrays by name. */
final class CallbackState {

    private final String owner;
    private final Map<String, INDArray> arrays = new LinkedHashMap<>();

    CallbackState(String owner) {
        this.owner = owner;
    }

    CallbackState(String owner, Map<String, INDArray> arrays) {
        this.owner = owner;
        this.arrays.putAll(arrays);
    }

    Map<String, INDArray> arrays() {
        return arrays;
    }

    CallbackState with(String name, long count) {
        arrays.put(name, Nd4j.scalar(count));
        return this;
    }

    /** Nothing is written down for a number that is not there. */
    CallbackState with(String name, OptionalDouble number) {
        number.ifPresent(value -> arrays.put(name, Nd4j.scalar(value)));
        return this;
    }

    /** Copies of arrays, which may be null. */
    CallbackState with(String name, List<INDArray> list) {
        for (int i = 0; list != null && i < list.size(); i++) {
            arrays.put(name + "/" + i, list.get(i).dup('c'));
        }
        return this;
    }

    int count(String name) {
        OptionalDouble number = number(name);
        double count = number.orElse(-1);
        if (!(count >= 0) || count != (int) count) {
            throw new IllegalArgumentException(
                    "%s: state '%s' is %s, it must be a whole number at least 0; restore what a %s wrote"
                            .formatted(owner, name, number.isPresent() ? count : "missing", owner));
        }
        return (int) count;
    }

    OptionalDouble number(String name) {
        INDArray array = arrays.get(name);
        if (array != null && array.length() != 1) {
            throw new IllegalArgumentException(
                    "%s: state '%s' has %d values, it must be one number; restore what a %s wrote"
                            .formatted(owner, name, array.length(), owner));
        }
        return array == null ? OptionalDouble.empty() : OptionalDouble.of(array.getDouble(0));
    }

    /** Copies of the arrays, or null where there are none. */
    List<INDArray> list(String name) {
        List<INDArray> list = new ArrayList<>();
        while (arrays.containsKey(name + "/" + list.size())) {
            list.add(arrays.get(name + "/" + list.size()).dup('c'));
        }
        return list.isEmpty() ? null : list;
    }
}
