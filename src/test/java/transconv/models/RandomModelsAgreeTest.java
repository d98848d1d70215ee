package transconv.models;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import transconv.Closeness;
import transconv.EnginesUnderTest;
import transconv.layers.Layer;
import transconv.layers.Layers;
import transconv.layers.RandomLayers;
import transconv.layers.RandomLayers.Drawn;
import transconv.ops.Computation;
import transconv.ops.Computation.Formula;
import transconv.ops.Concatenate;
import transconv.ops.Gradients;
import transconv.ops.Ops;
import transconv.ops.Parameter;
import transconv.ops.RandomGeometry;
import transconv.ops.Value;
import transconv.shape.Shape;

/** Small models of random layers: outputs and all gradients on every engine against the reference. */
class RandomModelsAgreeTest {

    private static final Closeness CLOSENESS = new Closeness();

    @AfterContainer
    static void printWorst() {
        System.out.println("random models, " + CLOSENESS);
    }

    /** @param layers those that take what comes from the layers before; others are left out */
    private record Stack(Shape input, List<Drawn> layers, int batch, long seed) {

        Sequential model() {
            Sequential model = new Sequential(Layers.input(input.toArray()));
            for (Drawn drawn : layers) {
                Layer layer = drawn.layer();
                try {
                    if (layer.outputShape(model.outputShape()).elements() <= 2_000) {
                        model.add(layer);
                    }
                } catch (IllegalArgumentException refused) {
                    // Made for other shapes.
                }
            }
            long at = seed;
            for (Parameter parameter : model.parameters()) {
                parameter.value().assign(RandomGeometry.values(parameter.shape(), ++at));
                if (parameter.name().endsWith("moving_variance")) {
                    Transforms.abs(parameter.value(), false);
                }
            }
            return model;
        }

        @Override
        public String toString() {
            List<String> names = model().layers().stream()
                    .map(layer -> layer.config().values() + "")
                    .toList();
            return "batch %d of %s, seed %d, through %s".formatted(batch, input, seed, names);
        }
    }

    @Provide
    Arbitrary<Stack> stacks() {
        Arbitrary<Shape> inputs = Arbitraries.of(
                Shape.of(7),
                Shape.of(9, 4),
                Shape.of(6, 4),
                Shape.of(6, 5, 4),
                Shape.of(5, 8, 2),
                Shape.of(4, 3, 5, 2));
        return Combinators.combine(
                        inputs,
                        RandomLayers.withOneInput()
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(24)
                                .withSizeDistribution(RandomDistribution.uniform()),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.longs().between(0, 999_999))
                .as(Stack::new);
    }

    @Property(tries = 300)
    @StatisticsReport(StatisticsReportMode.OFF)
    void outputsAndGradientsAreThoseOfTheReference(@ForAll("stacks") Stack drawn) {
        Sequential model = drawn.model();
        Statistics.label("layers").collect(model.layers().size() > 2).coverage(shares -> shares.check(true)
                .percentage(share -> share > 50));
        INDArray x = RandomGeometry.values(drawn.input().prepend(drawn.batch()), drawn.seed());
        INDArray seed = RandomGeometry.values(model.outputShape().prepend(drawn.batch()), drawn.seed() - 1);
        INDArray[] fed = {x.castTo(DataType.FLOAT), seed.castTo(DataType.FLOAT)};
        Map<String, double[]> expected = parts(model, "reference", fed);
        EnginesUnderTest.floats().forEach(engine -> {
            Map<String, double[]> actual = parts(model, engine, fed);
            double scale = expected.values().stream()
                    .flatMapToDouble(Arrays::stream)
                    .map(Math::abs)
                    .max()
                    .orElseThrow();
            expected.forEach(
                    (part, values) -> require(part, engine, values, actual.get(part), Math.max(1, scale) / 10));
        });
    }

    /**
     * Relative to the largest value, and at least to the scale: behind a softmax or before a normalization some
     * gradients are 0, which in floats is what is left over from terms of the size of other gradients.
     */
    private static void require(String part, String engine, double[] expected, double[] actual, double scale) {
        CLOSENESS.require(
                part.replaceAll(" [0-9]+", "") + " on " + engine,
                with(scale, expected),
                with(scale, actual),
                part.equals("output") ? 1e-5 : 1e-4);
    }

    private static double[] with(double scale, double[] values) {
        double[] longer = Arrays.copyOf(values, values.length + 1);
        longer[values.length] = scale;
        return longer;
    }

    /** Output and gradients, computed in one program: one after another in its only output. */
    private static Map<String, double[]> parts(Sequential model, String engine, INDArray... fed) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        Formula formula = (graph, in) -> {
            Value output = model.call(in.get(0));
            List<Value> by = new ArrayList<>(List.of(in.get(0)));
            model.parameters().forEach(parameter -> by.add(graph.parameter(parameter)));
            List<Value> all = new ArrayList<>(List.of(output));
            all.addAll(Gradients.of(output, in.get(1), by));
            shapes.put("output", output.shape());
            IntStream.range(0, by.size())
                    .forEach(i -> shapes.put(
                            "gradient by " + (i == 0 ? "input" : "weight " + i),
                            by.get(i).shape()));
            return graph.apply(
                    new Concatenate(0),
                    all.stream()
                            .map(value ->
                                    Ops.reshape(value, Shape.of(value.shape().elements())))
                            .toArray(Value[]::new));
        };
        double[] together = Computation.run(engine, formula, fed).data().asDouble();
        Map<String, double[]> parts = new LinkedHashMap<>();
        int used = 0;
        for (Map.Entry<String, Shape> part : shapes.entrySet()) {
            int end = used + part.getValue().elements();
            parts.put(part.getKey(), Arrays.copyOfRange(together, used, end));
            used = end;
        }
        assertTrue(used == together.length);
        return parts;
    }
}
