package transconv.layers;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import transconv.config.Config;

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
        CONSTRUCTORS.put("Activation", c -> new ActivationLayer(c.text("activation")));
        CONSTRUCTORS.put("ELU", ELU::from);
        CONSTRUCTORS.put("LeakyReLU", LeakyReLU::from);
        CONSTRUCTORS.put("PReLU", c -> new PReLU());
        CONSTRUCTORS.put("ReLU", c -> new ReLU());
        CONSTRUCTORS.put("Softmax", Softmax::from);
    }

    private LayerTypes() {}

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
