package transconv.layers;

import transconv.ops.Activation;

/**
 * The layers by short names, to be imported statically so that a model reads as it does in Keras. Closed choices are
 * {@code Padding} and {@code Activation} constants.
 *
 * <pre>{@code
 * Layer layer = Layers.conv2DTranspose(16, 3).strides(2);
 * System.out.println(layer.outputShape(Shape.of(4, 4, 1))); // (9, 9, 16)
 * }</pre>
 */
public final class Layers {

    private Layers() {}

    /** The model's input shape, without the batch axis. */
    public static Input input(int... shape) {
        return new Input(shape);
    }

    public static Conv1D conv1D(int filters, int... kernelSize) {
        return new Conv1D(filters, kernelSize);
    }

    public static Conv1DTranspose conv1DTranspose(int filters, int... kernelSize) {
        return new Conv1DTranspose(filters, kernelSize);
    }

    public static Conv2D conv2D(int filters, int... kernelSize) {
        return new Conv2D(filters, kernelSize);
    }

    public static Conv2DTranspose conv2DTranspose(int filters, int... kernelSize) {
        return new Conv2DTranspose(filters, kernelSize);
    }

    public static Conv3D conv3D(int filters, int... kernelSize) {
        return new Conv3D(filters, kernelSize);
    }

    public static Conv3DTranspose conv3DTranspose(int filters, int... kernelSize) {
        return new Conv3DTranspose(filters, kernelSize);
    }

    public static DepthwiseConv2D depthwiseConv2D(int... kernelSize) {
        return new DepthwiseConv2D(kernelSize);
    }

    public static SeparableConv2D separableConv2D(int filters, int... kernelSize) {
        return new SeparableConv2D(filters, kernelSize);
    }

    public static Dense dense(int units) {
        return new Dense(units);
    }

    public static Reshape reshape(int... targetShape) {
        return new Reshape(targetShape);
    }

    public static Flatten flatten() {
        return new Flatten();
    }

    /** @param dims the input's axes in their new order, from 1 */
    public static Permute permute(int... dims) {
        return new Permute(dims);
    }

    public static RepeatVector repeatVector(int n) {
        return new RepeatVector(n);
    }

    public static Embedding embedding(int inputDim, int outputDim) {
        return new Embedding(inputDim, outputDim);
    }

    public static ActivityRegularization activityRegularization() {
        return new ActivityRegularization();
    }

    public static AlphaDropout alphaDropout(double rate) {
        return new AlphaDropout(rate);
    }

    public static Dropout dropout(double rate) {
        return new Dropout(rate);
    }

    public static GaussianDropout gaussianDropout(double rate) {
        return new GaussianDropout(rate);
    }

    public static GaussianNoise gaussianNoise(double stddev) {
        return new GaussianNoise(stddev);
    }

    public static SpatialDropout1D spatialDropout1D(double rate) {
        return new SpatialDropout1D(rate);
    }

    public static SpatialDropout2D spatialDropout2D(double rate) {
        return new SpatialDropout2D(rate);
    }

    public static SpatialDropout3D spatialDropout3D(double rate) {
        return new SpatialDropout3D(rate);
    }

    public static UpSampling1D upSampling1D() {
        return new UpSampling1D();
    }

    public static UpSampling1D upSampling1D(int size) {
        return new UpSampling1D(size);
    }

    public static UpSampling2D upSampling2D() {
        return new UpSampling2D();
    }

    public static UpSampling2D upSampling2D(int... size) {
        return new UpSampling2D(size);
    }

    public static UpSampling3D upSampling3D() {
        return new UpSampling3D();
    }

    public static UpSampling3D upSampling3D(int... size) {
        return new UpSampling3D(size);
    }

    public static PixelShuffle pixelShuffle(int upscaleFactor) {
        return new PixelShuffle(upscaleFactor);
    }

    public static PixelUnshuffle pixelUnshuffle(int downscaleFactor) {
        return new PixelUnshuffle(downscaleFactor);
    }

    public static Cropping1D cropping1D() {
        return new Cropping1D();
    }

    public static Cropping1D cropping1D(int... cropping) {
        return new Cropping1D(cropping);
    }

    public static Cropping2D cropping2D() {
        return new Cropping2D();
    }

    public static Cropping2D cropping2D(int... cropping) {
        return new Cropping2D(cropping);
    }

    public static Cropping2D cropping2D(int[]... cropping) {
        return new Cropping2D(cropping);
    }

    public static Cropping3D cropping3D() {
        return new Cropping3D();
    }

    public static Cropping3D cropping3D(int... cropping) {
        return new Cropping3D(cropping);
    }

    public static Cropping3D cropping3D(int[]... cropping) {
        return new Cropping3D(cropping);
    }

