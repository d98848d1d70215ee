package transconv.models;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.training.Callback;

/**
 * A named argument of {@code fit}, {@code evaluate} or {@code predict}, to be imported statically so that calls read as
 * in Keras: {@code model.fit(x, y, batchSize(1000), epochs(25), validationSplit(0.2))}. Source: Keras 3, {@code
 * Model.fit}.
 *
 * <pre>{@code
 * FitOption option = FitOption.batchSize(1000);
 * System.out.println(option.name()); // batchSize
 * }</pre>
 */
public final class FitOption {

    private final String name;
    private final Consumer<FitSettings> setting;

    private FitOption(String name, Consumer<FitSettings> setting) {
        this.name = name;
        this.setting = setting;
    }

    public String name() {
        return name;
    }

    void applyTo(FitSettings settings) {
        setting.accept(settings);
    }

    /** Samples a step, at least 1; default 32. */
    public static FitOption batchSize(int batchSize) {
        require(batchSize >= 1, "batchSize", batchSize, "must be at least 1");
        return new FitOption("batchSize", settings -> settings.batchSize = batchSize);
    }

    /** Passes over the training samples, at least 1; default 1. */
    public static FitOption epochs(int epochs) {
        require(epochs >= 1, "epochs", epochs, "must be at least 1");
        return new FitOption("epochs", settings -> settings.epochs = epochs);
    }

    /** Share of the samples, the last ones before any shuffling, that is kept for validation; in [0, 1), default 0. */
    public static FitOption validationSplit(double share) {
        require(share >= 0 && share < 1, "validationSplit", share, "must be at least 0 and below 1");
        return new FitOption("validationSplit", settings -> settings.validationSplit = share);
    }

    /** The number of the first epoch, from 0: with epochs=10 and initialEpoch=4 there are six; default 0. */
    public static FitOption initialEpoch(int initialEpoch) {
        require(initialEpoch >= 0, "initialEpoch", initialEpoch, "must be at least 0");
        return new FitOption("initialEpoch", settings -> settings.initialEpoch = initialEpoch);
    }

    /** Samples of their own for validation; overrides validationSplit, as in Keras. */
    public static FitOption validationData(INDArray x, INDArray y) {
        return validationData(List.of(x), List.of(y));
    }

    /** As above, with one array for each input and each output. */
    public static FitOption validationData(List<INDArray> x, List<INDArray> y) {
        return new FitOption("validationData", settings -> {
            settings.validationX = x;
            settings.validationY = y;
            settings.validationSource = null;
        });
    }

    /** Batches for validation, asked for anew after each epoch, by its number. */
    public static FitOption validationData(BatchSource source) {
        return new FitOption("validationData", settings -> {
            settings.validationX = null;
            settings.validationY = null;
            settings.validationSource = source;
        });
    }

    /** How many batches of the validation data count after each epoch, the first ones; at least 1, default all. */
    public static FitOption validationSteps(int steps) {
        require(steps >= 1, "validationSteps", steps, "must be at least 1; leave it out for all batches");
        return new FitOption("validationSteps", settings -> settings.validationSteps = steps);
    }

    /** How many batches make an epoch, the first ones; at least 1, default all. */
    public static FitOption stepsPerEpoch(int steps) {
        require(steps >= 1, "stepsPerEpoch", steps, "must be at least 1; leave it out for all batches");
        return new FitOption("stepsPerEpoch", settings -> settings.stepsPerEpoch = steps);
    }

    /** What each sample's loss counts, (samples); the loss is their sum, divided by the number of samples. */
    public static FitOption sampleWeight(INDArray weights) {
        return new FitOption("sampleWeight", settings -> settings.sampleWeight = weights);
    }

    /** What each sample's loss counts, by its class; classes that are left out count 1. */
    public static FitOption classWeight(Map<Integer, Double> weights) {
        return new FitOption("classWeight", settings -> settings.classWeight = Map.copyOf(weights));
    }

    /** Whether each epoch takes the training samples in a new order; default true. */
    public static FitOption shuffle(boolean shuffle) {
        return new FitOption("shuffle", settings -> settings.shuffle = shuffle);
    }

    /** 0 is silent, 1 shows live progress where there is a display for it, 2 prints a line an epoch; default 1. */
    public static FitOption verbose(int verbose) {
        require(
                verbose >= 0 && verbose <= 2,
                "verbose",
                verbose,
                "must be 0 (silent), 1 (live) or 2 (a line an epoch)");
        return new FitOption("verbose", settings -> settings.verbose = verbose);
    }

    /** Called while the model trains, in this order. */
    public static FitOption callbacks(Callback... callbacks) {
        return new FitOption("callbacks", settings -> settings.callbacks = List.of(callbacks));
    }

    private static void require(boolean condition, String argument, Object value, String rule) {
        if (!condition) {
            throw new IllegalArgumentException("fit: %s=%s %s".formatted(argument, value, rule));
        }
    }
}
