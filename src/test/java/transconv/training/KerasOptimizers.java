package transconv.training;

import org.nd4j.shade.jackson.databind.JsonNode;

/** Optimizers and schedules from Keras' own argument names. */
final class KerasOptimizers {

    private KerasOptimizers() {}

    static BaseOptimizer<?> optimizer(JsonNode entry) {
        BaseOptimizer<?> optimizer =
                (BaseOptimizer<?>) Optimizer.named(entry.get("optimizer").asText());
        entry.get("config").fields().forEachRemaining(setting -> set(optimizer, setting.getKey(), setting.getValue()));
        return optimizer;
    }

    static LearningRateSchedule schedule(JsonNode entry) {
        JsonNode config = entry.get("config");
        double initial = config.path("initial_learning_rate").asDouble();
        long steps = config.path("decay_steps").asLong();
        LearningRateSchedule schedule =
                switch (entry.get("schedule").asText()) {
                    case "ExponentialDecay" -> new ExponentialDecay(initial, steps);
                    case "InverseTimeDecay" -> new InverseTimeDecay(initial, steps);
                    case "PolynomialDecay" -> new PolynomialDecay(initial, steps);
                    case "CosineDecay" -> new CosineDecay(initial, steps);
                    case "CosineDecayRestarts" -> new CosineDecayRestarts(
                            initial, config.get("first_decay_steps").asLong());
                    case "PiecewiseConstantDecay" -> {
                        JsonNode boundaries = config.get("boundaries");
                        long[] ends = new long[boundaries.size()];
                        double[] values = new double[ends.length + 1];
                        for (int i = 0; i < values.length; i++) {
                            values[i] = config.get("values").get(i).asDouble();
                            if (i < ends.length) {
                                ends[i] = boundaries.get(i).asLong();
                            }
                        }
                        yield new PiecewiseConstantDecay(ends, values);
                    }
                    default -> throw new AssertionError(entry);
                };
        config.fields().forEachRemaining(setting -> set(schedule, setting.getKey(), setting.getValue()));
        return schedule;
    }

    private static void set(LearningRateSchedule schedule, String argument, JsonNode value) {
        double number = value.asDouble();
        switch (argument) {
            case "initial_learning_rate", "decay_steps", "first_decay_steps", "boundaries", "values" -> {}
            case "decay_rate" -> {
                if (schedule instanceof ExponentialDecay exponential) {
                    exponential.decayRate(number);
                } else {
                    ((InverseTimeDecay) schedule).decayRate(number);
                }
            }
            case "staircase" -> {
                if (schedule instanceof ExponentialDecay exponential) {
                    exponential.staircase(value.asBoolean());
                } else {
                    ((InverseTimeDecay) schedule).staircase(value.asBoolean());
                }
            }
            case "end_learning_rate" -> ((PolynomialDecay) schedule).endLearningRate(number);
            case "power" -> ((PolynomialDecay) schedule).power(number);
            case "cycle" -> ((PolynomialDecay) schedule).cycle(value.asBoolean());
            case "warmup_target" -> ((CosineDecay) schedule).warmupTarget(number);
            case "warmup_steps" -> ((CosineDecay) schedule).warmupSteps(value.asLong());
            case "t_mul" -> ((CosineDecayRestarts) schedule).tMul(number);
            case "m_mul" -> ((CosineDecayRestarts) schedule).mMul(number);
            case "alpha" -> {
                if (schedule instanceof CosineDecay cosine) {
                    cosine.alpha(number);
                } else {
                    ((CosineDecayRestarts) schedule).alpha(number);
                }
            }
            default -> throw new AssertionError(argument);
        }
    }

    private static void set(BaseOptimizer<?> optimizer, String argument, JsonNode value) {
        double number = value.asDouble();
        switch (argument) {
            case "learning_rate" -> {
                if (value.isObject()) {
                    optimizer.learningRate(schedule(value));
                } else {
                    optimizer.learningRate(number);
                }
            }
            case "clipnorm" -> optimizer.clipnorm(number);
            case "clipvalue" -> optimizer.clipvalue(number);
            case "global_clipnorm" -> optimizer.globalClipnorm(number);
            case "weight_decay" -> optimizer.weightDecay(number);
            case "beta_1" -> ((MomentOptimizer<?>) optimizer).beta1(number);
            case "beta_2" -> ((MomentOptimizer<?>) optimizer).beta2(number);
            case "amsgrad" -> ((AdamFamily<?>) optimizer).amsgrad(value.asBoolean());
            default -> setOwn(optimizer, argument, value);
        }
    }

    private static void setOwn(BaseOptimizer<?> optimizer, String argument, JsonNode value) {
        double number = value.asDouble();
        if (optimizer instanceof SGD sgd) {
            switch (argument) {
                case "momentum" -> sgd.momentum(number);
                case "nesterov" -> sgd.nesterov(value.asBoolean());
                default -> throw new AssertionError(argument);
            }
        } else if (optimizer instanceof RMSprop rmsprop) {
            switch (argument) {
                case "rho" -> rmsprop.rho(number);
                case "momentum" -> rmsprop.momentum(number);
                case "epsilon" -> rmsprop.epsilon(number);
                case "centered" -> rmsprop.centered(value.asBoolean());
                default -> throw new AssertionError(argument);
            }
        } else if (optimizer instanceof Adagrad adagrad) {
            switch (argument) {
                case "initial_accumulator_value" -> adagrad.initialAccumulatorValue(number);
                case "epsilon" -> adagrad.epsilon(number);
                default -> throw new AssertionError(argument);
            }
        } else if (optimizer instanceof Adadelta adadelta) {
            switch (argument) {
                case "rho" -> adadelta.rho(number);
                case "epsilon" -> adadelta.epsilon(number);
                default -> throw new AssertionError(argument);
            }
        } else if (optimizer instanceof Ftrl ftrl) {
            switch (argument) {
                case "learning_rate_power" -> ftrl.learningRatePower(number);
                case "initial_accumulator_value" -> ftrl.initialAccumulatorValue(number);
                case "l1_regularization_strength" -> ftrl.l1RegularizationStrength(number);
                case "l2_regularization_strength" -> ftrl.l2RegularizationStrength(number);
                case "l2_shrinkage_regularization_strength" -> ftrl.l2ShrinkageRegularizationStrength(number);
                case "beta" -> ftrl.beta(number);
                default -> throw new AssertionError(argument);
            }
        } else {
            assertEpsilon(argument);
            ((MomentOptimizer<?>) optimizer).epsilon(number);
        }
    }

    private static void assertEpsilon(String argument) {
        if (!argument.equals("epsilon")) {
            throw new AssertionError(argument);
        }
    }
}
