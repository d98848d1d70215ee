package transconv.explain;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import transconv.engines.Engine;
import transconv.engines.Engines;
import transconv.layers.Layer;
import transconv.layers.Pass;
import transconv.ops.Convolution;
import transconv.ops.Graph;
import transconv.ops.TransposedConvolution;
import transconv.ops.Value;
import transconv.reference.TransposeAlgorithm;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/**
 * One layer's convolution, or transposed convolution, in all ways that there are: forward and both gradients on every
 * engine, and the pass that is a transposed convolution also by each {@link TransposeAlgorithm} from scratch. All are
 * given the same numbers, must give exactly the same, and are timed one after the other on one core. Bias and
 * activation stay out of it.
 *
 * <p>The numbers are whole and small, so that sums of them are exact in float, in whatever order.
 *
 * <pre>{@code
 * RaceResult result = AlgorithmRace.of(Layers.conv2DTranspose(1, 3).strides(2), Shape.of(4, 4, 3)).batch(1).seconds(0.01).run();
 * System.out.println(result.entry(LayerPass.FORWARD, "loops: zero insertion").executed()); // 2187
 * }</pre>
 */
public final class AlgorithmRace {

    /** Floats count to 2^24 without a gap; a product is at most 2 * 2. */
    private static final long MOST_PRODUCTS = (1L << 24) / 4;

    private final Geometry geometry;
    private final boolean transposed;
    private int batch = 8;
    private int warmUpRounds = 20;
    private int rounds = 15;
    private double seconds = 0.5;
    private List<Engine> engines = List.of();

    private AlgorithmRace(Geometry geometry, boolean transposed) {
        this.geometry = geometry;
        this.transposed = transposed;
    }

