package transconv.layers;

import transconv.config.Config;

/**
 * Enlarges each axis by a whole number, by repetition or by interpolation, with nothing to learn. Input (height, width,
 * channels), output (size · height, size · width, channels). Source: Keras 3, {@code UpSampling2D}; its rule before
 * 2020 is {@link CoordinateTransformation#ASYMMETRIC}.
 *
 * <pre>{@code
 * Layer layer = Layers.upSampling2D(2, 3).interpolation(Interpolation.BILINEAR);
 * System.out.println(layer.outputShape(Shape.of(4, 4, 8))); // (8, 12, 8)
 * }</pre>
 */
public final class UpSampling2D extends UpSamplingLayer<UpSampling2D> {

    private Interpolation interpolation = Interpolation.NEAREST;
    private CoordinateTransformation coordinateTransformation = CoordinateTransformation.HALF_PIXEL;

    /** Keras' default: size 2. */
    public UpSampling2D() {
        this(2);
    }

    /**
     * @param size one number, or for height and width; at least 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public UpSampling2D(int... size) {
        super(2, size);
    }

    /** Default NEAREST. */
    public UpSampling2D interpolation(Interpolation interpolation) {
        requireUnbuilt("interpolation");
        this.interpolation = interpolation;
        return this;
    }

    /** By Keras' name: {@code "bilinear"}. */
    public UpSampling2D interpolation(String name) {
        return interpolation(
                Config.of(label()).with("interpolation", name).choice("interpolation", Interpolation.class));
    }

    /** Which position of the input an output takes; default HALF_PIXEL, as Keras has it since 2020. */
    public UpSampling2D coordinateTransformation(CoordinateTransformation coordinateTransformation) {
        requireUnbuilt("coordinateTransformation");
        this.coordinateTransformation = coordinateTransformation;
        return this;
    }

    @Override
    Interpolation interpolation() {
        return interpolation;
    }

    @Override
    CoordinateTransformation coordinateTransformation() {
        return coordinateTransformation;
    }

    @Override
    protected void describe(Config config) {
        super.describe(config);
        config.with("interpolation", interpolation);
        if (coordinateTransformation != CoordinateTransformation.HALF_PIXEL) {
            config.with("coordinate_transformation", coordinateTransformation);
        }
    }

    @Override
    protected void configure(Config config) {
        super.configure(config);
        if (config.has("interpolation")) {
            interpolation(config.choice("interpolation", Interpolation.class));
        }
        if (config.has("coordinate_transformation")) {
            coordinateTransformation(config.choice("coordinate_transformation", CoordinateTransformation.class));
        }
    }
}
