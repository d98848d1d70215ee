package transconv.models;

import java.util.ArrayList;
import java.util.List;
import transconv.engines.Engine;
import transconv.engines.Engines;
import transconv.layers.Weight;
import transconv.shape.Shape;
import transconv.training.Loss;
import transconv.training.Optimizer;
import transconv.training.metrics.Metric;
import transconv.training.metrics.Metrics;

/** What {@code compile} was told. */
final class Compilation {

    Optimizer optimizer;
    List<Loss> losses = List.of();
    List<Double> lossWeights = List.of();
    /** Names, and metrics that were made already. */
    List<Object> wantedMetrics = List.of();

    List<OutputMetric> metrics = new ArrayList<>();
    Engine engine;
    /** The weights that could be trained when the model was compiled; null where that was not asked. */
    List<Weight> trainable;

    List<String> outputNames = List.of("output");

    static Compilation of(CompileOption... options) {
        Compilation compilation = new Compilation();
        for (CompileOption option : options) {
            option.applyTo(compilation);
        }
        boolean noOptimizer = compilation.optimizer == null;
        if (noOptimizer || compilation.losses.isEmpty()) {
            throw new IllegalArgumentException("compile: %s is missing; add %s"
                    .formatted(
                            noOptimizer ? "the optimizer" : "the loss",
                            noOptimizer ? "optimizer(\"adam\")" : "loss(\"binary_crossentropy\")"));
        }
        if (compilation.engine == null) {
            compilation.engine = Engines.current();
        }
        return compilation;
    }

    /** Fails if there is none yet. */
    static void require(Compilation compilation, String model, String call) {
        if (compilation == null) {
            throw new IllegalStateException(
                    "%s: %s before compile; call compile(optimizer(\"adam\"), loss(\"binary_crossentropy\")) first"
                            .formatted(model, call));
        }
    }

    /** Fits it to a network: as many losses as outputs, or one for all; metrics by the outputs' shapes. */
    void fit(Network network) {
        int outputs = network.outputShapes().size();
        requireCount("losses", losses.size(), outputs);
        requireCount("lossWeights", lossWeights.size(), outputs);
        trainable = network.trainableWeights();
        outputNames =
                network.outputLayers().stream().map(layer -> layer.label()).toList();
        for (int output = 0; output < outputs; output++) {
            Shape shape = network.outputShapes().get(output);
            for (Object wanted : wantedMetrics) {
                if (wanted instanceof Metric made && outputs > 1) {
                    throw new IllegalArgumentException(("compile: metric %s is one object for %d outputs, whose values"
                                    + " would be mixed; give its name instead")
                            .formatted(made.name(), outputs));
                }
                Metric metric = wanted instanceof Metric made ? made : Metrics.named((String) wanted, shape, shape);
                String name = outputs == 1 ? metric.name() : outputNames.get(output) + "_" + metric.name();
                metrics.add(new OutputMetric(name, output, metric));
            }
        }
    }

    private static void requireCount(String what, int given, int outputs) {
        if (given > 1 && given != outputs) {
            throw new IllegalArgumentException(
                    "compile: %d %s for %d outputs; give one for all or one for each".formatted(given, what, outputs));
        }
    }

    Loss loss(int output) {
        return losses.get(losses.size() == 1 ? 0 : output);
    }

    double lossWeight(int output) {
        return lossWeights.isEmpty() ? 1 : lossWeights.get(lossWeights.size() == 1 ? 0 : output);
    }
}
