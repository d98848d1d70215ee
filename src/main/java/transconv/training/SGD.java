package transconv.training;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gradient descent, with momentum or Nesterov's momentum if wanted. Source: Keras 3, {@code SGD}.
 *
 * <pre>{@code
 * Optimizer optimizer = new SGD().learningRate(0.1).momentum(0.9).nesterov(true);
 * System.out.println(optimizer.name()); // sgd
 * }</pre>
 */
public final class SGD extends BaseOptimizer<SGD> {

    private double momentum;
    private boolean nesterov;

    /** Learning rate 0.01, no momentum. */
    public SGD() {
        super("sgd", 0.01);
    }

    /** Share of the last step that is kept, in [0, 1]; default 0. */
    public SGD momentum(double momentum) {
        this.momentum = Arguments.shareOrOne(name(), "momentum", momentum);
        return this;
    }

    /** Looks ahead along the momentum; default false. */
    public SGD nesterov(boolean nesterov) {
        this.nesterov = nesterov;
        return this;
    }

    @Override
    void update(INDArray value, INDArray gradient, ParameterState state, double learningRate, long iteration) {
        INDArray step = gradient.muli(-learningRate, state.work("step"));
        if (momentum > 0) {
            INDArray velocity = state.kept("momentum");
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
