package transconv.models;

import java.util.function.Consumer;
import transconv.engines.Engine;
import transconv.engines.Engines;
import transconv.training.Loss;
import transconv.training.Optimizer;

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

    private final Consumer<Compilation> setting;

    private CompileOption(Consumer<Compilation> setting) {
        this.setting = setting;
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
        return new CompileOption(compilation -> compilation.optimizer = optimizer);
    }

    /** By Keras' name. */
    public static CompileOption loss(String name) {
        return loss(Loss.named(name));
    }

    public static CompileOption loss(Loss loss) {
        return new CompileOption(compilation -> compilation.loss = loss);
    }

    /** By name, {@code "nd4j"} or {@code "reference"}; left out, {@link Engines#current}. */
    public static CompileOption engine(String name) {
        return engine(Engines.named(name));
    }

    public static CompileOption engine(Engine engine) {
        return new CompileOption(compilation -> compilation.engine = engine);
    }
}
