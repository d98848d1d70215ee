import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.datasets.DigitScenes;
import transconv.datasets.Mnist;
import transconv.datasets.SoundSignals;
import transconv.datasets.VoxelDigits;
import transconv.interop.numpy.NumpyFile;

/**
 * Writes the data that notebooks 12 and 13 generate for NumPy, so that Keras trains on the same: {@code java -cp
 * "target/transconv.jar:target/lib/*" src/bench/java/GeneratedData.java scenes FILE.npz}, or {@code sounds}, {@code
 * voxels}. The scripts in src/bench/python/applications call it.
 */
public final class GeneratedData {

    private GeneratedData() {}

    public static void main(String[] arguments) {
        Map<String, INDArray> arrays =
                switch (arguments[0]) {
                    case "scenes" -> scenes(Mnist.load());
                    case "sounds" -> sounds();
                    case "voxels" -> voxels(Mnist.load());
                    default -> throw new IllegalArgumentException(
                            "GeneratedData: '%s' must be scenes, sounds or voxels".formatted(arguments[0]));
                };
        NumpyFile.write(arrays, Path.of(arguments[1]));
    }

    private static Map<String, INDArray> scenes(Mnist mnist) {
        DigitScenes.Scenes train = new DigitScenes(1, mnist.trainImages(), mnist.trainLabels())
                .size(32, 32)
                .counts(1, 4)
                .scales(0.6, 0.8)
                .generate(0, 4000);
        DigitScenes.Scenes test = new DigitScenes(2, mnist.testImages(), mnist.testLabels())
                .size(32, 32)
                .counts(1, 4)
                .scales(0.6, 0.8)
                .generate(0, 1000);
        return arrays(
                "train_x", train.images(), "train_y", train.labels(), "test_x", test.images(), "test_y", test.labels());
    }

    private static Map<String, INDArray> sounds() {
        SoundSignals.Pairs train = new SoundSignals(1).pairs(0, 1000, 4);
        SoundSignals.Pairs test = new SoundSignals(2).pairs(0, 300, 4);
        return arrays("train_x", train.low(), "train_y", train.high(), "test_x", test.low(), "test_y", test.high());
    }

    private static Map<String, INDArray> voxels(Mnist mnist) {
        INDArray train = new VoxelDigits(1, mnist.trainImages(), mnist.trainLabels())
                .generate(0, 1500)
                .volumes();
        INDArray test = new VoxelDigits(2, mnist.testImages(), mnist.testLabels())
                .generate(0, 300)
                .volumes();
        return arrays("train", train, "test", test);
    }

    private static Map<String, INDArray> arrays(Object... namesAndArrays) {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        for (int i = 0; i < namesAndArrays.length; i += 2) {
            arrays.put((String) namesAndArrays[i], (INDArray) namesAndArrays[i + 1]);
        }
        return arrays;
    }
}
