package transconv.interop.keras;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.config.Config;
import transconv.layers.Weight;
import transconv.models.Model;
import transconv.ops.Parameter;
import transconv.training.Optimizer;

/**
 * An optimizer's state in the order of Keras' list of variables: step count, learning rate where there is no schedule,
 * then the slots, those of one group for each weight in turn, and Nadam's product at last. Source: Keras 3, {@code
 * BaseOptimizer.variables} and each optimizer's {@code build}.
 */
final class OptimizerVariables {

    private static final String ITERATIONS = "iterations";
    private static final String LEARNING_RATE = "learning_rate";
    private static final String PRODUCT = "u_product";

    private final Optimizer optimizer;
    private final boolean hasSchedule;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final List<String> slots = new ArrayList<>();

    /** Of a compiled model; its optimizer serves the weights that can be trained now. */
    OptimizerVariables(Model model) {
        optimizer = model.optimizer();
        hasSchedule = optimizer.config().values().get(LEARNING_RATE) instanceof Map;
        for (Weight weight : model.trainableWeights()) {
            parameters.put(String.valueOf(parameters.size()), weight.parameter());
        }
        for (List<String> group : slotGroups(optimizer.className(), optimizer.config())) {
            parameters.keySet().forEach(name -> group.forEach(slot -> slots.add(name + "/" + slot)));
        }
    }

    private static List<List<String>> slotGroups(String className, Config config) {
        List<List<String>> groups = new ArrayList<>();
        switch (className) {
            case "Adam", "AdamW" -> {
                groups.add(List.of("momentum", "velocity"));
                if (config.truth("amsgrad")) {
                    groups.add(List.of("velocity_hat"));
                }
            }
            case "Adamax" -> groups.add(List.of("momentum", "norm"));
            case "Nadam" -> groups.add(List.of("momentum", "velocity"));
            case "RMSprop" -> {
                groups.add(List.of("velocity"));
                if (config.number("momentum") > 0) {
                    groups.add(List.of("momentum"));
                }
                if (config.truth("centered")) {
                    groups.add(List.of("average_gradient"));
                }
            }
            case "SGD" -> {
                if (config.number("momentum") > 0) {
                    groups.add(List.of("momentum"));
                }
            }
            case "Adagrad" -> groups.add(List.of("accumulator"));
            case "Adadelta" -> groups.add(List.of("accumulated_grad", "accumulated_delta_var"));
            case "Ftrl" -> groups.add(List.of("accumulator", "linear"));
            default -> throw new IllegalArgumentException(
                    "optimizer %s has no equal in Keras; compile with one of Keras' optimizers".formatted(className));
        }
        return groups;
    }

    private boolean hasProduct() {
        return optimizer.className().equals("Nadam");
    }

    /** The arrays in Keras' order, in Keras' types; without slots before the first step. */
    List<INDArray> written() {
        Map<String, INDArray> state = optimizer.state(parameters);
        List<INDArray> written = new ArrayList<>();
        long steps = state.get(ITERATIONS).getLong(0);
        written.add(Nd4j.scalar(DataType.INT64, steps));
        if (!hasSchedule) {
            written.add(Nd4j.scalar(DataType.FLOAT, state.get(LEARNING_RATE).getDouble(0)));
        }
        if (steps > 0) {
            slots.forEach(name -> written.add(state.get(name)));
            if (hasProduct()) {
                written.add(Nd4j.scalar(DataType.FLOAT, state.get(PRODUCT).getDouble(0)));
            }
        }
        return written;
    }

    /**
     * Takes over what is written; nothing before the first step.
     *
     * @param stored in Keras' order
     * @throws IllegalArgumentException if they are not this optimizer's, by count, shapes or types
     */
    void read(List<StoredArray> stored) throws IOException {
        int scalars = hasSchedule ? 1 : 2;
        int whole = scalars + slots.size() + (hasProduct() ? 1 : 0);
        if (stored.size() < scalars) {
            throw wrongCount(stored.size(), whole);
        }
        Map<String, INDArray> state = new LinkedHashMap<>();
        double steps = stored.get(0).number();
        state.put(ITERATIONS, Nd4j.scalar(steps));
        if (!hasSchedule) {
            state.put(LEARNING_RATE, Nd4j.scalar(learningRate(stored.get(1).number())));
        }
        if (hasProduct()) {
            state.put(PRODUCT, Nd4j.scalar(1.0));
        }
        if (steps > 0) {
            if (stored.size() != whole) {
                throw wrongCount(stored.size(), whole);
            }
            for (int i = 0; i < slots.size(); i++) {
                String slot = slots.get(i);
                Parameter parameter = parameters.get(slot.substring(0, slot.indexOf('/')));
                StoredArray array = stored.get(scalars + i);
                array.requireFloat(
                        "the optimizer's %s of '%s'".formatted(slot.substring(slot.indexOf('/') + 1), parameter.name()),
                        parameter.value().shape());
                state.put(slot, array.floats());
            }
            if (hasProduct()) {
                state.put(PRODUCT, Nd4j.scalar(stored.get(whole - 1).number()));
            }
        }
        optimizer.takeOver(parameters, state);
    }

    /** Keras rounds the learning rate to a float; the configuration still has all digits of the same one. */
    private double learningRate(double stored) {
        double configured = optimizer.state(parameters).get(LEARNING_RATE).getDouble(0);
        return (float) configured == stored ? configured : stored;
    }

    private IllegalArgumentException wrongCount(int found, int whole) {
        return new IllegalArgumentException(
                "optimizer %s: it has %d variables, the file %d; load it without: KerasFile.loadUncompiled(file)"
                        .formatted(optimizer.name(), whole, found));
    }
}
