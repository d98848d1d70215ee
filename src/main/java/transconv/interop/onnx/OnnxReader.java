package transconv.interop.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import transconv.models.Model;
import transconv.models.file.ModelFileException;

/** Reads a file: the container first, then the graph in it. */
final class OnnxReader {

    private static final long OLDEST_OPSET = 11;
    private static final long NEWEST_OPSET = 26;
    /** Below, a file is read as a whole: a mapping costs more. */
    private static final long SMALL = 1 << 20;

    private final Path file;

    OnnxReader(Path file) {
        this.file = file;
    }

    Model read() {
        try {
            long bytes = Files.size(file);
            if (bytes > Integer.MAX_VALUE) {
                throw new ModelFileException(file, "%,d bytes; the format ends at 2 GB".formatted(bytes));
            }
            return read(parsed(content(bytes)), bytes);
        } catch (InvalidProtocolBufferException damaged) {
            throw new ModelFileException(
                    file,
                    "it is no ONNX model, or damaged or cut off (%s); save it again".formatted(damaged.getMessage()),
                    damaged);
        } catch (IOException cause) {
            throw new UncheckedIOException("%s: cannot be read (%s)".formatted(file, cause.getMessage()), cause);
        }
    }

    /** A large file's weights stay where they are until a layer takes them. */
    private ByteString content(long bytes) throws IOException {
        if (bytes < SMALL) {
            return UnsafeByteOperations.unsafeWrap(Files.readAllBytes(file));
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MappedByteBuffer mapped = channel.map(MapMode.READ_ONLY, 0, bytes);
            return UnsafeByteOperations.unsafeWrap(mapped);
        }
    }

    private static ModelProto parsed(ByteString content) throws IOException {
        CodedInputStream in = content.newCodedInput();
        in.enableAliasing(true);
        in.setSizeLimit(Integer.MAX_VALUE);
        return ModelProto.parseFrom(in);
    }

    private Model read(ModelProto model, long bytes) {
        if (!model.hasGraph()) {
            throw new ModelFileException(file, "graph: there is none; this is no ONNX model");
        }
        if (model.getFunctionsCount() > 0) {
            throw new ModelFileException(
                    file,
                    "functions: there are %d, the first is '%s'; export the model with its functions inlined"
                            .formatted(
                                    model.getFunctionsCount(),
                                    model.getFunctions(0).getName()));
        }
        try {
            // what is shared by several layers is there several times
            return new GraphReader(model.getGraph(), opset(model), (16L << 20) + 2 * bytes).read();
        } catch (ModelFileException refused) {
            throw refused;
        } catch (RuntimeException refused) {
            throw new ModelFileException(file, refused.getMessage(), refused);
        } catch (StackOverflowError tooDeep) {
            throw new ModelFileException(
                    file, "graph.node: too many nodes depend on each other in a row; cut the model into several");
        }
    }

    private long opset(ModelProto model) {
        for (OperatorSetIdProto set : model.getOpsetImportList()) {
            if (set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx")) {
                if (set.getVersion() < OLDEST_OPSET || set.getVersion() > NEWEST_OPSET) {
                    throw new ModelFileException(
                            file,
                            ("opset_import: version=%d; operator sets %d to %d are read, convert the model to one of"
                                            + " them")
                                    .formatted(set.getVersion(), OLDEST_OPSET, NEWEST_OPSET));
                }
                return set.getVersion();
            }
        }
        throw new ModelFileException(file, "opset_import: that of ONNX itself is not there");
    }
}
