package transconv.training;

/**
 * Adam with weight decay that no gradient scales. Source: Loshchilov and Hutter (2019), and Keras 3, {@code AdamW}: the
 * decay is times the learning rate.
 *
 * <pre>{@code
 * Optimizer optimizer = new AdamW().weightDecay(0.01);
 * System.out.println(optimizer.name()); // adamw
 * }</pre>
 */
public final class AdamW extends AdamFamily<AdamW> {

    /** As {@link Adam}, with weight decay 0.004. */
    public AdamW() {
        super("adamw");
        weightDecay(0.004);
    }
}
