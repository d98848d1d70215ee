package transconv.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static transconv.layers.Layers.add;
import static transconv.layers.Layers.batchNormalization;
import static transconv.layers.Layers.conv2D;
import static transconv.layers.Layers.conv2DTranspose;
import static transconv.layers.Layers.dense;
import static transconv.layers.Layers.flatten;
import static transconv.layers.Layers.input;
import static transconv.layers.Layers.maxPooling2D;
import static transconv.layers.Layers.separableConv2D;
import static transconv.layers.Layers.upSampling2D;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.lossWeights;
import static transconv.models.CompileOption.metrics;
import static transconv.models.CompileOption.optimizer;

import java.util.List;
import org.junit.jupiter.api.Test;
import transconv.layers.Conv2D;
import transconv.layers.Initializers;
import transconv.layers.Input;
import transconv.layers.Interpolation;
import transconv.layers.Rule;
import transconv.layers.Tensor;
import transconv.ops.Activation;
import transconv.ops.Ops;
import transconv.shape.Padding;
import transconv.training.ExponentialDecay;
import transconv.training.HuberLoss;
import transconv.training.Loss;
import transconv.training.SGD;

/** The Python programs of models, as text; {@code ./lab test --peers} runs such programs. */
class ModelCodeTest {

    private static Sequential row() {
        return new Sequential(
                input(9, 8, 1),
                conv2D(8, 3, 5).strides(2).padding(Padding.SAME).activation("relu"),
                conv2DTranspose(4, 3).strides(2).padding(Padding.SAME).useBias(false),
                batchNormalization().scale(false),
                flatten(),
                dense(3).kernelRegularizer("l2").name("numbers"));
    }

    private static Model shared() {
        Input a = input(8, 6, 2);
        Input b = input(8, 6, 2);
        Conv2D convolution = conv2D(2, 3).padding(Padding.SAME);
        Sequential encoder = new Sequential(input(8, 6, 2), conv2D(4, 3), maxPooling2D(2)).name("encoder");
        Tensor sum = add().apply(encoder.apply(convolution.apply(a)), encoder.apply(convolution.apply(b)));
        return new Model(List.of(a, b), List.of(sum, upSampling2D(2).apply(b))).name("twins");
    }

    @Test
    void kerasCodeOfARow() {
        Sequential model = row();
        model.compile(optimizer("adam"), loss("mse"), metrics("accuracy"));
        assertEquals(
                """
                import keras
                from keras import layers

                model = keras.Sequential(
                    [
                        keras.Input((9, 8, 1), name="input_layer"),
                        layers.Conv2D(8, (3, 5), strides=2, padding="same", activation="relu", name="conv2d"),
                        layers.Conv2DTranspose(4, 3, strides=2, padding="same", use_bias=False, name="conv2d_transpose"),
                        layers.BatchNormalization(scale=False, name="batch_normalization"),
                        layers.Flatten(name="flatten"),
                        layers.Dense(3, kernel_regularizer=keras.regularizers.L2(), name="numbers"),
                    ],
                    name="sequential",
                )
                model.compile(optimizer="adam", loss="mean_squared_error", metrics=["accuracy"])
                """,
                model.toKerasCode());
    }

    @Test
    void pyTorchCodeOfARow() {
        assertEquals(
                """
                import torch
                from torch import nn
                from torch.nn import functional as F


                class Model(nn.Module):
                    def __init__(self):
                        super().__init__()
                        self.conv2d = nn.Conv2d(1, 8, (3, 5), stride=2)
                        self.conv2d_transpose = nn.ConvTranspose2d(8, 4, 3, stride=2, bias=False)
                        self.batch_normalization = nn.BatchNorm2d(4, eps=0.001, momentum=0.01)
                        self.batch_normalization.weight.requires_grad_(False)
                        self.numbers = nn.Linear(320, 3)

                    def forward(self, input_layer):
                        conv2d = self.conv2d(F.pad(input_layer.movedim(-1, 1), (1, 2, 1, 1)))
                        conv2d = F.relu(conv2d)
                        conv2d_transpose = F.pad(self.conv2d_transpose(conv2d), (0, -1, 0, -1))
                        batch_normalization = self.batch_normalization(conv2d_transpose)
                        flatten = batch_normalization.movedim(1, -1).flatten(1)
                        numbers = self.numbers(flatten)
                        return numbers


                model = Model()
                """,
                row().toPyTorchCode());
    }

