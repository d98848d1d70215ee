package transconv.interop.tribuo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.MutableDataset;
import org.tribuo.VariableInfo;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Images, features and labels as Tribuo's datasets, and back: what an encoder puts out can be classified by Tribuo's
 * trainers and judged by its evaluators.
 *
 * <p>As Tribuo's own IDX reader does it, a feature's name is its position in the sample, in C order and with leading
 * zeros ({@code 007} of 784), and features of value 0 are left out (of a sample of zeros alone the first stays). The
 * dataset's provenance has the description, the shape and the time.
 *
 * <pre>{@code
 * INDArray latent = Nd4j.createFromArray(new float[][] {{0, 1}, {1, 0}, {0, 2}, {3, 0}}); // encoder.predict(images)
 * var data = TribuoDatasets.labelled(latent, Nd4j.createFromArray(7, 3, 7, 3), "latent features");
 * var classifier = new org.tribuo.classification.sgd.linear.LogisticRegressionTrainer().train(data);
 * var judged = new org.tribuo.classification.evaluation.LabelEvaluator().evaluate(classifier, data);
 * System.out.println(judged.accuracy()); // 1.0
 * }</pre>
 *
 * <p>Source: Tribuo 4.3, {@code org.tribuo.MutableDataset}, {@code org.tribuo.datasource.IDXDataSource}.
 */
public final class TribuoDatasets {

    private static final LabelFactory LABELS = new LabelFactory();

    private TribuoDatasets() {}

    /**
     * Samples with numbers as labels, which are called by these numbers: {@code "7"}.
     *
     * @param features    (samples, axes...)
     * @param labels      (samples) whole numbers
     * @param description for the provenance: where they come from
     * @throws IllegalArgumentException if there are no samples, not as many labels, or a label is no whole number
     */
    public static MutableDataset<Label> labelled(INDArray features, INDArray labels, String description) {
        return dataset(
                features, numbers(features, labels).mapToObj(Integer::toString).toList(), description);
    }

    /**
     * The same, with names for the labels.
     *
     * @param classNames of the labels 0, 1, ...
     * @throws IllegalArgumentException if there is also a label without a name
     */
    public static MutableDataset<Label> labelled(
            INDArray features, INDArray labels, List<String> classNames, String description) {
        List<String> names = numbers(features, labels)
                .mapToObj(label -> {
                    if (label < 0 || label >= classNames.size()) {
                        throw new IllegalArgumentException("label %d has no name; there are %d, for 0 to %d"
                                .formatted(label, classNames.size(), classNames.size() - 1));
                    }
                    return classNames.get(label);
                })
                .toList();
        return dataset(features, names, description);
    }

    private static IntStream numbers(INDArray features, INDArray labels) {
        if (features.rank() < 2 || features.isEmpty() || labels.isEmpty() || labels.length() != features.size(0)) {
            throw new IllegalArgumentException(
                    "features %s, labels %s; they must be (samples, axes...) and (samples), one at least"
                            .formatted(Arrays.toString(features.shape()), Arrays.toString(labels.shape())));
        }
        double[] values = labels.castTo(DataType.DOUBLE).dup('c').data().asDouble();
        for (double value : values) {
            if (value != (int) value) {
                throw new IllegalArgumentException("label %s must be a whole number".formatted(value));
            }
        }
        return Arrays.stream(values).mapToInt(value -> (int) value);
    }

    private static MutableDataset<Label> dataset(INDArray features, List<String> labels, String description) {
        SimpleDataSourceProvenance provenance = new SimpleDataSourceProvenance(
                "%s, features of shape %s".formatted(description, Arrays.toString(features.shape())), LABELS);
        MutableDataset<Label> dataset = new MutableDataset<>(provenance, LABELS);
        int samples = labels.size();
        int count = Math.toIntExact(features.length() / samples);
        String[] names = names(count);
        INDArray rows = features.dup('c').reshape(samples, count);
        for (int sample = 0; sample < samples; sample++) {
            double[] values = rows.getRow(sample).toDoubleVector();
            dataset.add(example(new Label(labels.get(sample)), names, values));
        }
        return dataset;
    }

    private static String[] names(int count) {
        int width = Integer.toString(count).length();
        String format = "%0" + width + "d";
        return IntStream.range(0, count).mapToObj(format::formatted).toArray(String[]::new);
    }

