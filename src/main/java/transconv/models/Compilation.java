package transconv.models;

import transconv.engines.Engine;
import transconv.engines.Engines;
import transconv.training.Loss;
import transconv.training.Optimizer;

/** What {@code compile} was told. */
final class Compilation {

    Optimizer optimizer;
    Loss loss;
    Engine engine;

    static Compilation of(CompileOption... options) {
        Compilation compilation = new Compilation();
        for (CompileOption option : options) {
            option.applyTo(compilation);
        }
        if (compilation.optimizer == null || compilation.loss == null) {
            throw new IllegalArgumentException("compile: %s is missing; add %s"
                    .formatted(
                            compilation.optimizer == null ? "the optimizer" : "the loss",
                            compilation.optimizer == null ? "optimizer(\"adam\")" : "loss(\"binary_crossentropy\")"));
        }
        if (compilation.engine == null) {
            compilation.engine = Engines.current();
        }
        return compilation;
    }
}
