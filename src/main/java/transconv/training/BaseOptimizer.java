package transconv.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.config.Config;
import transconv.ops.Parameter;

/**
 * What all of Keras' optimizers share: learning rate or schedule, clipping of gradients, weight decay. A step computes
 * in double precision and makes no arrays, unless a parameter or gradient is a view. Source: Keras 3, {@code
 * base_optimizer}.
 *
 * <pre>{@code
 * BaseOptimizer<?> optimizer = new Adam().learningRate(new CosineDecay(0.1, 100)).clipnorm(1).weightDecay(0.004);
 * System.out.println(optimizer.learningRate()); // 0.1
 * }</pre>
 *
 * @param <T> the optimizer itself, which its setters return
 */
public abstract class BaseOptimizer<T extends BaseOptimizer<T>> implements Optimizer {

    private static final String ITERATIONS = "iterations";
    private static final String LEARNING_RATE = "learning_rate";

    private final String name;
    private final Map<Parameter, ParameterState> states = new IdentityHashMap<>();
    private final Chunks chunks = new Chunks();
    private double learningRate;
    private LearningRateSchedule schedule;
    private double weightDecay;
    private GradientClipping clipping;
    private long iterations;

    BaseOptimizer(String name, double learningRate) {
        this.name = name;
        this.learningRate = learningRate;
    }

    @Override
    public final String name() {
        return name;
    }

    /**
     * The same rate for all steps, above 0; may be set between steps.
     *
     * @throws IllegalArgumentException if it is not above 0, or if the optimizer has a schedule
     */
    public final T learningRate(double learningRate) {
        if (schedule != null) {
            throw new IllegalArgumentException(
                    "%s: learningRate=%s after a schedule, %s; set another schedule, or make a new optimizer"
                            .formatted(name, learningRate, schedule.className()));
        }
        this.learningRate = Arguments.positive(name, "learningRate", learningRate);
        return self();
    }

    /**
     * A rate that depends on the number of steps made, such as {@link CosineDecay}.
     *
     * @throws IllegalArgumentException if it is null
     */
    public final T learningRate(LearningRateSchedule schedule) {
        if (schedule == null) {
            throw new IllegalArgumentException(
                    "%s: learningRate=null must be a number or a schedule; leave it unset for the default"
                            .formatted(name));
        }
        rate(schedule);
        this.schedule = schedule;
        return self();
    }

    @Override
    public final double learningRate() {
        return schedule == null ? learningRate : rate(schedule);
    }

    @Override
    public final void setLearningRate(double learningRate) {
        if (schedule != null) {
            throw new IllegalStateException(
                    ("%s: learningRate=%s cannot be set beside a schedule, %s; leave out the schedule, "
                                    + "or what sets the rate")
                            .formatted(name, learningRate, schedule.className()));
        }
        this.learningRate = Arguments.notNegative(name, "learningRate", learningRate);
    }

    /** How many steps were made. */
    public final long iterations() {
        return iterations;
    }

    /** Shortens every gradient whose norm is larger, to this norm; above 0. Only one kind of clipping at a time. */
    public final T clipnorm(double clipnorm) {
        return clipping("clipnorm", clipnorm);
    }

    /**
     * Bounds every value of the gradients by this one and its negative; above 0. Only one kind of clipping at a time.
     */
    public final T clipvalue(double clipvalue) {
        return clipping("clipvalue", clipvalue);
    }

    /**
     * Shortens all gradients by one factor if their common norm is larger, to this norm; above 0. Only one kind of
     * clipping at a time.
     */
    public final T globalClipnorm(double globalClipnorm) {
        return clipping("globalClipnorm", globalClipnorm);
    }

    /**
     * The share of itself, times the learning rate, that a parameter loses before each step; at least 0; default 0
     * ({@link AdamW}: 0.004).
     */
    public final T weightDecay(double weightDecay) {
        this.weightDecay = Arguments.notNegative(name, "weightDecay", weightDecay);
        return self();
    }

    @Override
    public final long stateCount() {
        long counters = schedule == null ? 2 : 1;
        return iterations == 0
                ? 0
                : counters
                        + ownNumbers().size()
                        + states.values().stream()
                                .mapToLong(ParameterState::count)
                                .sum();
    }

