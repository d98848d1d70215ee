package transconv.models;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.training.Callback;

/** The arguments of one call, with Keras' defaults. */
final class FitSettings {

    /** The options of {@code fit}. */
    static final Set<String> FIT = Set.of(
            "batchSize",
            "epochs",
            "initialEpoch",
            "validationSplit",
            "validationData",
            "validationSteps",
            "sampleWeight",
            "classWeight",
            "stepsPerEpoch",
            "shuffle",
            "verbose",
            "callbacks");

    /** The options of {@code fit} where a source gives the batches. */
    static final Set<String> FIT_SOURCE = Set.of(
            "epochs",
            "initialEpoch",
            "validationData",
            "validationSteps",
            "classWeight",
            "stepsPerEpoch",
            "verbose",
            "callbacks");

    int batchSize = 32;
    int epochs = 1;
    int initialEpoch;
    double validationSplit;
    List<INDArray> validationX;
    List<INDArray> validationY;
    BatchSource validationSource;
    /** 0 for all. */
    int validationSteps;

    /** 0 for all. */
    int stepsPerEpoch;

    INDArray sampleWeight;
    Map<Integer, Double> classWeight;
    boolean shuffle = true;
    int verbose = 1;
    List<Callback> callbacks = List.of();

    /**
     * @param call    the method, for messages
     * @param allowed the options that it knows
     */
    static FitSettings of(String call, Set<String> allowed, FitOption... options) {
        FitSettings settings = new FitSettings();
        for (FitOption option : options) {
            if (!allowed.contains(option.name())) {
                throw new IllegalArgumentException("%s: takes no %s; it knows %s"
                        .formatted(
                                call,
                                option.name(),
                                Arrays.toString(allowed.stream().sorted().toArray())));
            }
            option.applyTo(settings);
        }
        return settings;
    }

    /** What decides a run's numbers, beside the data, by Keras' names. */
    Map<String, Object> described() {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("batch_size", batchSize);
        described.put("initial_epoch", initialEpoch);
        described.put("validation_steps", validationSteps);
        described.put("steps_per_epoch", stepsPerEpoch);
        described.put("shuffle", shuffle);
        described.put("class_weight", classWeight == null ? null : new TreeMap<>(classWeight).toString());
        return described;
    }

    /** How many samples, the first ones, validation leaves to train on. */
    int trainedSamples(int samples) {
        int trained = (int) Math.floor(samples * (1 - validationSplit));
        boolean ownData = validationX != null || validationSource != null;
        if (!ownData && (trained == 0 || validationSplit > 0 && trained == samples)) {
            throw new IllegalArgumentException(
                    "fit: validationSplit=%s leaves %d of %d samples for training and %d for validation; both need at least 1"
                            .formatted(validationSplit, trained, samples, samples - trained));
        }
        return ownData ? samples : trained;
    }

    /** What each sample counts, or null where all count alike. */
    float[] weights(String call, List<INDArray> targets) {
        if (sampleWeight == null && classWeight == null) {
            return null;
        }
        int samples = Math.toIntExact(targets.get(0).size(0));
        float[] weights = new float[samples];
        Arrays.fill(weights, 1);
        if (sampleWeight != null) {
            if (sampleWeight.length() != samples) {
                throw new IllegalArgumentException("%s: sampleWeight has %d numbers for %d samples; give one for each"
                        .formatted(call, sampleWeight.length(), samples));
            }
            INDArray flat = sampleWeight.dup('c').reshape(samples);
            for (int i = 0; i < samples; i++) {
                weights[i] = flat.getFloat(i);
            }
        }
        if (classWeight != null) {
            ClassWeights.multiply(call, classWeight, targets, weights);
        }
        return weights;
    }
}
