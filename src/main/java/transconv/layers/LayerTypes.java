package transconv.layers;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import transconv.config.Config;
import transconv.ops.Activation;

/**
 * The layers by Keras' class names, to make them again from their configurations.
 *
 * <pre>{@code
 * Config config = Layers.conv2D(8, 3).padding(Padding.SAME).config();
 * System.out.println(LayerTypes.fromConfig("Conv2D", config).outputShape(Shape.of(5, 5, 1))); // (5, 5, 8)
 * }</pre>
 */
public final class LayerTypes {

    private static final Map<String, Function<Config, Layer>> CONSTRUCTORS = new LinkedHashMap<>();

    static {
        CONSTRUCTORS.put("InputLayer", c -> new Input(c.integers("shape")));
        CONSTRUCTORS.put("Conv1D", c -> new Conv1D(c.integer("filters"), c.integers("kernel_size")));
        CONSTRUCTORS.put("Conv2D", c -> new Conv2D(c.integer("filters"), c.integers("kernel_size")));
        CONSTRUCTORS.put("Conv3D", c -> new Conv3D(c.integer("filters"), c.integers("kernel_size")));
        CONSTRUCTORS.put("Conv1DTranspose", c -> new Conv1DTranspose(c.integer("filters"), c.integers("kernel_size")));
        CONSTRUCTORS.put("Conv2DTranspose", c -> new Conv2DTranspose(c.integer("filters"), c.integers("kernel_size")));
        CONSTRUCTORS.put("Conv3DTranspose", c -> new Conv3DTranspose(c.integer("filters"), c.integers("kernel_size")));
        CONSTRUCTORS.put("DepthwiseConv2D", c -> new DepthwiseConv2D(c.integers("kernel_size")));
        CONSTRUCTORS.put("SeparableConv2D", c -> new SeparableConv2D(c.integer("filters"), c.integers("kernel_size")));
        CONSTRUCTORS.put("Dense", c -> new Dense(c.integer("units")));
        CONSTRUCTORS.put("Reshape", c -> new Reshape(c.integers("target_shape")));
        CONSTRUCTORS.put("Flatten", c -> new Flatten());
        CONSTRUCTORS.put("Add", c -> new Add());
        CONSTRUCTORS.put("Average", c -> new Average());
        CONSTRUCTORS.put("Concatenate", c -> new Concatenate());
        CONSTRUCTORS.put("Maximum", c -> new Maximum());
        CONSTRUCTORS.put("Minimum", c -> new Minimum());
        CONSTRUCTORS.put("Multiply", c -> new Multiply());
        CONSTRUCTORS.put("Subtract", c -> new Subtract());
        putSampling();
        putNoise();
        CONSTRUCTORS.put("Activation", c -> new ActivationLayer(c.text("activation", Activation::named)));
        CONSTRUCTORS.put("ELU", ELU::from);
        CONSTRUCTORS.put("LeakyReLU", LeakyReLU::from);
        CONSTRUCTORS.put("PReLU", c -> new PReLU());
        CONSTRUCTORS.put("ReLU", c -> new ReLU());
        CONSTRUCTORS.put("Softmax", Softmax::from);
        CONSTRUCTORS.put("BatchNormalization", c -> new BatchNormalization());
        CONSTRUCTORS.put("GroupNormalization", GroupNormalization::from);
        CONSTRUCTORS.put("LayerNormalization", c -> new LayerNormalization());
        CONSTRUCTORS.put("RMSNormalization", c -> new RMSNormalization());
        CONSTRUCTORS.put("UnitNormalization", c -> new UnitNormalization());
    }

    private LayerTypes() {}