    @Override
    public final Config config() {
        Config config = Config.of(className()).with("name", name);
        if (schedule == null) {
            config.with("learning_rate", learningRate);
        } else {
            config.with("learning_rate", schedule);
        }
        Setting.write(config, sharedSettings());
        return Setting.write(config, settings());
    }

    /** Sets what {@code config} has. */
    final void configure(Config config) {
        KerasOnlySettings.requireWithoutEffect(config);
        if (config.values().get("learning_rate") instanceof Map<?, ?>) {
            learningRate(Setting.part(config, "learning_rate", LearningRateSchedule::fromConfig));
        } else if (config.values().containsKey("learning_rate")) {
            setLearningRate(config.number("learning_rate"));
        }
        if (config.values().containsKey("weight_decay")) {
            weightDecay = 0;
        }
        List<Setting> all = new ArrayList<>(sharedSettings());
        all.addAll(settings());
        Set<String> others = new HashSet<>(KerasOnlySettings.NAMES);
        others.add("learning_rate");
        Setting.read(config, all, others);
    }

    private List<Setting> sharedSettings() {
        return List.of(
                Setting.numberOrNone(
                        "weight_decay", () -> weightDecay == 0 ? Double.NaN : weightDecay, this::weightDecay),
                Setting.numberOrNone("clipnorm", () -> GradientClipping.bound(clipping, "clipnorm"), this::clipnorm),
                Setting.numberOrNone(
                        "global_clipnorm",
                        () -> GradientClipping.bound(clipping, "globalClipnorm"),
                        this::globalClipnorm),
                Setting.numberOrNone(
                        "clipvalue", () -> GradientClipping.bound(clipping, "clipvalue"), this::clipvalue));
    }

    @Override
    public final Map<String, INDArray> state(Map<String, Parameter> parameters) {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        arrays.put(ITERATIONS, Nd4j.scalar(iterations));
        if (schedule == null) {
            arrays.put(LEARNING_RATE, Nd4j.scalar(learningRate));
        }
        for (Setting number : ownNumbers()) {
            arrays.put(number.name(), Nd4j.scalar((double) number.value().get()));
        }
        if (iterations > 0) {
            parameters.forEach((own, parameter) -> {
                for (Slot slot : slots()) {
                    INDArray kept = state(parameter).kept(slot);
                    DataType type = parameter.value().dataType();
                    arrays.put(
                            OptimizerState.name(own, slot.name()),
                            kept.castTo(type).dup('c'));
                }
            });
        }
        return arrays;
    }

    @Override
    public final void restore(Map<String, Parameter> parameters, Map<String, INDArray> arrays) {
        restore(parameters, arrays, (kept, slot, array) -> kept.kept(slot).assign(array));
    }

    @Override
    public final void takeOver(Map<String, Parameter> parameters, Map<String, INDArray> arrays) {
        restore(parameters, arrays, ParameterState::keep);
    }

    /** What becomes of a parameter's array. */
    private interface Keeping {

        void keep(ParameterState kept, Slot slot, INDArray array);
    }

    private void restore(Map<String, Parameter> parameters, Map<String, INDArray> arrays, Keeping keeping) {
        OptimizerState state = new OptimizerState(name, arrays);
        long steps = state.count(ITERATIONS);
        double rate = schedule == null
                ? Arguments.notNegative(name, "state " + LEARNING_RATE, state.number(LEARNING_RATE))
                : learningRate;
        Config numbers = Config.of(name);
        ownNumbers().forEach(number -> numbers.with(number.name(), state.number(number.name())));
        Map<Parameter, ParameterState> restored = new IdentityHashMap<>();
        if (steps > 0) {
            parameters.forEach((own, parameter) -> {
                ParameterState kept = new ParameterState(parameter.value());
                slots().forEach(slot -> keeping.keep(kept, slot, state.slot(own, parameter, slot.name())));
                restored.put(parameter, kept);
            });
        }
        state.requireAllRead();

        iterations = steps;
        learningRate = rate;
        ownNumbers().forEach(number -> number.set().accept(numbers));
        states.clear();
        states.putAll(restored);
    }

