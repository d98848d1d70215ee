package transconv.engines.nd4j;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import transconv.engines.BufferPlan;
import transconv.engines.Explanation;
import transconv.engines.Program;
import transconv.ops.Graph;
import transconv.ops.Parameter;
import transconv.ops.Reshape;
import transconv.ops.Value;

/** Steps over float buffers that are laid out once by a {@link BufferPlan}. */
final class Nd4jProgram implements Program {

    private final List<INDArray> buffers = new ArrayList<>();
    private final KeptSums sums = new KeptSums();
    private final Map<Value, INDArray> arrays = new LinkedHashMap<>();
    private final List<Runnable> steps = new ArrayList<>();
    private final List<Explanation.Line> lines = new ArrayList<>();
    private final Scratch scratch;

    Nd4jProgram(Graph graph) {
        BufferPlan plan = new BufferPlan(graph);
        for (int buffer = 0; buffer < plan.buffers(); buffer++) {
            buffers.add(Nd4j.create(DataType.FLOAT, plan.size(buffer)));
        }
        List<Value> order = graph.needed();
        for (Value value : order) {
            Parameter parameter = BufferPlan.storage(value).parameter();
            arrays.put(
                    value,
                    parameter != null
                            ? parameter.value().reshape('c', value.shape().toLongArray())
                            : view(plan.buffer(value), value));
        }
        scratch = new Scratch(order.stream().mapToLong(Nd4jKernels::work).max().orElse(1));
        Nd4jKernels kernels = new Nd4jKernels(arrays::get, scratch);
        for (Value value : order) {
            if (value.op() != null) {
                add(value, kernels.step(value));
            }
        }
    }

    private void add(Value value, Runnable step) {
        steps.add(step);
        if (step instanceof Contraction contraction) {
            lines.add(Explanation.Line.of(value, contraction.algorithm(), contraction.executed(), Float.BYTES));
        } else if (!(value.op() instanceof Reshape)) {
            lines.add(Explanation.Line.of(value, "ND4J operations and loops", Float.BYTES));
        }
    }

    private INDArray view(int buffer, Value value) {
        INDArray whole = buffers.get(buffer);
        long elements = value.shape().elements();
        INDArray part = elements == whole.length() ? whole : whole.get(NDArrayIndex.interval(0, elements));
        return part.reshape('c', value.shape().toLongArray());
    }

    @Override
    public void feed(Value input, INDArray samples, int[] rows) {
        Nd4jSteps.copyRows(samples, rows, arrays.get(input));
    }

    @Override
    public void run() {
        steps.forEach(Runnable::run);
    }

    @Override
    public INDArray read(Value output) {
        return arrays.get(output);
    }

    @Override
    public void copyTo(Value output, int rows, INDArray target, int first) {
        Nd4jSteps.copyFirstRows(arrays.get(output), rows, target, first);
    }

    @Override
    public void addTo(INDArray sum, Value output) {
        sums.add(output, arrays.get(output), sum);
    }

    @Override
    public Explanation explain() {
        return new Explanation(lines, scratch.bytes());
    }

    @Override
    public void close() {
        steps.clear();
        arrays.clear();
        buffers.forEach(INDArray::close);
        scratch.close();
    }
}