    public static ZeroPadding1D zeroPadding1D() {
        return new ZeroPadding1D();
    }

    public static ZeroPadding1D zeroPadding1D(int... padding) {
        return new ZeroPadding1D(padding);
    }

    public static ZeroPadding2D zeroPadding2D() {
        return new ZeroPadding2D();
    }

    public static ZeroPadding2D zeroPadding2D(int... padding) {
        return new ZeroPadding2D(padding);
    }

    public static ZeroPadding2D zeroPadding2D(int[]... padding) {
        return new ZeroPadding2D(padding);
    }

    public static ZeroPadding3D zeroPadding3D() {
        return new ZeroPadding3D();
    }

    public static ZeroPadding3D zeroPadding3D(int... padding) {
        return new ZeroPadding3D(padding);
    }

    public static ZeroPadding3D zeroPadding3D(int[]... padding) {
        return new ZeroPadding3D(padding);
    }

    public static AveragePooling1D averagePooling1D() {
        return new AveragePooling1D();
    }

    public static AveragePooling1D averagePooling1D(int... poolSize) {
        return new AveragePooling1D(poolSize);
    }

    public static AveragePooling2D averagePooling2D() {
        return new AveragePooling2D();
    }

    public static AveragePooling2D averagePooling2D(int... poolSize) {
        return new AveragePooling2D(poolSize);
    }

    public static AveragePooling3D averagePooling3D() {
        return new AveragePooling3D();
    }

    public static AveragePooling3D averagePooling3D(int... poolSize) {
        return new AveragePooling3D(poolSize);
    }

    public static MaxPooling1D maxPooling1D() {
        return new MaxPooling1D();
    }

    public static MaxPooling1D maxPooling1D(int... poolSize) {
        return new MaxPooling1D(poolSize);
    }

    public static MaxPooling2D maxPooling2D() {
        return new MaxPooling2D();
    }

    public static MaxPooling2D maxPooling2D(int... poolSize) {
        return new MaxPooling2D(poolSize);
    }

    public static MaxPooling3D maxPooling3D() {
        return new MaxPooling3D();
    }

    public static MaxPooling3D maxPooling3D(int... poolSize) {
        return new MaxPooling3D(poolSize);
    }

    public static GlobalAveragePooling1D globalAveragePooling1D() {
        return new GlobalAveragePooling1D();
    }

    public static GlobalAveragePooling2D globalAveragePooling2D() {
        return new GlobalAveragePooling2D();
    }

    public static GlobalAveragePooling3D globalAveragePooling3D() {
        return new GlobalAveragePooling3D();
    }

    public static GlobalMaxPooling1D globalMaxPooling1D() {
        return new GlobalMaxPooling1D();
    }

    public static GlobalMaxPooling2D globalMaxPooling2D() {
        return new GlobalMaxPooling2D();
    }

    public static GlobalMaxPooling3D globalMaxPooling3D() {
        return new GlobalMaxPooling3D();
    }

    public static Add add() {
        return new Add();
    }

    public static Average average() {
        return new Average();
    }

    public static Concatenate concatenate() {
        return new Concatenate();
    }

    public static Maximum maximum() {
        return new Maximum();
    }

    public static Minimum minimum() {
        return new Minimum();
    }

    public static Multiply multiply() {
        return new Multiply();
    }

    public static Subtract subtract() {
        return new Subtract();
    }

    public static ActivationLayer activation(Activation activation) {
        return new ActivationLayer(activation);
    }

    /** By Keras' name: {@code "relu"}. */
    public static ActivationLayer activation(String name) {
        return new ActivationLayer(name);
    }

    public static ELU elu() {
        return new ELU();
    }

    public static ELU elu(double alpha) {
        return new ELU(alpha);
    }

    public static LeakyReLU leakyRelu() {
        return new LeakyReLU();
    }

    public static LeakyReLU leakyRelu(double negativeSlope) {
        return new LeakyReLU(negativeSlope);
    }

    public static PReLU prelu() {
        return new PReLU();
    }

    public static ReLU relu() {
        return new ReLU();
    }

    /** @param axis over which to sum; none given means the last */
    public static Softmax softmax(int... axis) {
        return new Softmax(axis);
    }

    public static BatchNormalization batchNormalization() {
        return new BatchNormalization();
    }

    public static GroupNormalization groupNormalization() {
        return new GroupNormalization();
    }

    public static GroupNormalization groupNormalization(int groups) {
        return new GroupNormalization(groups);
    }

    public static LayerNormalization layerNormalization() {
        return new LayerNormalization();
    }

    public static RMSNormalization rmsNormalization() {
        return new RMSNormalization();
    }

    public static UnitNormalization unitNormalization() {
        return new UnitNormalization();
    }
}