    @Override
    public final void step(List<Parameter> parameters, List<INDArray> gradients) {
        requireMatch(parameters, gradients);
        if (parameters.isEmpty()) {
            return;
        }
        double rate = learningRate();
        requireUsable(rate);
        if (clipping != null) {
            clipping.beginStep(gradients);
        }
        beginStep(iterations + 1);
        List<Slot> slots = slots();
        for (int i = 0; i < gradients.size(); i++) {
            step(parameters.get(i), gradients.get(i), slots, rate);
        }
        iterations++;
    }

    private void step(Parameter parameter, INDArray gradient, List<Slot> slots, double rate) {
        INDArray value = ArrayMemory.plain(parameter.value());
        INDArray plain = ArrayMemory.plain(gradient);
        ParameterState state = state(parameter);
        if (clipping != null) {
            clipping.beginGradient(plain);
        }
        chunks.forEach(value, plain, slots, state, chunk -> step(chunk, rate));
        if (value != parameter.value()) {
            parameter.value().assign(value);
        }
        parameter.changed();
    }

    private void step(Chunk chunk, double rate) {
        if (clipping != null) {
            clipping.clip(chunk.gradient(), chunk.count());
        }
        if (weightDecay > 0) {
            decay(chunk, 1 - weightDecay * rate);
        }
        update(chunk, rate, iterations + 1);
    }

    private static void decay(Chunk chunk, double factor) {
        double[] value = chunk.value();
        for (int i = 0; i < chunk.count(); i++) {
            value[i] *= factor;
        }
    }

    /**
     * One step of some values: changes them, and what is kept for them, by the formula for a single one. Several
     * threads may call it at once, each with its own chunk.
     *
     * @param chunk with every slot of {@link #slots}
     * @param step  1 at the first
     */
    abstract void update(Chunk chunk, double learningRate, long step);

    /** Comes once before the updates of a step. */
    void beginStep(long step) {}

    /** What the optimizer keeps from step to step for each parameter, as it is set now. */
    abstract List<Slot> slots();

    /** The settings beside those that all optimizers have. */
    abstract List<Setting> settings();

    /** The numbers it keeps from step to step that belong to no parameter, beside step count and learning rate. */
    List<Setting> ownNumbers() {
        return List.of();
    }

    /** Comes with the learning rate before anything is changed. */
    void requireUsable(double rate) {}

    @SuppressWarnings("unchecked")
    final T self() {
        return (T) this;
    }

    final void requireNotStarted(String argument, double value) {
        if (iterations > 0) {
            throw new IllegalStateException(
                    "%s: %s=%s after %d steps, where it has no effect; set it before the first, on a new optimizer"
                            .formatted(name, argument, value, iterations));
        }
    }

    private T clipping(String kind, double bound) {
        clipping = GradientClipping.of(name, kind, bound, clipping);
        return self();
    }

    private double rate(LearningRateSchedule schedule) {
        double rate = schedule.at(iterations);
        if (!(rate >= 0) || Double.isInfinite(rate)) {
            throw new IllegalStateException(
                    "%s: the schedule's learningRate=%s at step %d must be a finite number at least 0; change the schedule"
                            .formatted(name, rate, iterations));
        }
        return rate;
    }

    private ParameterState state(Parameter parameter) {
        return states.computeIfAbsent(parameter, p -> new ParameterState(p.value()));
    }

    private void requireMatch(List<Parameter> parameters, List<INDArray> gradients) {
        if (parameters.size() != gradients.size()) {
            throw new IllegalArgumentException(
                    "%s: %d gradients for %d parameters; give one for each, in the same order"
                            .formatted(name, gradients.size(), parameters.size()));
        }
        for (int i = 0; i < gradients.size(); i++) {
            long[] shape = parameters.get(i).value().shape();
            if (!Arrays.equals(gradients.get(i).shape(), shape)) {
                throw new IllegalArgumentException(
                        "%s: gradient of %s has shape %s, the parameter %s; give the gradient of this parameter"
                                .formatted(
                                        name,
                                        parameters.get(i).name(),
                                        Arrays.toString(gradients.get(i).shape()),
                                        Arrays.toString(shape)));
            }
        }
    }
}
