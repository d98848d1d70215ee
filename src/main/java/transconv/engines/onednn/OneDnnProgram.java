package transconv.engines.onednn;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.engines.BufferPlan;
import transconv.engines.Explanation;
import transconv.engines.Precision;
import transconv.engines.Program;
import transconv.engines.nd4j.KeptSums;
import transconv.engines.nd4j.Nd4jSteps;
import transconv.ops.Graph;
import transconv.ops.Parameter;
import transconv.ops.Value;
import transconv.shape.Shape;

/** Steps over float buffers in ND4J's memory that are laid out once by a {@link BufferPlan}, channels last. */
final class OneDnnProgram implements Program {

    /** Floats of a cache line. */
    private static final int LINE = 16;

    /** Frees what programs hold that nobody closed, as those of a notebook's variable that a cell has set anew. */
    private static final Cleaner CLEANER = Cleaner.create();

    private final List<INDArray> buffers = new ArrayList<>();
    private final KeptSums sums = new KeptSums();
    private final Map<Value, INDArray> arrays = new HashMap<>();
    private final Session session;
    private final Steps steps;
    private final Cleaner.Cleanable cleanable;
    private boolean parametersRead;

    OneDnnProgram(Graph graph, Precision precision) {
        Library.oneThread();
        BufferPlan plan = new BufferPlan(graph);
        for (int buffer = 0; buffer < plan.buffers(); buffer++) {
            buffers.add(Nd4j.create(DataType.FLOAT, plan.size(buffer) + LINE));
        }
        List<Value> order = graph.needed();
        for (Value value : order) {
            Parameter parameter = BufferPlan.storage(value).parameter();
            arrays.put(
                    value,
                    parameter != null
                            ? parameter.value().reshape('c', value.shape().toLongArray())
                            : view(buffers.get(plan.buffer(value)), value.shape()));
        }
        session = new Session();
        steps = new Steps(graph, precision, plan, arrays, session);
        session.allocateScratch();
        cleanable = CLEANER.register(this, session::close);
    }

    /** The values begin at a cache line. */
    private static INDArray view(INDArray buffer, Shape shape) {
        long past = buffer.data().address() / Float.BYTES % LINE;
        long[] sizes = shape.toLongArray();
        return Nd4j.create(buffer.data(), sizes, Nd4j.getStrides(sizes, 'c'), (LINE - past) % LINE, 'c');
    }

    @Override
    public void feed(Value input, INDArray samples, int[] rows) {
        Nd4jSteps.copyRows(samples, rows, arrays.get(input));
    }

    @Override
    public void run() {
        if (session.isClosed()) {
            throw new IllegalStateException("onednn engine: the program is closed; compile its graph again");
        }
        Library.oneThread();
        for (Step step : steps.list()) {
            if (!parametersRead) {
                step.parametersChanged();
            }
            step.run();
        }
        parametersRead = true;
        // The last use of this object may lie before the last step; its memory is not to be freed by then.
        Reference.reachabilityFence(this);
    }

    Session session() {
        return session;
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
    public void parametersChanged() {
        parametersRead = false;
    }

    @Override
    public Explanation explain() {
        return steps.explain();
    }

    @Override
    public void close() {
        cleanable.clean();
        arrays.clear();
        buffers.forEach(INDArray::close);
    }
}
