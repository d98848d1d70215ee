package transconv.models;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.engines.Program;
import transconv.layers.Noise;
import transconv.layers.Pass;
import transconv.ops.Value;

/** The inputs of a graph that are fed with noise. */
final class NoiseInputs {

    private final Map<Value, Noise> noises;
    private final Map<Value, Integer> numbers = new LinkedHashMap<>();

    NoiseInputs(Pass pass) {
        noises = pass.noises();
        Map<Noise, Integer> uses = new HashMap<>();
        noises.forEach((value, noise) -> {
            int use = uses.merge(noise, 1, Integer::sum) - 1;
            // What a layer with a seed draws must not depend on the layers beside it, nor be what another draws in a
            // run
            // of that seed.
            numbers.put(value, noise.seed().isPresent() ? -1 - use : numbers.size());
        });
    }

    /**
     * Draws for some samples, and feeds.
     *
     * @param source of this step; not asked where there is no noise
     * @param first  the place of the first sample in its batch
     */
    void feed(Program program, NoiseSource source, int first, int rows) {
        numbers.forEach((value, number) -> {
            INDArray drawn = source.rows(noises.get(value), number, value.shape(), first, rows);
            program.feed(value, drawn, IntStream.range(0, rows).toArray());
            // At once, and not some day: a step draws as many bytes as its activations have.
            drawn.close();
        });
    }
}
