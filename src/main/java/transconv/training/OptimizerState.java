package transconv.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.ops.Parameter;

/** Checks arrays by name that are to become an optimizer's state; nothing is changed by it. */
final class OptimizerState {

    private final String optimizer;
    private final Map<String, INDArray> arrays;
    private final Map<String, INDArray> unread;

    OptimizerState(String optimizer, Map<String, INDArray> arrays) {
        this.optimizer = optimizer;
        this.arrays = arrays;
        this.unread = new LinkedHashMap<>(arrays);
    }

    /** The one number of that name. */
    double number(String name) {
        INDArray array = array(name);
        if (array.length() != 1) {
            throw wrong("'%s' has shape %s, it must be one number", name, Arrays.toString(array.shape()));
        }
        return array.getDouble(0);
    }

    /** A number of steps. */
    long count(String name) {
        double number = number(name);
        if (!(number >= 0) || number != Math.rint(number) || number > 1L << 53) {
            throw wrong("'%s' is %s, it must be a whole number at least 0", name, number);
        }
        return (long) number;
    }

    /** The array of a slot of a parameter, of its shape and type. */
    INDArray slot(String parameterName, Parameter parameter, String slot) {
        String name = name(parameterName, slot);
        INDArray array = array(name);
        DataType type = parameter.value().dataType();
        if (!Arrays.equals(array.shape(), parameter.value().shape()) || array.dataType() != type) {
            throw wrong(
                    "'%s' has shape %s of %s, the parameter %s of %s",
                    name,
                    Arrays.toString(array.shape()),
                    array.dataType(),
                    Arrays.toString(parameter.value().shape()),
                    type);
        }
        return array;
    }

    /** Fails if there are arrays that nobody asked for. */
    void requireAllRead() {
        if (!unread.isEmpty()) {
            throw wrong(
                    "'%s' belongs to nothing in it", unread.keySet().iterator().next());
        }
    }

    static String name(String parameter, String slot) {
        return parameter + "/" + slot;
    }

    /** @throws IllegalArgumentException if two parameters have one name, so that their state could not be told apart */
    static Map<String, Parameter> byName(String optimizer, List<Parameter> parameters) {
        Map<String, Parameter> named = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            if (named.put(parameter.name(), parameter) != null) {
                throw new IllegalArgumentException(
                        "%s: two parameters are named '%s', so their state cannot be told apart; rename one"
                                .formatted(optimizer, parameter.name()));
            }
        }
        return named;
    }

    private INDArray array(String name) {
        INDArray found = arrays.get(name);
        if (found == null) {
            throw wrong("'%s' is missing, there are %s", name, arrays.keySet());
        }
        unread.remove(name);
        return found;
    }

    private IllegalArgumentException wrong(String what, Object... values) {
        return new IllegalArgumentException(
                "%s: state %s; restore the state of an optimizer with the same settings and parameters"
                        .formatted(optimizer, what.formatted(values)));
    }
}
