package transconv.interop.tribuo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.evaluation.LabelEvaluation;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.datasource.IDXDataSource;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import transconv.datasets.GeneratedDigits;
import transconv.datasets.IdxFile;
import transconv.layers.Layers;
import transconv.layers.RandomSeed;
import transconv.models.Model;
import transconv.models.Sequential;

class TribuoDatasetsTest {

    private static final INDArray FEATURES = Nd4j.createFromArray(new float[][] {{0, 1.5f, 0}, {0, 0, 0}, {2, 0, -3}});
    private static final INDArray LABELS = Nd4j.createFromArray(2, 0, 2);

    @TempDir
    Path folder;

    private Path idx(String name, byte[] values, int... shape) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {0, 0, 8, (byte) shape.length});
        for (int size : shape) {
            out.write(ByteBuffer.allocate(4).putInt(size).array());
        }
        out.write(values);
        return Files.write(folder.resolve(name), out.toByteArray());
    }

    @ParameterizedTest
    @CsvSource({"5, 4", "10, 10", "3, 3", "25, 40"})
    void idxFilesAreReadAsTribuoReadsThem(int height, int width) throws IOException {
        byte[] pixels = new byte[20 * height * width];
        new Random(3).nextBytes(pixels);
        for (int i = 0; i < pixels.length; i += 3) {
            pixels[i] = 0;
        }
        byte[] digits = new byte[20];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (byte) (i * 7 % 10);
        }
        Path images = idx("images", pixels, 20, height, width);
        Path labels = idx("labels", digits, 20);
        MutableDataset<Label> theirs = new MutableDataset<>(new IDXDataSource<>(images, labels, new LabelFactory()));
        INDArray ourImages = IdxFile.open(images).read(DataType.FLOAT);
        INDArray ourLabels = IdxFile.open(labels).read(DataType.INT);
        MutableDataset<Label> ours = TribuoDatasets.labelled(ourImages, ourLabels, "images");
        assertEquals(20, theirs.size());
        assertEquals(theirs.getData(), ours.getData());
        assertEquals(ourImages, TribuoDatasets.features(theirs, height, width));
        assertEquals(ourLabels, TribuoDatasets.labels(theirs));
        assertArrayEquals(
                new long[] {20, height, width, 1},
                TribuoDatasets.features(theirs, height, width, 1).shape());
    }

    @Test
    void zerosAreLeftOutAndComeBack() {
        MutableDataset<Label> dataset = TribuoDatasets.labelled(FEATURES, LABELS, "three samples");
        assertEquals(1, dataset.getExample(0).size());
        assertEquals(1.5, dataset.getExample(0).lookup("1").getValue());
        assertEquals(1, dataset.getExample(1).size(), "an example cannot be empty");
        assertEquals("2", dataset.getExample(2).getOutput().getLabel());
        assertEquals(FEATURES, TribuoDatasets.features(dataset, 3));
        assertEquals(FEATURES, TribuoDatasets.featuresByName(dataset));
        assertEquals(List.of("0", "1", "2"), TribuoDatasets.featureNames(dataset));
        assertEquals(LABELS, TribuoDatasets.labels(dataset));
    }

    @Test
    void theProvenanceSaysWhereTheSamplesComeFrom() {
        MutableDataset<Label> dataset = TribuoDatasets.labelled(FEATURES, LABELS, "three samples");
        String provenance = dataset.getProvenance().getSourceProvenance().toString();
        assertTrue(provenance.contains("three samples, features of shape [3, 3]"), provenance);
    }

    @Test
    void classesHaveTheNamesThatAreGiven() {
        List<String> names = List.of("zero", "one", "two");
        MutableDataset<Label> dataset = TribuoDatasets.labelled(FEATURES, LABELS, names, "three samples");
        assertEquals("zero", dataset.getExample(1).getOutput().getLabel());
        assertEquals(LABELS, TribuoDatasets.labels(dataset, names));
        assertEquals(
                "label 'two' is no whole number; give the names of the classes in order",
                assertThrows(IllegalArgumentException.class, () -> TribuoDatasets.labels(dataset))
                        .getMessage());
        assertEquals(
                "label 'two' is not among the class names [zero]",
                assertThrows(IllegalArgumentException.class, () -> TribuoDatasets.labels(dataset, List.of("zero")))
                        .getMessage());
        assertEquals(
                "label 2 has no name; there are 2, for 0 to 1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> TribuoDatasets.labelled(FEATURES, LABELS, names.subList(0, 2), "x"))
                        .getMessage());
    }

    @Test
    void otherDatasetsComeByTheirNames() {
        MutableDataset<Label> dataset =
                new MutableDataset<>(new SimpleDataSourceProvenance("x", new LabelFactory()), new LabelFactory());
        dataset.add(new ArrayExample<>(new Label("a"), new String[] {"width", "height"}, new double[] {3, 2}));
        dataset.add(new ArrayExample<>(new Label("b"), new String[] {"width"}, new double[] {5}));
        assertEquals(List.of("height", "width"), TribuoDatasets.featureNames(dataset));
        assertEquals(Nd4j.createFromArray(new float[][] {{2, 3}, {0, 5}}), TribuoDatasets.featuresByName(dataset));
        String message = assertThrows(IllegalArgumentException.class, () -> TribuoDatasets.features(dataset, 2))
                .getMessage();
        assertTrue(message.contains("is no position in the shape [2], 0 to 1; take featuresByName"), message);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        for (INDArray labels : List.of(Nd4j.createFromArray(1, 2), Nd4j.createFromArray(1, 2, 3, 4))) {
            String message = assertThrows(
                            IllegalArgumentException.class, () -> TribuoDatasets.labelled(FEATURES, labels, "x"))
                    .getMessage();
            assertTrue(message.contains("features [3, 3], labels [" + labels.length() + "]"), message);
        }
        assertEquals(
                "label 0.5 must be a whole number",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> TribuoDatasets.labelled(FEATURES, Nd4j.createFromArray(0f, 0.5f, 1f), "x"))
                        .getMessage());
    }

    @Test
    void anEncodersFeaturesTrainATribuoClassifier() {
        RandomSeed.set(1);
        Model encoder = new Sequential(
                Layers.input(28, 28, 1),
                Layers.conv2D(8, 3).strides(2).activation("relu"),
                Layers.conv2D(8, 3).strides(2).activation("relu"),
                Layers.flatten());
        MutableDataset<Label> known = digits(encoder, 0, 400);
        MutableDataset<Label> unknown = digits(encoder, 400, 200);
        LabelEvaluation judged = new LabelEvaluator().evaluate(new LogisticRegressionTrainer().train(known), unknown);
        System.out.printf("logistic regression on an encoder's features: accuracy %.3f%n", judged.accuracy());
        assertTrue(judged.accuracy() > 0.6, judged.toString());
    }

    private static MutableDataset<Label> digits(Model encoder, int first, int count) {
        GeneratedDigits digits = new GeneratedDigits(5);
        INDArray images = Nd4j.create(DataType.FLOAT, count, 28, 28, 1);
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            byte[] pixels = digits.image(first + i);
            for (int pixel = 0; pixel < pixels.length; pixel++) {
                images.putScalar((long) i * pixels.length + pixel, (pixels[pixel] & 0xFF) / 255f);
            }
            labels[i] = digits.label(first + i);
        }
        return TribuoDatasets.labelled(encoder.predict(images), Nd4j.createFromArray(labels), "generated digits");
    }
}
