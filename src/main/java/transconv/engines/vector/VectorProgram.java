package transconv.engines.vector;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.engines.BufferPlan;
import transconv.engines.Explanation;
import transconv.engines.Fusion;
import transconv.engines.Program;
import transconv.ops.Graph;
import transconv.ops.Value;

/**
 * Steps over float arrays that are laid out once by a {@link BufferPlan}, every value channels last in C order. ND4J's
 * memory is met at the edges only: where samples and parameters come in, and where outputs are read.
 */
final class VectorProgram implements Program {

    private final float[][] buffers;
    private final Map<Value, float[]> arrays = new HashMap<>();
    private final Map<Value, INDArray> outputs = new HashMap<>();
    private final List<Value> parameters;
    private final List<Step> steps;
    private final Explanation explanation;
    private boolean parametersRead;

    VectorProgram(Graph graph) {
        BufferPlan plan = new BufferPlan(graph);
        buffers = new float[plan.buffers()][];
        for (int buffer = 0; buffer < buffers.length; buffer++) {
            buffers[buffer] = Lanes.array(plan.size(buffer));
        }
        List<Value> order = graph.needed();
        for (Value value : order) {
            Value storage = BufferPlan.storage(value);
            arrays.put(
                    value,
                    storage.parameter() == null
                            ? buffers[plan.buffer(value)]
                            : arrays.computeIfAbsent(
                                    storage,
                                    parameter -> Lanes.array(parameter.shape().elements())));
        }
        for (Value output : graph.outputs()) {
            outputs.put(output, Nd4j.create(DataType.FLOAT, output.shape().toLongArray()));
        }
        parameters = order.stream().filter(value -> value.parameter() != null).toList();
        Steps all = new Steps(order, new Fusion(graph, plan), arrays);
        steps = all.list();
        explanation = all.explain();
    }

    @Override
    public void feed(Value input, INDArray samples, int[] rows) {
        float[] target = arrays.get(input);
        int elements = input.shape().elements();
        int width = elements / input.shape().size(0);
        INDArray floats = samples.castTo(DataType.FLOAT);
        FloatPointer from = pointer(floats);
        for (int row = 0; row < rows.length; row++) {
            from.position((long) rows[row] * width).get(target, row * width, width);
        }
        Reference.reachabilityFence(floats);
        Arrays.fill(target, rows.length * width, elements, 0);
    }

    @Override
    public void run() {
        if (!parametersRead) {
            for (Value value : parameters) {
                INDArray floats = value.parameter().value().castTo(DataType.FLOAT);
                pointer(floats).get(arrays.get(value), 0, value.shape().elements());
                Reference.reachabilityFence(floats);
            }
        }
        for (Step step : steps) {
            if (!parametersRead) {
                step.parametersChanged();
            }
            step.run();
        }
        parametersRead = true;
    }

    @Override
    public INDArray read(Value output) {
        INDArray array = outputs.get(output);
        pointer(array).put(arrays.get(output), 0, output.shape().elements());
        return array;
    }

    @Override
    public void copyTo(Value output, int rows, INDArray target, int first) {
        int width = output.shape().elements() / output.shape().size(0);
        pointer(target).position((long) first * width).put(arrays.get(output), 0, rows * width);
        Reference.reachabilityFence(target);
    }

    /**
     * A view's data begins at the view: its offset is counted in already. The pointer does not keep the array: the
     * collector would free one that no one uses any more.
     */
    private static FloatPointer pointer(INDArray floats) {
        return new FloatPointer(floats.data().addressPointer());
    }

    @Override
    public void parametersChanged() {
        parametersRead = false;
    }

    @Override
    public Explanation explain() {
        return explanation;
    }

    @Override
    public void close() {
        steps.clear();
        arrays.clear();
        Arrays.fill(buffers, null);
        outputs.values().forEach(INDArray::close);
    }
}
