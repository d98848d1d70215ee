package transconv.layers;

import static transconv.layers.LayerArguments.ACTIVATION;
import static transconv.layers.LayerArguments.CONVOLUTION;
import static transconv.layers.LayerArguments.DENSE;
import static transconv.layers.LayerArguments.DEPTHWISE;
import static transconv.layers.LayerArguments.EVERY;
import static transconv.layers.LayerArguments.KERNEL;
import static transconv.layers.LayerArguments.PIXELS;
import static transconv.layers.LayerArguments.POOLING;
import static transconv.layers.LayerArguments.SEPARABLE;
import static transconv.layers.LayerArguments.SPATIAL;
import static transconv.layers.LayerArguments.TRANSPOSED;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import transconv.layers.LayerArguments.Argument;
import transconv.ops.Activation;
import transconv.ops.Choice;
import transconv.shape.Shape;

/**
 * Layers of every type with random arguments, built up by constructor and setters. A new layer needs its line here, and
 * is then tried by all properties of layers.
 */
public final class RandomLayers {

    private static final Map<String, Recipe> RECIPES = new LinkedHashMap<>();

    static {
        putKernels();
        putSampling();
        putPooling();
        putNormalization();
        putNoise();
        putOthers();
    }

    private RandomLayers() {}

    /** @param ranks of an input, batch axis left out */
    private record Recipe(int inputs, List<Integer> ranks, Function<Choice, Layer> make, List<Argument> arguments) {}

    /**
     * One layer's choices: the same layer again from each call.
     *
     * @param arguments the names of those that are set, others have their defaults
     */
    public record Drawn(String type, Set<String> arguments, long seed) {

        public Layer layer() {
            Recipe recipe = RECIPES.get(type);
            Layer layer = recipe.make().apply(new Choice(seed));
            for (Argument argument : recipe.arguments()) {
                if (arguments.contains(argument.name())) {
                    argument.set()
                            .accept(layer, new Choice(seed + argument.name().hashCode()));
                }
            }
            return layer;
        }

        /** Shapes that it mostly takes, batch axis left out: even numbers of channels, unequal axes. */
        public List<Shape> inputShapes() {
            Choice choice = new Choice(seed + 1);
            Recipe recipe = RECIPES.get(type);
            int rank = recipe.ranks().get(choice.below(recipe.ranks().size()));
            int[] sizes = IntStream.range(0, rank)
                    .map(axis -> axis == rank - 1 || axis == 0 ? 4 * (1 + choice.below(2)) : 2 + choice.below(4))
                    .toArray();
            return IntStream.range(0, recipe.inputs())
                    .mapToObj(i -> Shape.of(sizes))
                    .toList();
        }

        @Override
        public String toString() {
            return "%s of %s (seed %d)".formatted(layer().config(), inputShapes(), seed);
        }
    }

    public static Set<String> types() {
        return RECIPES.keySet();
    }

    /** A layer of any type with up to four arguments. */
    public static Arbitrary<Drawn> any() {
        return Arbitraries.of(RECIPES.keySet()).flatMap(RandomLayers::of);
    }

    /**
     * The choice of a seed, outside of properties: a layer with one input, with each argument by a chance of 1 in 3.
     */
    public static Drawn withOneInput(long seed) {
        Choice choice = new Choice(seed);
        List<String> types = RECIPES.keySet().stream()
                .filter(type -> RECIPES.get(type).inputs() == 1)
                .toList();
        String type = types.get(choice.below(types.size()));
        Set<String> arguments = new TreeSet<>();
        RECIPES.get(type).arguments().stream()
                .map(Argument::name)
                .filter(name -> choice.below(3) == 0)
                .forEach(arguments::add);
        return new Drawn(type, arguments, seed);
    }

    /** A layer with one input. */
    public static Arbitrary<Drawn> withOneInput() {
        List<String> types = RECIPES.keySet().stream()
                .filter(type -> RECIPES.get(type).inputs() == 1)
                .toList();
        return Arbitraries.of(types).flatMap(RandomLayers::of);
    }

    private static Arbitrary<Drawn> of(String type) {
        List<String> names =
                RECIPES.get(type).arguments().stream().map(Argument::name).toList();
        Arbitrary<Set<String>> some = Arbitraries.of(names).set().ofMaxSize(Math.min(4, names.size()));
        Arbitrary<Long> seeds = Arbitraries.longs().between(0, 999_999);
        return Combinators.combine(some, seeds).as((chosen, seed) -> new Drawn(type, new TreeSet<>(chosen), seed));
    }

    @SafeVarargs
    private static void put(
            String type, List<Integer> ranks, Function<Choice, Layer> make, List<Argument>... arguments) {
        List<Argument> all = new ArrayList<>(EVERY);
        List.of(arguments).forEach(all::addAll);
        RECIPES.put(type, new Recipe(1, ranks, make, all));
    }

