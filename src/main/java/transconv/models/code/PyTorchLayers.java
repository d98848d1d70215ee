package transconv.models.code;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import transconv.config.Config;
import transconv.shape.Shape;

/** How each layer is written in PyTorch, by Keras' class name. */
final class PyTorchLayers {

    private static final Map<String, Consumer<PyTorchStep>> WRITERS = new HashMap<>();

    static {
        for (int axes = 1; axes <= 3; axes++) {
            String ending = axes + "D";
            WRITERS.put("Conv" + ending, PyTorchConvolutions::convolution);
            WRITERS.put("Conv" + ending + "Transpose", PyTorchConvolutions::transposed);
            WRITERS.put("UpSampling" + ending, PyTorchSampling::upSampling);
            WRITERS.put("ZeroPadding" + ending, PyTorchSampling::margins);
            WRITERS.put("Cropping" + ending, PyTorchSampling::margins);
            WRITERS.put("MaxPooling" + ending, PyTorchSampling::pooling);
            WRITERS.put("AveragePooling" + ending, PyTorchSampling::pooling);
            WRITERS.put("GlobalMaxPooling" + ending, PyTorchSampling::globalPooling);
            WRITERS.put("GlobalAveragePooling" + ending, PyTorchSampling::globalPooling);
            String spatial = "F.dropout%dd(%%s, %%s, self.training)".formatted(axes);
            WRITERS.put("SpatialDropout" + ending, step -> noise(step, step.channelsFirst(), "rate", spatial));
        }
        WRITERS.put("DepthwiseConv2D", PyTorchConvolutions::convolution);
        WRITERS.put("SeparableConv2D", PyTorchConvolutions::separable);
        WRITERS.put("PixelShuffle", PyTorchSampling::pixels);
        WRITERS.put("PixelUnshuffle", PyTorchSampling::pixels);
        WRITERS.put("Reshape", PyTorchSampling::reshape);
        WRITERS.put("Flatten", PyTorchSampling::flatten);
        WRITERS.put("Permute", PyTorchSampling::permute);
        WRITERS.put("RepeatVector", PyTorchSampling::repeatVector);
        WRITERS.put("BatchNormalization", PyTorchNormalizations::batch);
        WRITERS.put("GroupNormalization", PyTorchNormalizations::group);
        WRITERS.put("LayerNormalization", PyTorchNormalizations::layer);
        WRITERS.put("RMSNormalization", PyTorchNormalizations::rms);
        WRITERS.put("UnitNormalization", PyTorchNormalizations::unit);
        WRITERS.put("Dense", PyTorchLayers::dense);
        WRITERS.put("Embedding", PyTorchLayers::embedding);
        putMerges();
        putActivations();
        putNoise();
    }

    private PyTorchLayers() {}

    /** @throws UnsupportedOperationException if PyTorch has no equal */
    static void write(PyTorchStep step) {
        Consumer<PyTorchStep> writer = WRITERS.get(step.layer().type());
        if (writer == null) {
            throw step.refusal("PyTorch has no equal that is known here; write it there by hand");
        }
        writer.accept(step);
    }

    private static void dense(PyTorchStep step) {
        Config config = step.config();
        String x = step.keras(0);
        String module = step.module(
                "nn.Linear(%d, %d%s)",
                step.inputShape(0).last(), config.integer("units"), config.truth("use_bias") ? "" : ", bias=False");
        step.gives("%s(%s)", module, x);
        PyTorchActivations.apply(step);
    }

    private static void embedding(PyTorchStep step) {
        String module = step.module(
                "nn.Embedding(%d, %d)",
                step.config().integer("input_dim"), step.config().integer("output_dim"));
        step.gives("%s(%s.long())", module, step.keras(0));
    }

    private static void putMerges() {
        WRITERS.put("Add", step -> step.gives("%s", merged(step, " + ")));
        WRITERS.put("Subtract", step -> step.gives("%s", merged(step, " - ")));
        WRITERS.put("Multiply", step -> step.gives("%s", merged(step, " * ")));
        WRITERS.put("Average", step -> step.gives("(%s) / %d", merged(step, " + "), step.inputs()));
        WRITERS.put("Maximum", step -> extreme(step, "torch.maximum"));
        WRITERS.put("Minimum", step -> extreme(step, "torch.minimum"));
        WRITERS.put("Concatenate", step -> {
            String all = merged(step, ", ");
            step.gives(
                    "torch.cat([%s], dim=%d)", all, step.dimension(step.config().integer("axis")));
        });
    }

    private static String merged(PyTorchStep step, String between) {
        boolean lastFirst = step.allLastFirst();
        return IntStream.range(0, step.inputs())
                .mapToObj(input -> lastFirst ? step.lastFirst(input) : step.keras(input))
                .collect(Collectors.joining(between));
    }

