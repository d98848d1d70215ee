package transconv.models;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.engines.Engine;
import transconv.engines.Program;
import transconv.layers.Weight;
import transconv.ops.Gradients;
import transconv.ops.Graph;
import transconv.ops.Ops;
import transconv.ops.Parameter;
import transconv.ops.Value;

/** What the regularizers of weights add to the loss and its gradients: once a batch, however it is cut. */
final class WeightPenalties implements AutoCloseable {

    private final Map<Parameter, Value> gradients = new IdentityHashMap<>();
    private final Value penalty;
    private final Program program;

    private WeightPenalties(List<Weight> regularized, Engine engine) {
        Graph graph = new Graph();
        List<Value> values = regularized.stream()
                .map(weight -> graph.parameter(weight.parameter()))
                .toList();
        Value sum = null;
        for (int i = 0; i < values.size(); i++) {
            Value one = regularized.get(i).regularizer().ofWeight(values.get(i));
            sum = sum == null ? one : Ops.add(sum, one);
        }
        penalty = sum;
        graph.output(penalty);
        List<Value> slopes = Gradients.of(penalty, Ops.fill(graph, penalty.shape(), 1), values);
        for (int i = 0; i < slopes.size(); i++) {
            gradients.put(regularized.get(i).parameter(), slopes.get(i));
            graph.output(slopes.get(i));
        }
        program = engine.compile(graph);
    }

    /** For the weights that have a regularizer; null if none has. */
    static WeightPenalties of(List<Weight> weights, Engine engine) {
        List<Weight> regularized =
                weights.stream().filter(weight -> weight.regularizer() != null).toList();
        return regularized.isEmpty() ? null : new WeightPenalties(regularized, engine);
    }

    /** The penalty for the weights as they are; the gradients follow. */
    double run() {
        program.parametersChanged();
        program.run();
        return program.read(penalty).getDouble(0);
    }

    /** Adds the gradient of the last run to a weight's. */
    void addGradient(Parameter parameter, INDArray gradient) {
        Value own = gradients.get(parameter);
        if (own != null) {
            gradient.addi(program.read(own));
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
