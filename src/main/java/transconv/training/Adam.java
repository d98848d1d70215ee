package transconv.training;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import transconv.ops.Parameter;

/**
 * Adam: steps along the running mean of the gradients, scaled by the root of the running mean of their squares. Source: Kingma and Ba
 * (2015), the form before section 2.1 as Keras 3 computes it, with epsilon outside the bias correction.
 *
 * <pre>{@code
 * Optimizer optimizer = new Adam().learningRate(1e-4);
 * System.out.println(optimizer.name()); // adam
 * }</pre>
 */
public final class Adam implements Optimizer {

    private record Moments(INDArray mean, INDArray square, INDArray work) {
    }

    private final Map<Parameter, Moments> moments = new IdentityHashMap<>();
    private double learningRate = 0.001;
    private double beta1 = 0.9;
    private double beta2 = 0.999;
    private double epsilon = 1e-7;
    private long steps;

    @Override
    public String name() {
        return "adam";
    }

    /** Default 0.001. */
    public Adam learningRate(double learningRate) {
        this.learningRate = Arguments.positive("adam", "learningRate", learningRate);
        return this;
    }

    /** Share of the old mean, in [0, 1); default 0.9. */
    public Adam beta1(double beta1) {
        this.beta1 = Arguments.share("adam", "beta1", beta1);
        return this;
    }

    /** Share of the old mean of squares, in [0, 1); default 0.999. */
    public Adam beta2(double beta2) {
        this.beta2 = Arguments.share("adam", "beta2", beta2);
        return this;
    }

    /** Keeps the division finite; default 1e-7. */
    public Adam epsilon(double epsilon) {
        this.epsilon = Arguments.positive("adam", "epsilon", epsilon);
        return this;
    }

    @Override
    public long stateCount() {
        return steps == 0 ? 0 : 2 + moments.values().stream().mapToLong(state -> 2 * state.mean().length()).sum();
    }

    @Override
    public void step(List<Parameter> parameters, List<INDArray> gradients) {
        steps++;
        double alpha = learningRate * Math.sqrt(1 - Math.pow(beta2, steps)) / (1 - Math.pow(beta1, steps));
        for (int i = 0; i < parameters.size(); i++) {
            INDArray value = parameters.get(i).value();
            INDArray gradient = gradients.get(i);
            Moments state = moments.computeIfAbsent(parameters.get(i),
                    p -> new Moments(Nd4j.zerosLike(value), Nd4j.zerosLike(value), Nd4j.zerosLike(value)));
            INDArray work = state.work();
            // mean += (gradient - mean) (1 - beta1)
            gradient.subi(state.mean(), work);
            state.mean().addi(work.muli(1 - beta1));
            // square += (gradient² - square) (1 - beta2)
            gradient.muli(gradient, work);
            work.subi(state.square());
            state.square().addi(work.muli(1 - beta2));
            // value -= alpha mean / (sqrt(square) + epsilon)
            work.assign(state.square());
            Transforms.sqrt(work, false);
            work.addi(epsilon);
            state.mean().divi(work, work);
            value.subi(work.muli(alpha));
        }
    }
}
