package transconv.models;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import transconv.engines.Engine;
import transconv.engines.Engines;
import transconv.engines.Precision;
import transconv.training.Loss;
import transconv.training.Optimizer;
import transconv.training.metrics.Metric;

/**
 * A named argument of {@code compile}, to be imported statically so that the call reads as in Keras:
 * {@code model.compile(optimizer("adam"), loss("binary_crossentropy"))}. Source: Keras 3, {@code Model.compile}.
 *
 * <pre>{@code
 * CompileOption option = CompileOption.optimizer("adam");
 * System.out.println(option != null); // true
 * }</pre>
 */
public final class CompileOption {

    private final String name;
    private final Consumer<Compilation> setting;

    private CompileOption(String name, Consumer<Compilation> setting) {
        this.name = name;
        this.setting = setting;
    }

    /**
     * The argument that it is: {@code optimizer}, {@code loss}, {@code lossWeights}, {@code metrics}, {@code engine}.
     */
    public String name() {
        return name;
    }

    void applyTo(Compilation compilation) {
        setting.accept(compilation);
    }

    /**
     * By Keras' name, with Keras' default arguments; the default is {@code "rmsprop"} in Keras, here it must be given.
     */
    public static CompileOption optimizer(String name) {
        return optimizer(Optimizer.named(name));
    }

    public static CompileOption optimizer(Optimizer optimizer) {
        return new CompileOption("optimizer", compilation -> compilation.optimizer = optimizer);
    }

    /** By Keras' name; one for all outputs, or one for each. */
    public static CompileOption loss(String... names) {
        return loss(Arrays.stream(names).map(Loss::named).toArray(Loss[]::new));
    }

    /** One for all outputs, or one for each. */
    public static CompileOption loss(Loss... losses) {
        return new CompileOption("loss", compilation -> compilation.losses = List.of(losses));
    }

    /** What each output's loss counts in the sum; default 1. */
    public static CompileOption lossWeights(double... weights) {
        List<Double> each = Arrays.stream(weights).boxed().toList();
        return new CompileOption("lossWeights", compilation -> compilation.lossWeights = each);
    }

    /** By Keras' names, of every output: {@code metrics("accuracy")}. */
    public static CompileOption metrics(String... names) {
        return new CompileOption("metrics", compilation -> compilation.wantedMetrics = List.of((Object[]) names));
    }

    /** Names and metrics mixed, of every output; or one such list for each output. */
    public static CompileOption metrics(List<?> metrics) {
        return new CompileOption("metrics", compilation -> compilation.wantedMetrics = List.copyOf(metrics));
    }

    /** Metrics with arguments of their own, for a model with one output. */
    public static CompileOption metrics(Metric... metrics) {
        return new CompileOption("metrics", compilation -> compilation.wantedMetrics = List.of((Object[]) metrics));
    }

    /** By name, {@code "nd4j"} or {@code "reference"}; left out, {@link Engines#current}. */
    public static CompileOption engine(String name) {
        return engine(Engines.named(name));
    }

    public static CompileOption engine(Engine engine) {
        return new CompileOption("engine", compilation -> compilation.engine = engine);
    }

    /**
     * In which numbers convolutions and dense layers multiply; default {@link Precision#FLOAT32}. Like the engine, it
     * belongs to the machine and is not saved with the model. Compiling fails if the engine or the CPU gains nothing by
     * it.
     */
    public static CompileOption precision(Precision precision) {
        return new CompileOption("precision", compilation -> compilation.precision = precision);
    }
}