    private static void extreme(PyTorchStep step, String function) {
        String[] inputs = merged(step, ", ").split(", (?=[A-Za-z])");
        String value = inputs[0];
        for (int input = 1; input < inputs.length; input++) {
            value = "%s(%s, %s)".formatted(function, value, inputs[input]);
        }
        step.gives("%s", value);
    }

    private static void putActivations() {
        WRITERS.put("Activation", step -> {
            step.gives("%s", step.asItLies());
            PyTorchActivations.apply(step);
        });
        WRITERS.put(
                "ELU",
                step -> step.gives(
                        "F.elu(%s, alpha=%s)",
                        step.asItLies(), PyTorchStep.number(step.config().number("alpha"))));
        WRITERS.put(
                "LeakyReLU",
                step -> step.gives(
                        "F.leaky_relu(%s, %s)",
                        step.asItLies(), PyTorchStep.number(step.config().number("negative_slope"))));
        WRITERS.put("ReLU", PyTorchLayers::relu);
        WRITERS.put("PReLU", PyTorchLayers::preLu);
        WRITERS.put("Softmax", PyTorchLayers::softmax);
    }

    private static void relu(PyTorchStep step) {
        Config config = step.config();
        double slope = config.number("negative_slope");
        double threshold = config.number("threshold");
        String x = step.asItLies();
        if (slope == 0 && threshold == 0) {
            step.gives("F.relu(%s)", x);
        } else {
            String t = PyTorchStep.number(threshold);
            step.gives("torch.where(%s >= %s, %s, %s * (%s - %s))", x, t, x, PyTorchStep.number(slope), x, t);
        }
        if (config.has("max_value")) {
            step.gives("%s.clamp(max=%s)", step.result(), PyTorchStep.number(config.number("max_value")));
        }
    }

    private static void preLu(PyTorchStep step) {
        Shape shape = step.inputShape(0);
        int[] sizes = shape.toArray();
        int[] sharedAxes = step.config().has("shared_axes") ? step.config().integers("shared_axes") : new int[0];
        IntStream.of(sharedAxes).forEach(axis -> sizes[axis - 1] = 1);
        boolean perChannel = IntStream.range(0, sizes.length - 1).allMatch(axis -> sizes[axis] == 1)
                && sizes[sizes.length - 1] == shape.last();
        if (perChannel) {
            String x = step.lastFirst(0);
            step.gives("%s(%s)", step.module("nn.PReLU(%d)", shape.last()), x);
            return;
        }
        String x = step.keras(0);
        String module = step.module("nn.ParameterDict(dict(weight=torch.zeros%s))", PyTorchStep.tuple(sizes));
        step.gives("F.relu(%s) - %s[\"weight\"] * F.relu(-%s)", x, module, x);
    }

    private static void softmax(PyTorchStep step) {
        String x = step.asItLies();
        int[] axes = IntStream.of(step.config().integers("axis"))
                .map(step::dimension)
                .sorted()
                .toArray();
        if (axes.length == 1) {
            step.gives("F.softmax(%s, dim=%d)", x, axes[0]);
        } else {
            step.gives("torch.exp(%s - torch.logsumexp(%s, dim=%s, keepdim=True))", x, x, PyTorchStep.tuple(axes));
        }
    }

    private static void putNoise() {
        WRITERS.put("Dropout", step -> noise(step, step.asItLies(), "rate", "F.dropout(%s, %s, self.training)"));
        WRITERS.put(
                "AlphaDropout", step -> noise(step, step.asItLies(), "rate", "F.alpha_dropout(%s, %s, self.training)"));
        String normal = " torch.randn_like(%s) * %s if self.training else %s";
        WRITERS.put("GaussianNoise", step -> {
            String x = step.asItLies();
            step.gives("%s +" + normal, x, x, PyTorchStep.number(step.config().number("stddev")), x);
        });
        WRITERS.put("GaussianDropout", step -> {
            String x = step.asItLies();
            double rate = step.config().number("rate");
            step.gives(
                    "%s * (1 + torch.randn_like(%s) * %s) if self.training else %s",
                    x, x, PyTorchStep.number(Math.sqrt(rate / (1 - rate))), x);
        });
        WRITERS.put("ActivityRegularization", step -> step.gives("%s", step.asItLies()));
    }

    private static void noise(PyTorchStep step, String x, String setting, String formula) {
        if (step.config().has("noise_shape")) {
            throw step.refusal(
                    "noise_shape=%s: PyTorch's dropout draws for each value; leave it out",
                    step.config().values().get("noise_shape"));
        }
        step.gives("%s", formula.formatted(x, PyTorchStep.number(step.config().number(setting))));
    }

    /** The names that are written; for the test that none is left out. */
    static java.util.Set<String> names() {
        return WRITERS.keySet();
    }
}
