package transconv.layers;

import transconv.ops.Ops;
import transconv.ops.Value;

/**
 * Dropout for SELU: in training, sets a share of its input to SELU's lowest value, -1.7581, and scales and shifts all,
 * so that an input of mean 0 and deviation 1 keeps both; otherwise it changes nothing. Input and output (any axes).
 * Random as {@link Dropout} is. Source: Klambauer et al. (2017); Keras 3, {@code AlphaDropout}.
 *
 * <pre>{@code
 * Layer layer = Layers.alphaDropout(0.1).seed(7);
 * System.out.println(layer.config().number("rate") + " " + layer.config().integer("seed")); // 0.1 7
 * }</pre>
 */
public final class AlphaDropout extends DropoutLayer<AlphaDropout> {

    private static final double SELU_ALPHA = 1.6732632423543772848170429916717;
    private static final double SELU_SCALE = 1.0507009873554804934193349852946;
    private static final double LOWEST = -SELU_ALPHA * SELU_SCALE;

    /**
     * @param rate the share that is dropped, at least 0 and below 1; Keras takes 1 as well, and then cannot train
     * @throws IllegalArgumentException if it is outside
     */
    public AlphaDropout(double rate) {
        super(NoiseSettings.belowOne("alpha_dropout", "rate", rate));
    }

    @Override
    Value noisy(Value input, Pass pass) {
        // Klambauer et al.: a (x d + alpha' (1 - d)) + b, with d = 1 where x is kept.
        double a = 1 / Math.sqrt((1 - rate) * (1 + rate * LOWEST * LOWEST));
        double b = -a * LOWEST * rate;
        Value kept = noise.kept(rate, maskShape(input.shape()), pass);
        Value scale = Ops.broadcast(Ops.affine(kept, a, 0), input.shape());
        Value shift = Ops.broadcast(Ops.affine(kept, -a * LOWEST, a * LOWEST + b), input.shape());
        return Ops.add(Ops.multiply(input, scale), shift);
    }
}
