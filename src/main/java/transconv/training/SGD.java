package transconv.training;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.ops.Parameter;

/**
 * Gradient descent, with momentum or Nesterov's momentum if wanted. Source: Keras 3, {@code SGD}.
 *
 * <pre>{@code
 * Optimizer optimizer = new SGD().learningRate(0.1).momentum(0.9).nesterov(true);
 * System.out.println(optimizer.name()); // sgd
 * }</pre>
 */
public final class SGD implements Optimizer {

    private final Map<Parameter, INDArray> velocities = new IdentityHashMap<>();
    private final Map<Parameter, INDArray> works = new IdentityHashMap<>();
    private double learningRate = 0.01;
    private double momentum;
    private boolean nesterov;

    @Override
    public String name() {
        return "sgd";
    }

    /** Default 0.01. */
    public SGD learningRate(double learningRate) {
        this.learningRate = Arguments.positive("sgd", "learningRate", learningRate);
        return this;
    }

    /** Share of the last step that is kept, in [0, 1); default 0. */
    public SGD momentum(double momentum) {
        this.momentum = Arguments.share("sgd", "momentum", momentum);
        return this;
    }

    /** Looks ahead along the momentum; default false. */
    public SGD nesterov(boolean nesterov) {
        this.nesterov = nesterov;
        return this;
    }

    @Override
    public long stateCount() {
        return works.isEmpty() ? 0 : 2 + velocities.values().stream().mapToLong(INDArray::length).sum();
    }

    @Override
    public void step(List<Parameter> parameters, List<INDArray> gradients) {
        for (int i = 0; i < parameters.size(); i++) {
            INDArray value = parameters.get(i).value();
            INDArray step = works.computeIfAbsent(parameters.get(i), p -> Nd4j.zerosLike(value));
            gradients.get(i).muli(-learningRate, step);
            if (momentum > 0) {
                INDArray velocity = velocities.computeIfAbsent(parameters.get(i), p -> Nd4j.zerosLike(value));
                velocity.muli(momentum).addi(step);
                if (nesterov) {
                    value.addi(step);
                    velocity.muli(momentum, step);
                } else {
                    step = velocity;
                }
            }
            value.addi(step);
        }
    }
}
