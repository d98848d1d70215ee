package transconv.models;

import static transconv.layers.Layers.conv2D;
import static transconv.layers.Layers.conv2DTranspose;
import static transconv.layers.Layers.input;

import transconv.layers.ConvolutionLayer;
import transconv.ops.Activation;
import transconv.shape.Padding;

/** The MNIST autoencoder of C. Versloot, "Conv2DTranspose: using 2D transposed convolutions with Keras" (2019). */
final class Autoencoder {

    private Autoencoder() {}

    static Sequential create() {
        return new Sequential(
                input(28, 28, 1),
                inner(conv2D(32, 3)),
                inner(conv2D(16, 3)),
                inner(conv2D(8, 3)),
                inner(conv2DTranspose(8, 3)),
                inner(conv2DTranspose(16, 3)),
                inner(conv2DTranspose(32, 3)),
                conv2D(1, 3).activation(Activation.SIGMOID).padding(Padding.SAME));
    }

    private static <T extends ConvolutionLayer<T>> T inner(T layer) {
        return layer.activation(Activation.RELU).kernelInitializer("he_normal");
    }
}
