package transconv.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.layers.Layers;
import transconv.models.CompileOption;
import transconv.models.FitOption;
import transconv.models.Sequential;
import transconv.training.History;

/** An experiment with real training, whose process dies in the middle of a run. */
class KilledExperimentTest {

    private static final Grid GRID =
            Grid.of().vary("kernel", 2, 3).vary("strides", 1, 2).vary("seed", 1, 2);

    private static Measures train(Setting setting) {
        Sequential model = new Sequential(
                Layers.input(5, 4, 1),
                Layers.conv2DTranspose(2, setting.integer("kernel")).strides(setting.integer("strides")),
                Layers.dropout(0.3),
                Layers.globalAveragePooling2D());
        model.compile(CompileOption.optimizer("adam"), CompileOption.loss("mse"));
        INDArray x = Nd4j.linspace(-1, 1, 160).reshape(8, 5, 4, 1).castTo(DataType.FLOAT);
        INDArray y = x.sum(1, 2).broadcast(8, 2).dup();
        History history = model.fit(x, y, FitOption.epochs(2), FitOption.batchSize(4), FitOption.verbose(0));
        return Measures.of("loss", history.last("loss"));
    }

    private static Experiment experiment(Path folder, Experiment.Work work) {
        return Experiment.of("killed", work).grid(GRID).folder(folder).listener(ExperimentListener.SILENT);
    }

    /** In a process of its own: dies in the fourth run. */
    public static void main(String[] args) {
        int[] count = {0};
        experiment(Path.of(args[0]), setting -> {
                    Measures measures = train(setting);
                    if (++count[0] == 4) {
                        Runtime.getRuntime().halt(9);
                    }
                    return measures;
                })
                .run();
    }

    @Test
    void goesOnWithTheSameNumbers(@TempDir Path killed, @TempDir Path whole) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledExperimentTest.class.getName(),
                        killed.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(9, process.waitFor(), output);
        Map<String, String> left = ExperimentTest.files(killed);
        assertEquals(
                List.of(
                        "experiment.json",
                        Path.of("runs", "0001.json").toString(),
                        Path.of("runs", "0002.json").toString(),
                        Path.of("runs", "0003.json").toString()),
                List.copyOf(left.keySet()));

        experiment(killed, KilledExperimentTest::train).parallel(2).run();
        experiment(whole, KilledExperimentTest::train).run();
        Map<String, String> all = ExperimentTest.files(killed);
        assertEquals(ExperimentTest.files(whole), all);
        left.forEach((file, text) -> assertEquals(text, all.get(file), file));
        assertEquals(11, all.size());
    }
}