    @Test
    void kerasCodeOfSharedAndNestedLayers() {
        assertEquals(
                """
                import keras
                from keras import layers

                conv2d = layers.Conv2D(2, 3, padding="same", name="conv2d")
                encoder = keras.Sequential(
                    [
                        keras.Input((8, 6, 2), name="input_layer"),
                        layers.Conv2D(4, 3, name="conv2d"),
                        layers.MaxPooling2D(2, name="max_pooling2d"),
                    ],
                    name="encoder",
                )
                input_layer = keras.Input((8, 6, 2), name="input_layer")
                input_layer_1 = keras.Input((8, 6, 2), name="input_layer_1")
                conv2d_output = conv2d(input_layer)
                encoder_output = encoder(conv2d_output)
                conv2d_output_1 = conv2d(input_layer_1)
                encoder_output_1 = encoder(conv2d_output_1)
                add = layers.Add(name="add")([encoder_output, encoder_output_1])
                up_sampling2d = layers.UpSampling2D(2, name="up_sampling2d")(input_layer_1)
                model = keras.Model([input_layer, input_layer_1], [add, up_sampling2d], name="twins")
                """,
                shared().toKerasCode());
    }

    @Test
    void pyTorchCodeOfSharedAndNestedLayers() {
        assertEquals(
                """
                import torch
                from torch import nn
                from torch.nn import functional as F


                class Encoder(nn.Module):
                    def __init__(self):
                        super().__init__()
                        self.conv2d = nn.Conv2d(2, 4, 3)

                    def forward(self, input_layer):
                        conv2d = self.conv2d(input_layer.movedim(-1, 1))
                        max_pooling2d = F.max_pool2d(conv2d, 2, 2)
                        return max_pooling2d.movedim(1, -1)


                class Model(nn.Module):
                    def __init__(self):
                        super().__init__()
                        self.conv2d = nn.Conv2d(2, 2, 3, padding=1)
                        self.encoder = Encoder()

                    def forward(self, input_layer, input_layer_1):
                        conv2d = self.conv2d(input_layer.movedim(-1, 1))
                        encoder = self.encoder(conv2d.movedim(1, -1))
                        conv2d_1 = self.conv2d(input_layer_1.movedim(-1, 1))
                        encoder_1 = self.encoder(conv2d_1.movedim(1, -1))
                        add = encoder + encoder_1
                        up_sampling2d = input_layer_1.movedim(-1, 1).repeat_interleave(2, dim=2).repeat_interleave(2, dim=3)
                        return add, up_sampling2d.movedim(1, -1)


                model = Model()
                """,
                shared().toPyTorchCode());
    }

    @Test
    void aLayerInTwoModelsIsOneModule() {
        Conv2D convolution = conv2D(2, 3).padding(Padding.SAME);
        Sequential inner = new Sequential(input(4, 5, 2), convolution).name("inner");
        Input x = input(4, 5, 2);
        Model model = new Model(x, convolution.apply(inner.apply(x)));
        assertTrue(model.toPyTorchCode().contains("        self.conv2d = self.inner.conv2d\n"), model.toPyTorchCode());
        assertTrue(model.toKerasCode().contains("\n        conv2d,\n"), model.toKerasCode());
    }

    @Test
    void compileLineHasWhatIsNotDefault() {
        Input x = input(2);
        Model model = new Model(
                List.of(x),
                List.of(dense(1).name("a").apply(x), dense(1).name("b").apply(x)));
        model.compile(
                optimizer(new SGD()
                        .learningRate(new ExponentialDecay(0.1, 10).decayRate(0.5))
                        .momentum(0.9)),
                loss(Loss.named("mae"), new HuberLoss(0.5)),
                lossWeights(1, 0.25),
                metrics("mae"));
        assertEquals(
                "model.compile(optimizer=keras.optimizers.SGD(learning_rate=keras.optimizers.schedules.ExponentialDecay(initial_learning_rate=0.1,"
                    + " decay_steps=10, decay_rate=0.5, staircase=False), momentum=0.9),"
                    + " loss=[\"mean_absolute_error\", keras.losses.Huber(delta=0.5)], loss_weights=[1.0, 0.25],"
                    + " metrics=[[\"mae\"], [\"mae\"]])",
                model.toKerasCode().lines().reduce((first, last) -> last).orElseThrow());
    }