    /**
     * A layer with one convolution, or one transposed convolution.
     *
     * @param layer      it is built here, if it is not yet
     * @param inputShape of one sample, without the batch axis
     * @throws IllegalArgumentException if the layer cannot take that input, or computes no convolution or several
     */
    public static AlgorithmRace of(Layer layer, Shape inputShape) {
        if (!layer.isBuilt()) {
            layer.build(inputShape);
        }
        Graph graph = new Graph();
        layer.call(List.of(graph.input(inputShape.prepend(1))), Pass.inference(graph));
        List<Value> found =
                graph.values().stream().filter(AlgorithmRace::isRaced).toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    "AlgorithmRace: %s computes %d convolutions; give a layer that computes one, such as a Conv2DTranspose"
                            .formatted(layer.label(), found.size()));
        }
        return found.get(0).op() instanceof TransposedConvolution op
                ? new AlgorithmRace(op.geometry(), true)
                : new AlgorithmRace(((Convolution) found.get(0).op()).geometry(), false);
    }

    /** A dense layer is no convolution, although it is computed as one without axes. */
    private static boolean isRaced(Value value) {
        return value.op() instanceof TransposedConvolution
                || value.op() instanceof Convolution convolution
                        && !convolution.geometry().axes().isEmpty();
    }

    /** Samples that are computed at once, at least 1; 8 unless set. */
    public AlgorithmRace batch(int batch) {
        this.batch = atLeastOne("batch", batch);
        return this;
    }

    /**
     * How many runs come before those that are measured, at least; 20 unless set. Java code is slow until the JVM has
     * compiled it, most of all the {@code vector} engine's.
     */
    public AlgorithmRace warmUpRounds(int warmUpRounds) {
        this.warmUpRounds = atLeastOne("warmUpRounds", warmUpRounds);
        return this;
    }

    /** How many runs are measured, at most; 15 unless set. The median counts. */
    public AlgorithmRace rounds(int rounds) {
        this.rounds = atLeastOne("rounds", rounds);
        return this;
    }

    /**
     * The time that each contender has in each pass, half of it to warm up; 0.5 unless set. The rounds of the
     * warm-up are run in any case, a run that has begun is finished, and one at least is measured.
     */
    public AlgorithmRace seconds(double seconds) {
        if (!(seconds > 0 && seconds <= 3600)) {
            throw new IllegalArgumentException(
                    "AlgorithmRace: seconds=%s must be above 0 and at most 3600".formatted(seconds));
        }
        this.seconds = seconds;
        return this;
    }

    /** Which engines take part; all that work here unless set. */
    public AlgorithmRace engines(List<Engine> engines) {
        if (engines.isEmpty()) {
            throw new IllegalArgumentException("AlgorithmRace: no engines; leave them unset for all that work here");
        }
        this.engines = List.copyOf(engines);
        return this;
    }

    private static int atLeastOne(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("AlgorithmRace: %s=%d must be at least 1".formatted(what, value));
        }
        return value;
    }

    /**
     * Runs it.
     *
     * @throws IllegalArgumentException if so many products make a value that floats could not hold its sum exactly
     * @throws IllegalStateException    if a contender's output differs from the first one's
     */
    public RaceResult run() {
        requireExactSums();
        Map<LayerPass, List<Contender>> contenders = new EnumMap<>(LayerPass.class);
        try {
            for (LayerPass pass : LayerPass.values()) {
                contenders.put(pass, contenders(pass));
            }
            // All warm up before the first is measured: until then the JVM has compiled the last of them, too.
            contenders.values().forEach(list -> list.forEach(this::warmUp));
            List<RaceEntry> entries = new ArrayList<>();
            contenders.forEach((pass, list) -> list.forEach(contender -> {
                entries.add(measure(pass, contender));
                requireEqual(pass, list.get(0), contender);
            }));
            return new RaceResult(sentence(), entries);
        } finally {
            contenders.values().forEach(list -> list.forEach(Contender::close));
        }
    }

    private void requireExactSums() {
        long positions = (long) geometry.small(batch).elements() / geometry.smallChannels();
        long products = Math.max(
                positions, (long) geometry.taps() * Math.max(geometry.largeChannels(), geometry.smallChannels()));
        if (products > MOST_PRODUCTS) {
            throw new IllegalArgumentException(
                    "AlgorithmRace: %,d products make one value; at most %,d can be summed exactly, so lower batch=%d or the layer's sizes"
                            .formatted(products, MOST_PRODUCTS, batch));
        }
    }

    private List<Contender> contenders(LayerPass pass) {
        Shape[] shapes = pass.operands(geometry, transposed, batch);
        double[][] data = {numbers(shapes[0], 1), numbers(shapes[1], 2)};
        List<Contender> contenders = new ArrayList<>();
        for (Engine engine : engines.isEmpty() ? Engines.available() : engines) {
            contenders.add(Contender.of(engine, pass, geometry, transposed, data, batch));
        }
        if (pass.isTransposed(transposed)) {
            for (TransposeAlgorithm algorithm : TransposeAlgorithm.values()) {
                contenders.add(Contender.of(algorithm, geometry, data, batch));
            }
        }
        return contenders;
    }

    private static double[] numbers(Shape shape, long seed) {
        return new Random(seed).ints(shape.elements(), -2, 3).asDoubleStream().toArray();
    }

    private void warmUp(Contender contender) {
        long start = System.nanoTime();
        for (int run = 0; run < warmUpRounds || System.nanoTime() - start < nanoseconds(); run++) {
            contender.run();
        }
    }

    private RaceEntry measure(LayerPass pass, Contender contender) {
        contender.run();
        List<Long> times = new ArrayList<>();
        long start = System.nanoTime();
        do {
            long before = System.nanoTime();
            contender.run();
            times.add(System.nanoTime() - before);
        } while (times.size() < rounds && System.nanoTime() - start < nanoseconds());
        long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0;
        return contender.entry(pass, median / 1e6, sorted.length);
    }

    private long nanoseconds() {
        return Math.round(seconds / 2 * 1e9);
    }

    private static void requireEqual(LayerPass pass, Contender first, Contender other) {
        double[] wanted = first.output();
        double[] received = other.output();
        for (int i = 0; i < Math.max(wanted.length, received.length); i++) {
            if (i >= wanted.length || i >= received.length || wanted[i] != received[i]) {
                throw new IllegalStateException(
                        "AlgorithmRace: %s, value %d: %s gives %s, %s gives %s; the same numbers must come out of all"
                                .formatted(pass, i, first.name(), value(wanted, i), other.name(), value(received, i)));
            }
        }
    }

    private static String value(double[] values, int at) {
        return at < values.length ? Double.toString(values[at]) : "none";
    }

    private String sentence() {
        int rank = geometry.axes().size();
        Operation operation =
                new Operation(transposed, rank, geometry.toThreeAxes().axes(), new double[0], new double[0]);
        int in = transposed ? geometry.smallChannels() : geometry.largeChannels();
        int out = transposed ? geometry.largeChannels() : geometry.smallChannels();
        return "%s, %d %s to %d%s, %s"
                .formatted(
                        operation.sentence(),
                        in,
                        in == 1 ? "channel" : "channels",
                        out,
                        geometry.groups() == 1 ? "" : " in %d groups".formatted(geometry.groups()),
                        batch == 1 ? "one sample" : "a batch of " + batch);
    }
}
