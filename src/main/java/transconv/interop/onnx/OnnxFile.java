package transconv.interop.onnx;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import ai.onnx.proto.OnnxMl.ModelProto;
import transconv.models.Model;
import transconv.models.file.AtomicFile;

/** TODO */
public final class OnnxFile {

    /**
     * GroupNormalization with a scale for each channel came with 21, Gelu with 20; ONNX Runtime 1.18 and later know it.
     */
    static final int OPSET = 21;

    /** That of ONNX 1.16, in which operator set 21 came. */
    static final int IR_VERSION = 10;

    private OnnxFile() {}

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

    public static Model load(Path file) {
        return new OnnxReader(file).read();
    }
}