    private static Example<Label> example(Label label, String[] names, double[] values) {
        int[] kept = IntStream.range(0, values.length)
                .filter(place -> values[place] != 0)
                .toArray();
        int[] places = kept.length == 0 ? new int[] {0} : kept;
        return new ArrayExample<>(
                label,
                Arrays.stream(places).mapToObj(place -> names[place]).toArray(String[]::new),
                Arrays.stream(places).mapToDouble(place -> values[place]).toArray());
    }

    /**
     * The features by their positions, of a dataset made here or read by Tribuo's IDX reader.
     *
     * @param shape of a sample: 28, 28, 1
     * @return (samples, shape...) of type FLOAT
     * @throws IllegalArgumentException if a feature's name is no position in that shape
     */
    public static INDArray features(Dataset<?> dataset, int... shape) {
        int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        Map<String, Integer> places = new HashMap<>();
        for (VariableInfo feature : dataset.getFeatureMap()) {
            places.put(feature.getName(), place(feature.getName(), count, shape));
        }
        return values(dataset, places, shape);
    }

    private static int place(String name, int count, int[] shape) {
        // longer numbers are beyond every shape
        int place = name.matches("\\d{1,9}") ? Integer.parseInt(name) : -1;
        if (place < 0 || place >= count) {
            throw new IllegalArgumentException(
                    "feature '%s' is no position in the shape %s, 0 to %d; take featuresByName for other names"
                            .formatted(name, Arrays.toString(shape), count - 1));
        }
        return place;
    }

    /**
     * The features of any dataset.
     *
     * @return (samples, features) of type FLOAT, the features in the order of {@link #featureNames}; 0 where a sample
     *     lacks one
     */
    public static INDArray featuresByName(Dataset<?> dataset) {
        List<String> names = featureNames(dataset);
        Map<String, Integer> places = new HashMap<>();
        names.forEach(name -> places.put(name, places.size()));
        return values(dataset, places, names.size());
    }

    /** The names of a dataset's features, in alphabetical order. */
    public static List<String> featureNames(Dataset<?> dataset) {
        List<String> names = new ArrayList<>();
        dataset.getFeatureMap().forEach(feature -> names.add(feature.getName()));
        names.sort(null);
        return names;
    }

    private static INDArray values(Dataset<?> dataset, Map<String, Integer> places, int... shape) {
        int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        float[] values = new float[Math.multiplyExact(dataset.size(), count)];
        int begin = 0;
        for (Example<?> example : dataset) {
            for (Feature feature : example) {
                values[begin + places.get(feature.getName())] = (float) feature.getValue();
            }
            begin += count;
        }
        long[] sizes = IntStream.concat(IntStream.of(dataset.size()), IntStream.of(shape))
                .asLongStream()
                .toArray();
        return Nd4j.create(values, sizes, 'c');
    }

    /**
     * The labels of a dataset whose labels are called by numbers.
     *
     * @return (samples) of type INT
     * @throws IllegalArgumentException if a label's name is no number
     */
    public static INDArray labels(Dataset<Label> dataset) {
        return Nd4j.createFromArray(dataset.getData().stream()
                .mapToInt(example -> {
                    String name = example.getOutput().getLabel();
                    if (!name.matches("-?\\d{1,9}")) {
                        throw new IllegalArgumentException(
                                "label '%s' is no whole number; give the names of the classes in order"
                                        .formatted(name));
                    }
                    return Integer.parseInt(name);
                })
                .toArray());
    }

    /**
     * The labels of a dataset as places among names.
     *
     * @param classNames of the labels 0, 1, ...
     * @return (samples) of type INT
     * @throws IllegalArgumentException if a label is not among the names
     */
    public static INDArray labels(Dataset<Label> dataset, List<String> classNames) {
        return Nd4j.createFromArray(dataset.getData().stream()
                .mapToInt(example -> {
                    int place = classNames.indexOf(example.getOutput().getLabel());
                    if (place < 0) {
                        throw new IllegalArgumentException("label '%s' is not among the class names %s"
                                .formatted(example.getOutput().getLabel(), classNames));
                    }
                    return place;
                })
                .toArray());
    }
}
