package transconv.interop.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import transconv.models.Model;
import transconv.models.file.AtomicFile;

/**
 * Models as ONNX graphs, to run elsewhere, and graphs of others as models, to train on. Source: ONNX 1.16, operator set
 * 21.
 *
 * <p>A graph has the channels in front where a convolution, a pool or the like works on them, (batch, channels,
 * axes...), and between the first and the last of these; inputs and outputs are the model's own, (batch, axes...,
 * channels), with an open number of samples. It is for inference: dropout and noise are left out, batch normalization
 * uses its averages. What a graph's operators compute together as one layer does, is read as that layer.
 *
 * <pre>{@code
 * Path file = java.nio.file.Files.createTempFile("up", ".onnx");
 * OnnxFile.save(new Sequential(Layers.input(4, 4, 2), Layers.conv2DTranspose(3, 3).strides(2)), file);
 * System.out.println(OnnxFile.load(file).outputShape()); // (9, 9, 3)
 * }</pre>
 */
public final class OnnxFile {

    /**
     * Since 21 GroupNormalization has a scale for each channel, since 20 there is Gelu; ONNX Runtime 1.18 knows both.
     */
    static final int OPSET = 21;

    /** That of ONNX 1.16, in which operator set 21 came. */
    static final int IR_VERSION = 10;

    private OnnxFile() {}

    /**
     * Writes the model as an ONNX graph in float32, nested models flat, a shared layer's weights once. An earlier file
     * of that name stays whole until the new one is on disk.
     *
     * @throws UnsupportedOperationException if a layer has no equal in ONNX, with its name and the reason
     * @throws UncheckedIOException          if the file cannot be written
     */
    public static void save(Model model, Path file) {
        ModelProto proto = new ModelWriter().write(model);
        try {
            AtomicFile.write(file, out -> {
                BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
                proto.writeTo(buffered);
                buffered.flush();
            });
        } catch (IOException cause) {
            throw new UncheckedIOException("%s: cannot be written (%s)".formatted(file, cause.getMessage()), cause);
        }
    }

    /**
     * Reads a graph of operator set 11 or later, whoever wrote it, into a model that is not compiled. Its tensors are
     * as the graph has them: an input (batch, channels, axes...) stays so, and the layers have {@link
     * transconv.layers.DataFormat#CHANNELS_FIRST}. Nothing in a file is executed, and no other file opened.
     *
     * <p>The operators: Conv, ConvTranspose, MaxPool, AveragePool, their global forms, Resize by whole numbers, Gemm,
     * MatMul with weights; Batch-, Group-, Instance- and LayerNormalization; PRelu and all activations that layers here
     * have, also where they are composed of several nodes; Softmax, LogSoftmax; Add, Sub, Mul, Div, Max, Min, Sum,
     * Mean, of tensors, or with one number or one for each channel; ReduceMean and ReduceMax over all positions;
     * Concat, Pad with zeros, Slice of positions, Reshape, Flatten, Squeeze, Unsqueeze, Transpose, Expand of one row,
     * DepthToSpace, SpaceToDepth; Gather from a table; Cast, Clip, Constant, ConstantOfShape, Dropout, Identity, Shape.
     *
     * @return with an input for each of the graph's that is no initializer
     * @throws transconv.models.file.ModelFileException if it is no ONNX model, cut off or damaged, keeps its data
     *     elsewhere, has functions, subgraphs, operators of other domains, or one or a setting of one that no layer
     *     here has; the message names file, node, attribute, value and way out
     * @throws UncheckedIOException                     if the file cannot be read
     */
    public static Model load(Path file) {
        return new OnnxReader(file).read();
    }
}
