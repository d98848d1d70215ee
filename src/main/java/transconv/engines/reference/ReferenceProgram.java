package transconv.engines.reference;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.engines.Explanation;
import transconv.engines.Program;
import transconv.ops.Graph;
import transconv.ops.Reshape;
import transconv.ops.Value;

/** One double array a value; each needed value is computed in the graph's order. */
final class ReferenceProgram implements Program {

    private final List<Value> order;
    private final Map<Value, double[]> arrays = new HashMap<>();

    ReferenceProgram(Graph graph) {
        order = graph.needed();
        for (Value value : order) {
            if (value.isInput()) {
                arrays.put(value, new double[value.shape().elements()]);
            }
        }
    }

    @Override
    public void feed(Value input, INDArray samples, int[] rows) {
        double[] target = arrays.get(input);
        int width = target.length / input.shape().size(0);
        Arrays.fill(target, rows.length * width, target.length, 0);
        // A view's data begins at the view: its offset is counted in already.
        DataBuffer data = samples.data();
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < width; i++) {
                target[row * width + i] = data.getDouble((long) rows[row] * width + i);
            }
        }
    }

    @Override
    public void run() {
        for (Value value : order) {
            if (value.parameter() != null) {
                arrays.put(value, value.parameter().value().dup('c').data().asDouble());
            } else if (value.op() != null) {
                List<double[]> inputs = value.inputs().stream().map(arrays::get).toList();
                arrays.put(value, ReferenceKernels.compute(value, inputs));
            }
        }
    }

    @Override
    public INDArray read(Value output) {
        return toArray(output, arrays.get(output));
    }

    private static INDArray toArray(Value value, double[] values) {
        return Nd4j.createFromArray(values)
                .castTo(DataType.DOUBLE)
                .reshape('c', value.shape().toLongArray());
    }

    @Override
    public Explanation explain() {
        List<Explanation.Line> lines = order.stream()
                .filter(value -> value.op() != null && !(value.op() instanceof Reshape))
                .map(ReferenceProgram::line)
                .toList();
        return new Explanation(lines, 0);
    }

    private static Explanation.Line line(Value value) {
        String how = Explanation.isContraction(value)
                ? "plain loops in double over positions and taps, those that do not meet left out"
                : "plain loops in double";
        return Explanation.Line.of(value, how, Explanation.useful(value), Double.BYTES);
    }

    @Override
    public void close() {
        arrays.clear();
    }
}
