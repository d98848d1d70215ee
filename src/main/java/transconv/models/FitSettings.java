package transconv.models;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import transconv.training.Callback;

/** The arguments of one call, with Keras' defaults. */
final class FitSettings {

    int batchSize = 32;
    int epochs = 1;
    double validationSplit;
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
}
