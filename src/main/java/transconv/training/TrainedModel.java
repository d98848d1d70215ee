package transconv.training;

import java.nio.file.Path;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The model that a training run trains, as a {@link Callback} may use it between batches. */
public interface TrainedModel {

    /** Copies of all weights, in Keras' order. */
    List<INDArray> getWeights();

    /**
     * Writes the values into the weights.
     *
     * @param weights as {@link #getWeights} gives them; copied
     * @throws IllegalArgumentException if their count or a shape is wrong; then nothing is changed
     */
    void setWeights(List<INDArray> weights);

    /** Saves layers, weights, optimizer and its state; an earlier file of that name stays whole until then. */
    void save(Path file);

    /** Saves the weights; an earlier file of that name stays whole until then. */
    void saveWeights(Path file);

    /** The optimizer it was compiled with. */
    Optimizer optimizer();
}
