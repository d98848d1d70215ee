package transconv;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A folder of models with their inputs and outputs; {@code src/test/peers/exchange.py} says what is in it. */
record PeerFolder(Path folder) {

    Path file(String name, String ending) {
        return folder.resolve(name + ending);
    }

    /** Of all models, in alphabetical order. */
    List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".keras"))
                    .map(name -> name.substring(0, name.length() - ".keras".length()))
                    .sorted()
                    .toList();
        }
    }

    /** Those of the kind's number 0, 1, ..., as far as they are there. */
    List<INDArray> arrays(String name, String kind) throws IOException {
        List<INDArray> arrays = new ArrayList<>();
        for (Path file = file(name, "." + kind + "0.npy"); Files.exists(file); ) {
            arrays.add(Goldens.readNpy(file.toString(), Files.readAllBytes(file)));
            file = file(name, ".%s%d.npy".formatted(kind, arrays.size()));
        }
        return arrays;
    }

    double[] losses(String name) throws IOException {
        Path file = file(name, ".losses.npy");
        return Goldens.readNpy(file.toString(), Files.readAllBytes(file)).data().asDouble();
    }

    void write(String name, String kind, List<INDArray> arrays) throws IOException {
        for (int i = 0; i < arrays.size(); i++) {
            Files.write(file(name, ".%s%d.npy".formatted(kind, i)), npy(arrays.get(i)));
        }
    }

    void writeLosses(String name, double[] losses) throws IOException {
        Files.write(file(name, ".losses.npy"), npy(Nd4j.createFromArray(losses)));
    }

    private static byte[] npy(INDArray array) throws IOException {
        String shape = Arrays.stream(array.shape()).mapToObj(size -> size + ",").collect(Collectors.joining(" "));
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }".formatted(shape);
        header += " ".repeat(63 - (10 + header.length()) % 64) + "\n";
        float[] values = array.dup('c').data().asFloat();
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        file.writeBytes(new byte[] {(byte) header.length(), (byte) (header.length() >> 8)});
        file.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
        file.writeBytes(bytes.array());
        return file.toByteArray();
    }
}
