package transconv.training;

/**
 * Adam: steps along the running mean of the gradients, scaled by the root of the running mean of their squares. Source:
 * Kingma and Ba (2015), the form before section 2.1 as Keras 3 computes it, with epsilon outside the bias correction.
 *
 * <pre>{@code
 * Optimizer optimizer = new Adam().learningRate(1e-4).amsgrad(true);
 * System.out.println(optimizer.name()); // adam
 * }</pre>
 */
public final class Adam extends AdamFamily<Adam> {

    /** Learning rate 0.001, beta1 0.9, beta2 0.999, epsilon 1e-7. */
    public Adam() {
        super("adam");
    }
}
