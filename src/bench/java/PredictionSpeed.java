import static transconv.layers.Layers.conv2D;
import static transconv.layers.Layers.conv2DTranspose;
import static transconv.layers.Layers.input;
import static transconv.ops.Activation.RELU;
import static transconv.ops.Activation.SIGMOID;
import static transconv.shape.Padding.SAME;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.engines.Engines;
import transconv.models.Sequential;

/**
 * Milliseconds in which the autoencoder of notebook 01 predicts BATCHxSIZE images, the median of many calls: {@code
 * java --add-modules jdk.incubator.vector -cp "target/transconv.jar:target/lib/*"
 * src/bench/java/PredictionSpeed.java onednn 1x28 100x28 10x56}.
 */
public final class PredictionSpeed {

    private static final long NANOSECONDS = 1_000_000_000;

    private PredictionSpeed() {}

    public static void main(String[] arguments) {
        Engines.use(Engines.named(arguments[0]));
        for (String images : List.of(arguments).subList(1, arguments.length)) {
            String[] sizes = images.split("x");
            int size = Integer.parseInt(sizes[1]);
            Sequential model = new Sequential(
                    input(size, size, 1),
                    conv2D(32, 3).activation(RELU),
                    conv2D(16, 3).activation(RELU),
                    conv2D(8, 3).activation(RELU),
                    conv2DTranspose(8, 3).activation(RELU),
                    conv2DTranspose(16, 3).activation(RELU),
                    conv2DTranspose(32, 3).activation(RELU),
                    conv2D(1, 3).activation(SIGMOID).padding(SAME));
            INDArray x = Nd4j.rand(Integer.parseInt(sizes[0]), size, size, 1);
            System.out.printf("{\"images\": \"%s\", \"milliseconds\": %.4f}%n", images, median(model, x));
        }
    }

    private static double median(Sequential model, INDArray x) {
        List<Double> taken = new ArrayList<>();
        long end = System.nanoTime() + NANOSECONDS;
        while (taken.size() < 5 || System.nanoTime() < end) {
            long start = System.nanoTime();
            model.predict(x);
            taken.add((System.nanoTime() - start) / 1e6);
        }
        List<Double> warm = taken.subList(taken.size() / 2, taken.size()).stream().sorted().toList();
        return warm.get(warm.size() / 2);
    }
}