    private static void putKernels() {
        List<Integer> steps = List.of(2);
        List<Integer> pixels = List.of(3);
        List<Integer> voxels = List.of(4);
        put("Conv1D", steps, c -> new Conv1D(4, kernel(c, 1)), SPATIAL, KERNEL, CONVOLUTION, LayerArguments.CAUSAL);
        put("Conv2D", pixels, c -> new Conv2D(6, kernel(c, 2)), SPATIAL, KERNEL, CONVOLUTION);
        put("Conv3D", voxels, c -> new Conv3D(2, kernel(c, 3)), SPATIAL, KERNEL, CONVOLUTION);
        put(
                "Conv1DTranspose",
                steps,
                c -> new Conv1DTranspose(4, kernel(c, 1)),
                SPATIAL,
                KERNEL,
                CONVOLUTION,
                TRANSPOSED);
        put(
                "Conv2DTranspose",
                pixels,
                c -> new Conv2DTranspose(6, kernel(c, 2)),
                SPATIAL,
                KERNEL,
                CONVOLUTION,
                TRANSPOSED);
        put(
                "Conv3DTranspose",
                voxels,
                c -> new Conv3DTranspose(2, kernel(c, 3)),
                SPATIAL,
                KERNEL,
                CONVOLUTION,
                TRANSPOSED);
        put("DepthwiseConv2D", pixels, c -> new DepthwiseConv2D(kernel(c, 2)), SPATIAL, KERNEL, DEPTHWISE);
        put(
                "SeparableConv2D",
                pixels,
                c -> new SeparableConv2D(3, kernel(c, 2)),
                SPATIAL,
                KERNEL,
                DEPTHWISE,
                SEPARABLE);
        put("Dense", List.of(1, 2, 3), c -> new Dense(1 + c.below(5)), DENSE);
    }

    /** One number for all axes, or one an axis. */
    private static int[] kernel(Choice choice, int axes) {
        return IntStream.range(0, choice.below(2) == 0 ? 1 : axes)
                .map(axis -> 1 + choice.below(3))
                .toArray();
    }

    private static int[][] pairs(Choice choice, int axes) {
        return IntStream.range(0, axes)
                .mapToObj(axis -> new int[] {choice.below(3), choice.below(2)})
                .toArray(int[][]::new);
    }

    private static void putSampling() {
        put("UpSampling1D", List.of(2), c -> new UpSampling1D(1 + c.below(3)));
        put("UpSampling2D", List.of(3), c -> new UpSampling2D(kernel(c, 2)), SPATIAL, LayerArguments.INTERPOLATION);
        put("UpSampling3D", List.of(4), c -> new UpSampling3D(kernel(c, 3)), SPATIAL);
        put("PixelShuffle", List.of(2, 3), c -> new PixelShuffle(1 + c.below(2)), PIXELS);
        put("PixelUnshuffle", List.of(2, 3), c -> new PixelUnshuffle(1 + c.below(2)), PIXELS);
        put("ZeroPadding1D", List.of(2), c -> new ZeroPadding1D(c.below(3), c.below(2)));
        put("ZeroPadding2D", List.of(3), c -> new ZeroPadding2D(pairs(c, 2)), SPATIAL);
        put("ZeroPadding3D", List.of(4), c -> new ZeroPadding3D(pairs(c, 3)), SPATIAL);
        put("Cropping1D", List.of(2), c -> new Cropping1D(c.below(3), c.below(2)));
        put("Cropping2D", List.of(3), c -> new Cropping2D(pairs(c, 2)), SPATIAL);
        put("Cropping3D", List.of(4), c -> new Cropping3D(pairs(c, 3)), SPATIAL);
    }

    private static void putPooling() {
        put("MaxPooling1D", List.of(2), c -> new MaxPooling1D(kernel(c, 1)), SPATIAL, POOLING);
        put("MaxPooling2D", List.of(3), c -> new MaxPooling2D(kernel(c, 2)), SPATIAL, POOLING);
        put("MaxPooling3D", List.of(4), c -> new MaxPooling3D(kernel(c, 3)), SPATIAL, POOLING);
        put("AveragePooling1D", List.of(2), c -> new AveragePooling1D(kernel(c, 1)), SPATIAL, POOLING);
        put("AveragePooling2D", List.of(3), c -> new AveragePooling2D(kernel(c, 2)), SPATIAL, POOLING);
        put("AveragePooling3D", List.of(4), c -> new AveragePooling3D(kernel(c, 3)), SPATIAL, POOLING);
        put("GlobalMaxPooling1D", List.of(2), c -> new GlobalMaxPooling1D(), SPATIAL, LayerArguments.GLOBAL);
        put("GlobalMaxPooling2D", List.of(3), c -> new GlobalMaxPooling2D(), SPATIAL, LayerArguments.GLOBAL);
        put("GlobalMaxPooling3D", List.of(4), c -> new GlobalMaxPooling3D(), SPATIAL, LayerArguments.GLOBAL);
        put("GlobalAveragePooling1D", List.of(2), c -> new GlobalAveragePooling1D(), SPATIAL, LayerArguments.GLOBAL);
        put("GlobalAveragePooling2D", List.of(3), c -> new GlobalAveragePooling2D(), SPATIAL, LayerArguments.GLOBAL);
        put("GlobalAveragePooling3D", List.of(4), c -> new GlobalAveragePooling3D(), SPATIAL, LayerArguments.GLOBAL);
    }

