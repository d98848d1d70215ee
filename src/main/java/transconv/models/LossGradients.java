package transconv.models;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A loss and its gradients by a model's trainable weights.
 *
 * <pre>{@code
 * LossGradients zero = new LossGradients(0, java.util.List.of(Nd4j.zeros(3, 3)));
 * System.out.println(zero.loss() + " " + zero.weights().size()); // 0.0 1
 * }</pre>
 *
 * @param loss    of the batch, the mean over samples
 * @param weights one array of each weight's shape, in the order of the trainable weights; yours to change
 */
public record LossGradients(double loss, List<INDArray> weights) {}
