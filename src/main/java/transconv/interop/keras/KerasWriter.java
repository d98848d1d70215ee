package transconv.interop.keras;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipOutputStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.layers.Weight;
import transconv.models.Model;
import transconv.models.file.AtomicFile;
import transconv.models.file.Json;
import transconv.models.file.StoredEntry;

/** Writes Keras' files; HDF5 needs a file of its own to be written in, which goes into the zip as it is. */
final class KerasWriter {

    /** The release whose form is written. */
    private static final String VERSION = "3.15.0";

    private KerasWriter() {}

    static void model(Model model, Path file) throws IOException {
        Map<String, Object> config = ConfigToKeras.model(model);
        config.put(
                "compile_config",
                CompileToKeras.of(model.compileSettings(), model.outputNames().size()));
        byte[] description = Json.write(config);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("keras_version", VERSION);
        metadata.put("date_saved", LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd@HH:mm:ss")));
        byte[] about = Json.write(metadata);
        withHdf5(model, file, hdf5 -> AtomicFile.write(file, out -> writeParts(about, description, hdf5, out)));
    }

    static void weights(Model model, Path file) throws IOException {
        withHdf5(model, file, hdf5 -> AtomicFile.write(file, out -> Files.copy(hdf5, out)));
    }

    @FunctionalInterface
    private interface Use {

        void of(Path hdf5) throws IOException;
    }

    private static void withHdf5(Model model, Path file, Use use) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path hdf5 = Files.createTempFile(folder, ".weights", ".draft");
        try {
            tree(model).write(hdf5);
            use.of(hdf5);
        } finally {
            Files.deleteIfExists(hdf5);
        }
    }

    private static Hdf5Writer tree(Model model) {
        Hdf5Writer tree = new Hdf5Writer();
        tree.putGroup("vars", model.label());
        for (WeightPlaces.Place place : WeightPlaces.of(model)) {
            tree.putGroup(place.group(), place.layer().label());
            int next = 0;
            for (Weight weight : place.weights()) {
                tree.put(place.group(), String.valueOf(next), weight.parameter().value());
                next++;
            }
        }
        if (model.compileSettings() != null) {
            List<INDArray> state = new OptimizerVariables(model).written();
            tree.putGroup("optimizer/vars", model.optimizer().name());
            for (int i = 0; i < state.size(); i++) {
                tree.put("optimizer/vars", String.valueOf(i), state.get(i));
            }
        }
        return tree;
    }

    private static void writeParts(byte[] about, byte[] description, Path hdf5, OutputStream file) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(file, 1 << 16)) {
            @Override
            public void close() throws IOException {
                // the file is closed by its owner, when it is on disk
                finish();
                flush();
            }
        }) {
            StoredEntry.begin(zip, "metadata.json", about.length, ZipParts.checksum(about));
            zip.write(about);
            StoredEntry.begin(zip, "config.json", description.length, ZipParts.checksum(description));
            zip.write(description);
            try (FileChannel channel = FileChannel.open(hdf5)) {
                FileRegion weights = FileRegion.of(channel);
                StoredEntry.begin(zip, "model.weights.h5", weights.size(), weights.checksum());
            }
            Files.copy(hdf5, zip);
        }
    }
}
