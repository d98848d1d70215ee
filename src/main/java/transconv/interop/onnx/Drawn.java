package transconv.interop.onnx;

import java.util.List;
import transconv.layers.Tensor;

/**
 * A tensor of a graph that is read: a tensor of the model in the making; or a formula of such ones and numbers, which
 * becomes layers when somebody asks for it, so that several nodes can be one layer.
 */
final class Drawn {

    private final String label;
    private final List<Object> operands;
    private final OnnxNode node;
    private final int depth;
    private final int rank;
    private Tensor tensor;
    private boolean channelsLast;

    /**
     * @param channelsLast whether the model's tensor has its channels last, where the graph has them on axis 1
     */
    Drawn(Tensor tensor, boolean channelsLast) {
        this.label = null;
        this.operands = List.of();
        this.node = null;
        this.depth = 0;
        this.rank = tensor.shape().rank() + 1;
        settle(tensor, channelsLast);
    }

    /**
     * @param label    the operator with what distinguishes it
     * @param operands each a {@code Drawn} or {@code Numbers}
     */
    Drawn(OnnxNode node, String label, List<?> operands) {
        this.label = label;
        this.operands = List.copyOf(operands);
        this.node = node;
        this.rank = this.operands.stream()
                .mapToInt(each -> each instanceof Drawn drawn ? drawn.rank : ((Numbers) each).rank())
                .max()
                .orElse(1);
        this.depth = 1
                + tensors().stream()
                        .mapToInt(each -> each.isSettled() ? 0 : each.depth)
                        .max()
                        .orElse(0);
    }

    void settle(Tensor tensor, boolean channelsLast) {
        this.tensor = tensor;
        this.channelsLast = channelsLast;
    }

    boolean isSettled() {
        return tensor != null;
    }

    /** Whether it was a formula, settled or not. */
    boolean isFormula() {
        return label != null;
    }

    String label() {
        return label;
    }

    List<Object> operands() {
        return operands;
    }

    /** The operands without the numbers. */
    List<Drawn> tensors() {
        return operands.stream()
                .filter(Drawn.class::isInstance)
                .map(Drawn.class::cast)
                .toList();
    }

    OnnxNode node() {
        return node;
    }

    /** Unsettled formulas within each other. */
    int depth() {
        return depth;
    }

    Tensor tensor() {
        return tensor;
    }

    boolean isChannelsLast() {
        return channelsLast;
    }

    /** Axes in the graph, that of the samples included. */
    int rank() {
        return rank;
    }

    /** The axis of the model's tensor that is an axis in the graph, both counted from that of the samples. */
    int axis(int inGraph) {
        int axis = inGraph < 0 ? inGraph + rank : inGraph;
        if (axis < 0 || axis >= rank) {
            throw new IllegalArgumentException("axis=%d of a tensor with %d axes; it must be from %d to %d"
                    .formatted(inGraph, rank, -rank, rank - 1));
        }
        return !channelsLast || axis == 0 ? axis : axis == 1 ? rank - 1 : axis - 1;
    }

    /** The length of an axis of the graph that is not that of the samples. */
    int size(int inGraph) {
        return tensor.shape().size(axis(inGraph) - 1);
    }
}
