package transconv.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.layers.Layers;
import transconv.layers.RandomSeed;
import transconv.ops.Activation;
import transconv.shape.Padding;
import transconv.training.Adam;
import transconv.training.Callback;
import transconv.training.CosineDecay;
import transconv.training.EarlyStopping;
import transconv.training.History;
import transconv.training.ModelCheckpoint;
import transconv.training.Optimizer;
import transconv.training.ReduceLROnPlateau;
import transconv.training.SGD;

/** Training with all that remembers something; as a process of its own it waits for its death in an epoch's midst. */
public final class BackedUpRun {

    static final int EPOCHS = 7;

    private BackedUpRun() {}

    /** @param args the folder, plateau, schedule or steps, and the epoch, from 0, in which it dies */
    public static void main(String[] args) {
        int last = Integer.parseInt(args[2]);
        Callback death = Callback.onTrainBatchEnd(progress -> {
            if (progress.epoch() == last && progress.step() == 3) {
                System.out.println("waiting");
                LockSupport.parkNanos(TimeUnit.MINUTES.toNanos(2));
            }
        });
        System.out.println(bits(args[1], Path.of(args[0]), backup(args[1], args[0] + "/backup"), death));
    }

    /** Within epochs there are no metrics to be kept. */
    static BackupAndRestore backup(String kind, String folder) {
        BackupAndRestore backup = new BackupAndRestore(folder);
        return kind.equals("steps") ? backup.saveFreq(2) : backup;
    }

    static Model model(String kind) {
        RandomSeed.set(11);
        Model model = new Sequential(
                Layers.input(8, 6, 1),
                Layers.gaussianNoise(0.1),
                Layers.conv2D(4, 3).strides(2).padding(Padding.SAME).useBias(false),
                Layers.batchNormalization(),
                Layers.activation(Activation.RELU),
                Layers.dropout(0.25),
                Layers.conv2DTranspose(1, 3).strides(2).padding(Padding.SAME).activation(Activation.SIGMOID));
        model.compile(
                CompileOption.optimizer(optimizer(kind)),
                CompileOption.loss("binary_crossentropy"),
                CompileOption.metrics(kind.equals("steps") ? new String[0] : new String[] {"mse", "AUC"}));
        return model;
    }

    static INDArray data() {
        float[] values = new float[47 * 8 * 6];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 31 % 97 / 96f;
        }
        return Nd4j.create(values, new long[] {47, 8, 6, 1}, 'c');
    }

    static Optimizer optimizer(String kind) {
        return !kind.equals("schedule")
                ? new SGD().learningRate(0.5).momentum(0.9)
                : new Adam().learningRate(new CosineDecay(0.02, 40));
    }

    /** What remembers something: with a plateau the rate falls, with a schedule the training stops early. */
    static List<Callback> callbacks(String kind, Path folder) {
        Callback checkpoint = new ModelCheckpoint(folder + "/best-{epoch}.tcm").saveBestOnly(true);
        return !kind.equals("schedule")
                ? List.of(new ReduceLROnPlateau().factor(0.5).patience(2).minDelta(0.5), checkpoint)
                : List.of(
                        new EarlyStopping()
                                .patience(3)
                                .minDelta(0.5)
                                .restoreBestWeights(true)
                                .startFromEpoch(1),
                        checkpoint);
    }

    /** The bits of the whole History, of all weights, and of the seeds drawn afterwards. */
    static List<String> bits(String kind, Path folder, Callback... more) {
        return bits(model(kind), kind, folder, more);
    }

    static List<String> bits(Model model, String kind, Path folder, Callback... more) {
        // before the callbacks that remember: it comes last all the same
        Callback[] callbacks =
                Stream.concat(Stream.of(more), callbacks(kind, folder).stream()).toArray(Callback[]::new);
        History history = model.fit(
                data(),
                data(),
                FitOption.batchSize(8),
                FitOption.epochs(EPOCHS),
                FitOption.validationSplit(0.2),
                FitOption.verbose(0),
                FitOption.callbacks(callbacks));
        List<String> bits = new ArrayList<>();
        history.names()
                .forEach(name -> bits.add(name
                        + history.get(name).stream()
                                .map(value -> Long.toHexString(Double.doubleToRawLongBits(value)))
                                .toList()));
        for (INDArray weight : model.getWeights()) {
            StringBuilder text = new StringBuilder();
            for (float value : weight.dup('c').data().asFloat()) {
                text.append(Integer.toHexString(Float.floatToRawIntBits(value))).append(' ');
            }
            bits.add(text.toString());
        }
        bits.add(Long.toHexString(RandomSeed.next()));
        return bits;
    }
}
