package transconv.models;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import transconv.engines.Engine;
import transconv.engines.Engines;
import transconv.engines.Precision;
import transconv.layers.Weight;
import transconv.ops.Parameter;
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
    /** Names, and metrics that were made already, of every output; or one such list for each. */
    List<Object> wantedMetrics = List.of();

    List<OutputMetric> metrics = new ArrayList<>();
    Engine engine;
    Precision precision = Precision.FLOAT32;
    /** The weights that could be trained when the model was compiled. */
    List<Weight> trainable;

    List<String> outputNames = List.of("output");

    static Compilation of(CompileOption... options) {
        return given(options).complete();
    }

    /** What the options say, and nothing else yet. */
    static Compilation given(CompileOption... options) {
        Compilation compilation = new Compilation();
        for (CompileOption option : options) {
            option.applyTo(compilation);
        }
        return compilation;
    }

    boolean isEmpty() {
        return optimizer == null
                && engine == null
                && precision == Precision.FLOAT32
                && losses.isEmpty()
                && lossWeights.isEmpty()
                && wantedMetrics.isEmpty();
    }

    /** Itself, if nothing is missing that has no default. */
    Compilation complete() {
        boolean noOptimizer = optimizer == null;
        if (noOptimizer || losses.isEmpty()) {
            throw new IllegalArgumentException("compile: %s is missing; add %s"
                    .formatted(
                            noOptimizer ? "the optimizer" : "the loss",
                            noOptimizer ? "optimizer(\"adam\")" : "loss(\"binary_crossentropy\")"));
        }
        if (engine == null) {
            engine = Engines.current();
        }
        engine = engine.in(precision);
        return this;
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
        if (metricsDiffer() && wantedMetrics.size() != outputs) {
            throw new IllegalArgumentException("compile: %d lists of metrics for %d outputs; give one for each"
                    .formatted(wantedMetrics.size(), outputs));
        }
        trainable = network.trainableWeights();
        outputNames =
                network.outputLayers().stream().map(layer -> layer.label()).toList();
        for (int output = 0; output < outputs; output++) {
            Shape shape = network.outputShapes().get(output);
            for (Object wanted : wantedMetrics(output)) {
                if (wanted instanceof Metric made && outputs > 1 && !metricsDiffer()) {
                    throw new IllegalArgumentException(("compile: metric %s is one object for %d outputs, whose values"
                                    + " would be mixed; give its name instead")
                            .formatted(made.name(), outputs));
                }
                Shape target = loss(output).targetShape(shape);
                Metric metric = wanted instanceof Metric made ? made : Metrics.named((String) wanted, target, shape);
                String name = outputs == 1 ? metric.name() : outputNames.get(output) + "_" + metric.name();
                metrics.add(new OutputMetric(name, output, metric));
            }
        }
    }

    private boolean metricsDiffer() {
        return !wantedMetrics.isEmpty() && wantedMetrics.stream().allMatch(List.class::isInstance);
    }

    private List<?> wantedMetrics(int output) {
        return metricsDiffer() ? (List<?>) wantedMetrics.get(output) : wantedMetrics;
    }

    /** For gradients of these losses, without an optimizer. */
    static Compilation ofLosses(List<Loss> losses, Network network, Engine engine) {
        Compilation compilation = new Compilation();
        compilation.losses = List.copyOf(losses);
        compilation.engine = engine;
        compilation.fit(network);
        return compilation;
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

    /** The shapes of one sample's targets, one for each output. */
    List<Shape> targetShapes(Network network) {
        List<Shape> outputs = network.outputShapes();
        return IntStream.range(0, outputs.size())
                .mapToObj(output -> loss(output).targetShape(outputs.get(output)))
                .toList();
    }

    /** What the optimizer changes. */
    List<Parameter> parameters() {
        return trainable.stream().map(Weight::parameter).toList();
    }

    /** True if a sample's loss depends on the others of its batch, which then must not be cut. */
    boolean mixesSamples() {
        return losses.stream().anyMatch(Loss::mixesSamples);
    }
}