    /** A name with quotes, line ends and Python in it stays a name. */
    @Test
    void noNameCanInjectCode() {
        String name = "x\")\nimport os; os.system('touch hacked')\n#\\\u2028é";
        Sequential model = new Sequential(
                        input(3), dense(2).name(name), dense(1).name("class"), dense(1).name("9 lives"))
                .name("self\n");
        String escaped = "x\\\")\\u000aimport os; os.system('touch hacked')\\u000a#\\\\\\u2028\\u00e9";
        assertTrue(model.toKerasCode().contains("layers.Dense(2, name=\"" + escaped + "\"),\n"), model.toKerasCode());
        assertTrue(model.toKerasCode().contains("    name=\"self\\u000a\",\n"), model.toKerasCode());
        List<String> modules = model.toPyTorchCode()
                .lines()
                .filter(line -> line.startsWith("        self."))
                .toList();
        assertEquals(
                List.of(
                        "        self.x___import_os__os_system__touch_hacked_______ = nn.Linear(3, 2)",
                        "        self.class_1 = nn.Linear(2, 1)",
                        "        self.layer_9_lives = nn.Linear(1, 1)"),
                modules);
    }

    @Test
    void moduleNamesLeaveThoseOfPyTorchAlone() {
        Sequential model = new Sequential(input(3), dense(2).name("train"), dense(1).name("forward"));
        assertTrue(model.toPyTorchCode().contains("self.train_1 = nn.Linear(3, 2)"), model.toPyTorchCode());
        assertTrue(model.toPyTorchCode().contains("self.forward_1 = nn.Linear(2, 1)"), model.toPyTorchCode());
    }

    @Test
    void separableConvolutionIsTwoModules() {
        Sequential model = new Sequential(input(5, 6, 2), separableConv2D(3, 3).depthMultiplier(2));
        assertTrue(
                model.toPyTorchCode()
                        .contains("self.separable_conv2d = nn.Sequential(OrderedDict(depthwise=nn.Conv2d(2, 4, 3,"
                                + " groups=2, bias=False), pointwise=nn.Conv2d(4, 3, 1)))"),
                model.toPyTorchCode());
    }

    /** The weights come from a file: what they were at first is no matter. */
    @Test
    void initializersThatKerasHasNotAreZeros() {
        Sequential model = new Sequential(
                input(4, 4, 1),
                conv2DTranspose(1, 4)
                        .strides(2)
                        .kernelInitializer(Initializers.icnrTransposed(Initializers.heNormal(), 2)));
        assertTrue(model.toKerasCode().contains("kernel_initializer=\"zeros\""), model.toKerasCode());
    }

    @Test
    void whatKerasHasNotIsRefusedByName() {
        refusesKeras(
                "layer 'up' (Conv2DTranspose): groups=2: Keras has no groups in transposed convolutions; use groups(1)",
                new Sequential(input(4, 4, 2), conv2DTranspose(2, 3).groups(2).name("up")));
        refusesKeras(
                "layer 'conv2d' (Conv2D): padding_begin=[1, 1]: Keras has the padding modes valid and same alone; use"
                        + " zeroPadding or cropping layers",
                new Sequential(input(4, 4, 2), conv2D(2, 3).padding(1, 0)));
        refusesKeras(
                "layer 'conv2d' (Conv2D): rule=onnx: Keras has only its own rule; use rule(Rule.KERAS)",
                new Sequential(input(4, 4, 2), conv2D(2, 3).rule(Rule.ONNX)));
        Sequential own = new Sequential(input(2), dense(1));
        own.compile(optimizer("sgd"), loss(Loss.of("mine", (p, t) -> Ops.subtract(p, t))));
        refusesKeras(
                "compile: loss 'mine' is code of your own, which Keras has not; compile with one of Keras' to write the"
                        + " code",
                own);
    }

    private static void refusesKeras(String message, Model model) {
        assertEquals(
                message,
                assertThrows(UnsupportedOperationException.class, model::toKerasCode)
                        .getMessage());
    }

    @Test
    void whatPyTorchHasNotIsRefusedByName() {
        refusesPyTorch(
                "layer 'conv2d' (Conv2D): activation=sparsemax: PyTorch has no such function; take another",
                new Sequential(input(4, 4, 2), conv2D(2, 3).activation(Activation.SPARSEMAX)));
        refusesPyTorch(
                "layer 'up_sampling2d' (UpSampling2D): interpolation=lanczos3 with"
                        + " coordinate_transformation=half_pixel: PyTorch's interpolate has none such; use bilinear or"
                        + " bicubic with HALF_PIXEL or ALIGN_CORNERS",
                new Sequential(input(4, 4, 2), upSampling2D(2).interpolation(Interpolation.LANCZOS3)));
    }

    private static void refusesPyTorch(String message, Model model) {
        assertEquals(
                message,
                assertThrows(UnsupportedOperationException.class, model::toPyTorchCode)
                        .getMessage());
    }
}
