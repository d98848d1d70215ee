package transconv.layers;

import transconv.ops.Value;

/**
 * In training, sets a share of its input to 0 at random, and scales the rest by {@code 1 / (1 - rate)}, so that the sum
 * stays the same in the mean; otherwise it changes nothing. Input and output (any axes). Which values are dropped
 * follows from the seed, the step and the sample's place in its batch; Keras' own draws cannot be had. Source:
 * Srivastava et al. (2014); Keras 3, {@code Dropout}.
 *
 * <pre>{@code
 * Layer layer = Layers.dropout(0.2).noiseShape(-1, 1, 1, -1).seed(7);
 * System.out.println(layer.config().list("noise_shape")); // [null, 1, 1, null]
 * }</pre>
 */
public final class Dropout extends DropoutLayer<Dropout> {

    /**
     * @param rate the share that is dropped, from 0 to 1; 1 drops all
     * @throws IllegalArgumentException if it is outside
     */
    public Dropout(double rate) {
        super(NoiseSettings.fromZeroToOne("dropout", "rate", rate));
    }

    @Override
    Value noisy(Value input, Pass pass) {
        return noise.dropped(input, rate, maskShape(input.shape()), pass);
    }
}