    /** With a wide epsilon: what is divided by almost nothing shows float's rounding, and cannot be compared. */
    private static void putNormalization() {
        List<Integer> any = List.of(1, 2, 3);
        put("BatchNormalization", any, c -> new BatchNormalization()
                .axis(c.of(1, -1))
                .momentum(c.below(5) / 4.0)
                .epsilon(c.of(0.25, 0.5))
                .center(c.below(2) == 0)
                .scale(c.below(2) == 0));
        put("LayerNormalization", any, c -> new LayerNormalization()
                .axis(c.of(1, -1))
                .epsilon(c.of(0.25, 0.5))
                .center(c.below(2) == 0)
                .scale(c.below(2) == 0));
        put("GroupNormalization", any, c -> new GroupNormalization(c.of(1, -1))
                .axis(c.of(1, -1))
                .epsilon(c.of(0.25, 0.5))
                .center(c.below(2) == 0)
                .scale(c.below(2) == 0));
        put("RMSNormalization", any, c -> new RMSNormalization().epsilon(c.of(0.25, 0.5)));
        put("UnitNormalization", any, c -> new UnitNormalization().axis(c.of(1, -1)));
    }

    /** Whose noise is for training; here they are tried as they infer. */
    private static void putNoise() {
        List<Integer> any = List.of(1, 2, 3);
        put("Dropout", any, c -> new Dropout(c.below(4) / 4.0).seed(c.below(9)));
        put("AlphaDropout", any, c -> new AlphaDropout(c.below(4) / 4.0).seed(c.below(9)));
        put("GaussianDropout", any, c -> new GaussianDropout(c.below(4) / 4.0).seed(c.below(9)));
        put("GaussianNoise", any, c -> new GaussianNoise(c.below(4) / 4.0).seed(c.below(9)));
        put("SpatialDropout1D", List.of(2), c -> new SpatialDropout1D(c.below(4) / 4.0));
        put("SpatialDropout2D", List.of(3), c -> new SpatialDropout2D(c.below(4) / 4.0), SPATIAL);
        put("SpatialDropout3D", List.of(4), c -> new SpatialDropout3D(c.below(4) / 4.0), SPATIAL);
    }

    private static void putOthers() {
        List<Integer> any = List.of(1, 2, 3, 4);
        put("Activation", any, c -> new ActivationLayer(c.of(Activation.values())));
        put("ELU", any, c -> new ELU(c.below(8) / 4.0));
        put("LeakyReLU", any, c -> new LeakyReLU(c.below(8) / 8.0));
        put("PReLU", any, c -> new PReLU(), LayerArguments.PRELU);
        put("ReLU", any, c -> new ReLU(), ACTIVATION);
        put("Softmax", any, c -> c.below(2) == 0 ? new Softmax() : new Softmax(c.of(1, -1)));
        put("ActivityRegularization", any, c -> new ActivityRegularization()
                .l1(c.below(3) / 4.0)
                .l2(c.below(3) / 4.0));
        put("Flatten", any, c -> new Flatten());
        put("Permute", List.of(2), c -> c.below(2) == 0 ? new Permute(1, 2) : new Permute(2, 1));
        put("RepeatVector", List.of(1), c -> new RepeatVector(1 + c.below(4)));
        put("Reshape", any, c -> c.below(2) == 0 ? new Reshape(-1) : new Reshape(2, -1));
        for (Function<Choice, Layer> merge : List.<Function<Choice, Layer>>of(
                c -> new Add(), c -> new Average(), c -> new Maximum(), c -> new Minimum(), c -> new Multiply())) {
            RECIPES.put(merge.apply(new Choice(0)).type(), new Recipe(3, any, merge, EVERY));
        }
        RECIPES.put("Subtract", new Recipe(2, any, c -> new Subtract(), EVERY));
        RECIPES.put(
                "Concatenate",
                new Recipe(2, any, c -> c.below(2) == 0 ? new Concatenate() : new Concatenate().axis(1), EVERY));
    }
}
