package transconv.shape;

/** Whose rule gives an output size. */
public enum Convention {
    /** V. Dumoulin and F. Visin, "A guide to convolution arithmetic for deep learning" (2016). */
    GUIDE,
    /** Keras 3 on TensorFlow, Conv2DTranspose and its family. */
    KERAS,
    /** PyTorch, ConvTranspose2d and its family. */
    PYTORCH,
    /** ONNX, operator ConvTranspose. */
    ONNX
}
