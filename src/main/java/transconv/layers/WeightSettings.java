package transconv.layers;

import transconv.config.Config;

/** How one weight of a layer begins, and what holds it in bounds. */
final class WeightSettings {

    private final String weight;
    private Initializer initializer;
    private Regularizer regularizer;
    private Constraint constraint;

    /** @param weight as Keras' arguments name it: {@code kernel} for kernel_initializer */
    WeightSettings(String weight, Initializer initializer) {
        this.weight = weight;
        this.initializer = initializer;
    }

    void initializer(Initializer initializer) {
        this.initializer = initializer;
    }

    void regularizer(Regularizer regularizer) {
        this.regularizer = regularizer;
    }

    void constraint(Constraint constraint) {
        this.constraint = constraint;
    }

    Initializer initializer() {
        return initializer;
    }

    Regularizer regularizer() {
        return regularizer;
    }

    Constraint constraint() {
        return constraint;
    }

    void describe(Config config) {
        config.with(weight + "_initializer", initializer)
                .with(weight + "_regularizer", regularizer)
                .with(weight + "_constraint", constraint);
    }

    void configure(Config config) {
        if (config.has(weight + "_initializer")) {
            initializer = config.object(weight + "_initializer", Initializers::fromConfig);
        }
        if (config.has(weight + "_regularizer")) {
            regularizer = config.object(weight + "_regularizer", Regularizers::fromConfig);
        }
        if (config.has(weight + "_constraint")) {
            constraint = config.object(weight + "_constraint", Constraints::fromConfig);
        }
    }
}
