package transconv.models;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The samples of one step.
 *
 * <pre>{@code
 * Batch batch = Batch.of(Nd4j.ones(4, 2), Nd4j.zeros(4, 1)).sampleWeight(Nd4j.ones(4));
 * System.out.println(batch.x().size() + " " + batch.sampleWeight().length()); // 1 4
 * }</pre>
 *
 * @param x            one array for each input, (samples, input axes...)
 * @param y            one array for each output, (samples, output axes...)
 * @param sampleWeight what each sample's loss counts, (samples), or null where all count alike
 */
public record Batch(List<INDArray> x, List<INDArray> y, INDArray sampleWeight) {

    public Batch {
        x = List.copyOf(x);
        y = List.copyOf(y);
    }

    /** For a model with one input and one output. */
    public static Batch of(INDArray x, INDArray y) {
        return of(List.of(x), List.of(y));
    }

    public static Batch of(List<INDArray> x, List<INDArray> y) {
        return new Batch(x, y, null);
    }

    /** The same samples, with what each one's loss counts, (samples). */
    public Batch sampleWeight(INDArray weights) {
        return new Batch(x, y, weights);
    }
}
