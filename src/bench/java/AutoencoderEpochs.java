import static transconv.layers.Layers.conv2D;
import static transconv.layers.Layers.conv2DTranspose;
import static transconv.layers.Layers.input;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.optimizer;
import static transconv.models.CompileOption.precision;
import static transconv.models.FitOption.batchSize;
import static transconv.models.FitOption.epochs;
import static transconv.models.FitOption.validationSplit;
import static transconv.models.FitOption.verbose;
import static transconv.ops.Activation.RELU;
import static transconv.ops.Activation.SIGMOID;
import static transconv.shape.Padding.SAME;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.datasets.Mnist;
import transconv.engines.Engines;
import transconv.engines.Precision;
import transconv.layers.RandomSeed;
import transconv.models.Sequential;

/**
 * Trains the MNIST autoencoder of notebook 01 and prints the seconds of each epoch, 48,000 digits of training and
 * 12,000 of validation: {@code java -Xmx1g -cp "target/transconv.jar:target/lib/*"
 * src/bench/java/AutoencoderEpochs.java 3 onednn BFLOAT16}; engine and precision may be left out. Beside the seconds it prints those that
 * all cores together computed, which other work on the machine disturbs less.
 */
public final class AutoencoderEpochs {

    private AutoencoderEpochs() {}

    public static void main(String[] arguments) {
        if (arguments.length > 1) {
            Engines.use(Engines.named(arguments[1]));
        }
        RandomSeed.set(1);
        INDArray digits = Mnist.load().trainImages();
        Sequential model = new Sequential(
                input(28, 28, 1),
                conv2D(32, 3).activation(RELU).kernelInitializer("he_normal"),
                conv2D(16, 3).activation(RELU).kernelInitializer("he_normal"),
                conv2D(8, 3).activation(RELU).kernelInitializer("he_normal"),
                conv2DTranspose(8, 3).activation(RELU).kernelInitializer("he_normal"),
                conv2DTranspose(16, 3).activation(RELU).kernelInitializer("he_normal"),
                conv2DTranspose(32, 3).activation(RELU).kernelInitializer("he_normal"),
                conv2D(1, 3).activation(SIGMOID).padding(SAME));
        Precision precision = Precision.valueOf(arguments.length > 2 ? arguments[2] : "FLOAT32");
        model.compile(optimizer("adam"), loss("binary_crossentropy"), precision(precision));
        model.fit(
                digits,
                digits,
                batchSize(1000),
                epochs(Integer.parseInt(arguments[0])),
                validationSplit(0.2),
                verbose(2));
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        System.out.printf("%s %s: %.1f s of all cores%n", Engines.current().name(), precision, process.getProcessCpuTime() / 1e9);
    }
}
