package transconv.interop.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static transconv.models.FitOption.verbose;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Closeness;
import transconv.layers.Layer;
import transconv.layers.LayerTypes;
import transconv.models.Model;
import transconv.training.metrics.Metric;

/** Models that Keras saved predict and go on training as in Keras; ours do when they come back. */
class KerasFileTest {

    private static final Closeness CLOSENESS = new Closeness();

    @TempDir
    static Path folder;

    @AfterAll
    static void report() {
        System.out.println("Keras' files: " + CLOSENESS);
    }

    /** Each case in each of its forms, and saved by us and read again. */
    @TestFactory
    Stream<DynamicTest> modelsAreThoseOfKeras() {
        return KerasFiles.GOLDENS.cases().stream().flatMap(entry -> forms(entry).stream()
                .map(form -> DynamicTest.dynamicTest(
                        entry.get("name").asText() + "." + form, () -> check(entry, loaded(entry, form)))));
    }

    private static List<String> forms(JsonNode entry) {
        List<String> forms =
                new ArrayList<>(StreamSupport.stream(entry.get("forms").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList());
        forms.add("again");
        return forms;
    }

    private static Model loaded(JsonNode entry, String form) {
        String name = entry.get("name").asText();
        if (form.equals("weights.h5")) {
            Model model = loaded(entry, "keras");
            model.setWeights(model.getWeights().stream().map(Nd4j::zerosLike).toList());
            KerasFile.loadWeights(model, KerasFiles.unpacked(folder, name + ".weights.h5"));
            return model;
        }
        if (form.equals("again")) {
            Path file = folder.resolve(name + "-again.keras");
            KerasFile.save(loaded(entry, "keras"), file);
            return KerasFile.load(file);
        }
        return KerasFile.load(KerasFiles.unpacked(folder, name + "." + form));
    }

    private static void check(JsonNode entry, Model model) {
        List<INDArray> x = KerasFiles.inputs(entry);
        int outputs = entry.get("outputs").asInt();
        List<INDArray> wanted = KerasFiles.arrays(entry, "output", outputs);
        List<INDArray> predicted = model.predict(x, verbose(0));
        assertEquals(outputs, predicted.size());
        for (int i = 0; i < outputs; i++) {
            CLOSENESS.require("prediction", wanted.get(i), predicted.get(i), 1e-5);
        }
        if (!entry.get("trained").asBoolean()) {
            return;
        }
        List<INDArray> y = KerasFiles.arrays(entry, "y", outputs);
        INDArray losses = KerasFiles.GOLDENS.array(entry, "losses");
        for (int step = 0; step < losses.length(); step++) {
            Map<String, Double> logs = model.trainOnBatch(x, y);
            CLOSENESS.require("loss", losses.getDouble(step), logs.get("loss"), 1e-4);
        }
        double[] weights = model.getWeights().stream()
                .flatMapToDouble(array -> Arrays.stream(array.dup('c').data().asDouble()))
                .toArray();
        CLOSENESS.require(
                "weights after three steps",
                KerasFiles.GOLDENS.array(entry, "weights").data().asDouble(),
                weights,
                1e-4);
    }

    /** Every layer that Keras has too is in one of its files. */
    @Test
    void noLayerIsLeftOut() {
        Set<String> found = new TreeSet<>(Set.of("PixelShuffle", "PixelUnshuffle"));
        KerasFiles.GOLDENS.cases().forEach(entry -> add(loaded(entry, "keras"), found));
        assertEquals(new TreeSet<>(LayerTypes.names()), found);
    }

    private static void add(Model model, Set<String> found) {
        model.inputs().forEach(input -> found.add(input.type()));
        for (Layer layer : model.layers()) {
            if (layer instanceof Model inner) {
                add(inner, found);
            } else {
                found.add(layer.type());
            }
        }
    }

    @Test
    void namesAndFlagsComeAlong() {
        Model model = loaded(KerasFiles.entry("nested"), "keras");
        Model row = (Model) model.layer("row");
        assertEquals(false, row.layers().get(0).isTrainable());
        assertEquals(true, row.layers().get(1).isTrainable());
        assertEquals("inner", model.layer("inner").name());
        assertEquals(List.of("mae", "r"), metrics(loaded(KerasFiles.entry("row"), "keras")));
        assertEquals(
                0.5,
                loaded(KerasFiles.entry("shared"), "h5")
                        .compileSettings()
                        .lossWeights()
                        .get(0));
    }

    /** Metrics that differ from output to output; our own format has them too. */
    @Test
    void everyOutputHasItsMetrics() {
        Model model = loaded(KerasFiles.entry("ends"), "again");
        assertEquals(List.of(List.of("mae"), List.of()), model.compileSettings().metrics());
        Path file = folder.resolve("ends.tcm");
        model.save(file);
        assertEquals(
                List.of(List.of("mae"), List.of()),
                Model.load(file).compileSettings().metrics());
        JsonNode entry = KerasFiles.entry("ends");
        Map<String, Double> logs = model.trainOnBatch(KerasFiles.inputs(entry), KerasFiles.arrays(entry, "y", 2));
        assertTrue(logs.containsKey("one_mae") && !logs.containsKey("two_mae"), logs.toString());
    }

    private static List<String> metrics(Model model) {
        return model.compileSettings().metrics().stream()
                .map(metric -> metric instanceof Metric made ? made.name() : (String) metric)
                .toList();
    }

    /** Equal to the last bit, optimizer's state and schedule included. */
    @Test
    void whatWeSaveComesBackWhole() {
        Model model = loaded(KerasFiles.entry("optimizer-adamw"), "keras");
        Path file = folder.resolve("back.keras");
        KerasFile.save(model, file);
        Model again = KerasFile.load(file);
        assertEquals(model.getWeights(), again.getWeights());
        assertEquals(
                model.optimizer().config().values(), again.optimizer().config().values());
        assertEquals(
                model.optimizer().state(model.parameters()).values().stream().toList(),
                again.optimizer().state(again.parameters()).values().stream().toList());
        Model bare = KerasFile.loadUncompiled(file);
        assertEquals(null, bare.compileSettings());
        assertTrue(model.optimizer().stateCount() > 20);
    }

    @Test
    void weightsAloneGoOutAndIn() {
        Model model = loaded(KerasFiles.entry("row"), "keras");
        Path file = folder.resolve("out.weights.h5");
        KerasFile.saveWeights(model, file);
        Model other = Model.fromConfig(model.className(), model.config());
        KerasFile.loadWeights(other, file);
        assertEquals(model.getWeights(), other.getWeights());
    }
}
