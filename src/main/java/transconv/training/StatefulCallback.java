package transconv.training;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.config.Config;
import transconv.config.Configurable;

/**
 * A callback that remembers something from epoch to epoch, which a run that was killed and goes on from its backup
 * needs back. One of your own writes its memory down as arrays by name, a number as a scalar.
 *
 * <pre>{@code
 * StatefulCallback callback = new EarlyStopping().patience(3);
 * System.out.println(callback.state().keySet()); // [best_epoch, stopped_epoch, wait]
 * }</pre>
 */
public interface StatefulCallback extends Callback, Configurable {

    /** The settings that decide what it does, by Keras' names; a backup made with others is refused. */
    @Override
    default Config config() {
        return Config.of(className());
    }

    /** Copies of what it remembers, as float32, float64 or int64. */
    Map<String, INDArray> state();

    /**
     * Remembers what another one of the same settings did; told after {@link #onTrainBegin}.
     *
     * @param state what {@link #state} gave; copied
     * @throws IllegalArgumentException if an array is missing or wrong
     */
    void restore(Map<String, INDArray> state);
}