    private static void putSampling() {
        CONSTRUCTORS.put("UpSampling1D", c -> c.has("size") ? new UpSampling1D(c.integer("size")) : new UpSampling1D());
        CONSTRUCTORS.put("UpSampling2D", c -> new UpSampling2D(or(c, "size", 2)));
        CONSTRUCTORS.put("UpSampling3D", c -> new UpSampling3D(or(c, "size", 2)));
        CONSTRUCTORS.put("PixelShuffle", c -> new PixelShuffle(c.integer("upscale_factor")));
        CONSTRUCTORS.put("PixelUnshuffle", c -> new PixelUnshuffle(c.integer("downscale_factor")));
        CONSTRUCTORS.put(
                "ZeroPadding1D",
                c -> c.has("padding") ? new ZeroPadding1D(MarginLayer.read(c, "padding", 1)[0]) : new ZeroPadding1D());
        CONSTRUCTORS.put(
                "Cropping1D",
                c -> c.has("cropping") ? new Cropping1D(MarginLayer.read(c, "cropping", 1)[0]) : new Cropping1D());
        CONSTRUCTORS.put(
                "ZeroPadding2D",
                c -> c.has("padding") ? new ZeroPadding2D(MarginLayer.read(c, "padding", 2)) : new ZeroPadding2D());
        CONSTRUCTORS.put(
                "Cropping2D",
                c -> c.has("cropping") ? new Cropping2D(MarginLayer.read(c, "cropping", 2)) : new Cropping2D());
        CONSTRUCTORS.put(
                "ZeroPadding3D",
                c -> c.has("padding") ? new ZeroPadding3D(MarginLayer.read(c, "padding", 3)) : new ZeroPadding3D());
        CONSTRUCTORS.put(
                "Cropping3D",
                c -> c.has("cropping") ? new Cropping3D(MarginLayer.read(c, "cropping", 3)) : new Cropping3D());
        CONSTRUCTORS.put("MaxPooling1D", c -> new MaxPooling1D(or(c, "pool_size", 2)));
        CONSTRUCTORS.put("MaxPooling2D", c -> new MaxPooling2D(or(c, "pool_size", 2)));
        CONSTRUCTORS.put("MaxPooling3D", c -> new MaxPooling3D(or(c, "pool_size", 2)));
        CONSTRUCTORS.put("AveragePooling1D", c -> new AveragePooling1D(or(c, "pool_size", 2)));
        CONSTRUCTORS.put("AveragePooling2D", c -> new AveragePooling2D(or(c, "pool_size", 2)));
        CONSTRUCTORS.put("AveragePooling3D", c -> new AveragePooling3D(or(c, "pool_size", 2)));
        CONSTRUCTORS.put("GlobalMaxPooling1D", c -> new GlobalMaxPooling1D());
        CONSTRUCTORS.put("GlobalMaxPooling2D", c -> new GlobalMaxPooling2D());
        CONSTRUCTORS.put("GlobalMaxPooling3D", c -> new GlobalMaxPooling3D());
        CONSTRUCTORS.put("GlobalAveragePooling1D", c -> new GlobalAveragePooling1D());
        CONSTRUCTORS.put("GlobalAveragePooling2D", c -> new GlobalAveragePooling2D());
        CONSTRUCTORS.put("GlobalAveragePooling3D", c -> new GlobalAveragePooling3D());
    }

    private static void putNoise() {
        CONSTRUCTORS.put("Dropout", c -> new Dropout(c.number("rate")));
        CONSTRUCTORS.put("SpatialDropout1D", c -> new SpatialDropout1D(c.number("rate")));
        CONSTRUCTORS.put("SpatialDropout2D", c -> new SpatialDropout2D(c.number("rate")));
        CONSTRUCTORS.put("SpatialDropout3D", c -> new SpatialDropout3D(c.number("rate")));
        CONSTRUCTORS.put("AlphaDropout", c -> new AlphaDropout(c.number("rate")));
        CONSTRUCTORS.put("GaussianDropout", c -> new GaussianDropout(c.number("rate")));
        CONSTRUCTORS.put("GaussianNoise", c -> new GaussianNoise(c.number("stddev")));
        CONSTRUCTORS.put("ActivityRegularization", c -> new ActivityRegularization());
        CONSTRUCTORS.put("Embedding", c -> new Embedding(c.integer("input_dim"), c.integer("output_dim")));
        CONSTRUCTORS.put("Permute", c -> new Permute(c.integers("dims")));
        CONSTRUCTORS.put("RepeatVector", c -> new RepeatVector(c.integer("n")));
    }

    private static int[] or(Config config, String setting, int otherwise) {
        return config.has(setting) ? config.integers(setting) : new int[] {otherwise};
    }

    /** The class names that {@link #fromConfig} knows. */
    public static Set<String> names() {
        return CONSTRUCTORS.keySet();
    }

    /**
     * A layer, not built yet, from what {@link Layer#config} wrote; settings that are left out have Keras' defaults.
     *
     * @throws IllegalArgumentException if the class or a setting is not known, or a setting is wrong
     */
    public static Layer fromConfig(String className, Config config) {
        Function<Config, Layer> constructor = CONSTRUCTORS.get(className);
        if (constructor == null) {
            throw new IllegalArgumentException(
                    "layer class '%s' is not known; there are %s".formatted(className, CONSTRUCTORS.keySet()));
        }
        Layer layer = constructor.apply(config);
        layer.configureAll(config);
        Set<String> known = new HashSet<>(layer.config().values().keySet());
        known.add("activity_regularizer");
        config.requireOnly(known);
        return layer;
    }
}
