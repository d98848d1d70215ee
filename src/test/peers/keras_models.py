"""The models that Keras makes for the round trips: every layer that both have, the five sources' models, and shapes of
models: shared, nested, several inputs and outputs.
"""
import keras
from keras import layers as L

MODELS = {}


class Entry:
    """A model to be made; without an optimizer it is not trained."""

    def __init__(self, make, optimizer, loss):
        self.make, self.optimizer, self.loss = make, optimizer, loss


def sgd():
    return keras.optimizers.SGD(0.005, momentum=0.9)


def drawn(optimizer=sgd, loss="mse"):
    """Registers a function that draws a functional model."""
    def register(make):
        MODELS[make.__name__.replace("_", "-")] = Entry(make, optimizer, loss)
        return make
    return register


def row(name, shape, *makers, optimizer=sgd, loss="mse"):
    """Registers a Sequential of layers, each made by a function, so that every process makes new ones."""
    MODELS[name] = Entry(lambda: keras.Sequential([keras.Input(shape)] + [make() for make in makers]), optimizer, loss)


def noise(name, shape, make):
    row(name, shape, make, optimizer=None)


# Convolutions

row("conv1d", (9, 3), lambda: L.Conv1D(4, 3, strides=2, padding="same", activation="tanh"), lambda: L.Conv1D(2, 2))
row("conv1d-causal", (9, 3), lambda: L.Conv1D(4, 3, dilation_rate=2, padding="causal"))
row("conv2d", (8, 7, 2), lambda: L.Conv2D(4, (3, 2), activation="relu"), lambda: L.Conv2D(3, 3, padding="same"))
row("conv2d-strides", (8, 7, 2), lambda: L.Conv2D(4, 3, strides=(2, 3), padding="same", use_bias=False))
row("conv2d-dilated", (9, 8, 2), lambda: L.Conv2D(3, 3, dilation_rate=(2, 1), activation="gelu"))
row("conv2d-groups", (6, 5, 4), lambda: L.Conv2D(6, 3, groups=2, activation="silu"))
row("conv3d", (5, 6, 4, 2), lambda: L.Conv3D(3, (2, 3, 2), padding="same", strides=(2, 1, 2), activation="elu"))
row("conv1d-transpose", (6, 3), lambda: L.Conv1DTranspose(4, 3, strides=2, padding="same"),
    lambda: L.Conv1DTranspose(2, 4, activation="softplus"))
row("conv2d-transpose", (4, 5, 3), lambda: L.Conv2DTranspose(4, 3, strides=2, activation="relu"),
    lambda: L.Conv2DTranspose(2, (2, 3), padding="same"))
row("conv2d-transpose-same", (4, 5, 3), lambda: L.Conv2DTranspose(4, 3, strides=(2, 3), padding="same"))
row("conv2d-transpose-output-padding", (4, 5, 3),
    lambda: L.Conv2DTranspose(2, 3, strides=2, padding="same", output_padding=(1, 0)),
    lambda: L.Conv2DTranspose(2, 3, strides=3, output_padding=(2, 1)))
row("conv2d-transpose-dilated", (4, 5, 3), lambda: L.Conv2DTranspose(2, 3, dilation_rate=2, padding="same"))
row("conv2d-transpose-small-kernel", (2, 3, 1), lambda: L.Conv2DTranspose(2, 1, strides=2))
row("conv2d-transpose-softmax", (4, 3, 2), lambda: L.Conv2DTranspose(4, 4, strides=2, padding="same", activation="softmax"))
row("conv3d-transpose", (3, 4, 2, 2), lambda: L.Conv3DTranspose(3, (2, 3, 2), strides=(1, 2, 2), padding="same"))
row("depthwise-conv2d", (7, 6, 3), lambda: L.DepthwiseConv2D((3, 2), depth_multiplier=2, padding="same", activation="relu"))
row("depthwise-conv2d-strides", (7, 6, 3), lambda: L.DepthwiseConv2D(3, strides=2, padding="same"))
row("separable-conv2d", (7, 6, 3), lambda: L.SeparableConv2D(4, 3, depth_multiplier=2, padding="same", activation="selu"))

# Other weights

row("dense", (5,), lambda: L.Dense(7, activation="relu"), lambda: L.Dense(3))
row("dense-of-rows", (4, 5), lambda: L.Dense(3, activation="sigmoid", use_bias=False))
row("embedding", (6,), lambda: L.Embedding(11, 4), lambda: L.Flatten(), lambda: L.Dense(2))
row("batch-normalization", (5, 4, 3), lambda: L.Conv2D(4, 2), lambda: L.BatchNormalization(momentum=0.8), lambda: L.ReLU())
row("batch-normalization-bare", (6,), lambda: L.BatchNormalization(scale=False, center=False), lambda: L.Dense(2))
row("batch-normalization-rows", (4, 3), lambda: L.BatchNormalization(axis=1, scale=False))
row("group-normalization", (5, 4, 6), lambda: L.GroupNormalization(3), lambda: L.Conv2D(2, 2))
row("group-normalization-bare", (5, 4, 6), lambda: L.GroupNormalization(-1, center=False), lambda: L.Conv2D(2, 2))
row("layer-normalization", (5, 4, 3), lambda: L.LayerNormalization(), lambda: L.Conv2D(2, 2))
row("layer-normalization-axes", (5, 4, 3), lambda: L.LayerNormalization(axis=(1, 2), center=False))
row("layer-normalization-plain", (7,), lambda: L.LayerNormalization(center=False, scale=False), lambda: L.Dense(2))
row("rms-normalization", (5, 4), lambda: L.RMSNormalization(epsilon=1e-4), lambda: L.Dense(2))
row("unit-normalization", (5, 4, 3), lambda: L.Conv2D(3, 2), lambda: L.UnitNormalization(axis=(1, 3)))
row("p-re-lu", (5, 4, 3), lambda: L.PReLU(alpha_initializer="glorot_uniform"), lambda: L.Conv2D(2, 2))
row("p-re-lu-shared", (5, 4, 3), lambda: L.Conv2D(4, 2), lambda: L.PReLU(shared_axes=[1, 2]), lambda: L.Conv2D(2, 2))

# Shapes, sampling, pooling, activations

row("reshape", (12,), lambda: L.Dense(12), lambda: L.Reshape((2, -1, 3)), lambda: L.Permute((3, 1, 2)), lambda: L.Dense(2))
row("flatten", (3, 4, 2), lambda: L.Conv2D(3, 2), lambda: L.Flatten(), lambda: L.Dense(2))
row("repeat-vector", (5,), lambda: L.Dense(3), lambda: L.RepeatVector(4), lambda: L.Conv1D(2, 2))
row("up-sampling-1d", (5, 2), lambda: L.Conv1D(3, 2), lambda: L.UpSampling1D(3))
row("up-sampling-2d", (3, 4, 2), lambda: L.UpSampling2D((2, 3)), lambda: L.Conv2D(3, 3, padding="same"))
row("up-sampling-2d-bilinear", (3, 4, 2), lambda: L.Conv2D(3, 2), lambda: L.UpSampling2D(3, interpolation="bilinear"))
row("up-sampling-2d-bicubic", (3, 4, 2), lambda: L.Conv2D(3, 2), lambda: L.UpSampling2D(2, interpolation="bicubic"))
row("up-sampling-2d-lanczos", (4, 5, 2), lambda: L.UpSampling2D(2, interpolation="lanczos3"),
    lambda: L.UpSampling2D(2, interpolation="lanczos5"), lambda: L.Conv2D(2, 3, strides=4))
row("up-sampling-3d", (2, 3, 2, 2), lambda: L.UpSampling3D((2, 1, 3)), lambda: L.Conv3D(2, 2))
row("margins-1d", (6, 2), lambda: L.ZeroPadding1D((1, 2)), lambda: L.Conv1D(3, 3), lambda: L.Cropping1D((0, 1)))
row("margins-2d", (6, 5, 2), lambda: L.ZeroPadding2D(((1, 2), (0, 3))), lambda: L.Conv2D(3, 3),
    lambda: L.Cropping2D(((1, 0), (2, 1))))
row("margins-3d", (3, 4, 5, 2), lambda: L.ZeroPadding3D((1, 2, 0)), lambda: L.Conv3D(2, 2), lambda: L.Cropping3D((0, 1, 1)))
row("pooling-1d", (9, 2), lambda: L.Conv1D(4, 2), lambda: L.MaxPooling1D(3, strides=2, padding="same"),
    lambda: L.AveragePooling1D(2))
row("pooling-2d", (9, 8, 2), lambda: L.Conv2D(4, 2), lambda: L.MaxPooling2D((2, 3), padding="same"),
    lambda: L.AveragePooling2D(3, strides=1, padding="same"))
row("pooling-3d", (5, 6, 4, 2), lambda: L.Conv3D(3, 2), lambda: L.MaxPooling3D(2, strides=1),
    lambda: L.AveragePooling3D(2, padding="same"))
row("global-max-pooling-1d", (6, 3), lambda: L.Conv1D(4, 2), lambda: L.GlobalMaxPooling1D(), lambda: L.Dense(2))
row("global-max-pooling-2d", (6, 5, 3), lambda: L.Conv2D(4, 2), lambda: L.GlobalMaxPooling2D(keepdims=True))
row("global-max-pooling-3d", (3, 5, 4, 3), lambda: L.Conv3D(4, 2), lambda: L.GlobalMaxPooling3D())
row("global-average-pooling-1d", (6, 3), lambda: L.Conv1D(4, 2), lambda: L.GlobalAveragePooling1D(keepdims=True))
row("global-average-pooling-2d", (6, 5, 3), lambda: L.Conv2D(4, 2), lambda: L.GlobalAveragePooling2D(), lambda: L.Dense(2))
row("global-average-pooling-3d", (3, 5, 4, 3), lambda: L.Conv3D(4, 2), lambda: L.GlobalAveragePooling3D())
row("activations", (6,), lambda: L.Dense(5), lambda: L.Activation("swish"), lambda: L.Dense(4), lambda: L.ELU(0.7),
    lambda: L.Dense(5), lambda: L.LeakyReLU(0.1), lambda: L.Dense(6), lambda: L.ReLU(4.0, 0.2, 0.1), lambda: L.Dense(4),
    lambda: L.Softmax())
row("softmax-of-axes", (3, 4, 2), lambda: L.Conv2D(3, 2), lambda: L.Softmax(axis=(1, 2)))
for function in ("relu6", "celu", "hard_silu", "hard_sigmoid", "log_sigmoid", "hard_tanh", "tanh_shrink", "softsign",
                 "soft_shrink", "hard_shrink", "squareplus", "sparse_plus", "sparse_sigmoid", "log_softmax",
                 "exponential", "mish"):
    row("activation-" + function.replace("_", "-"), (5,), lambda function=function: L.Dense(4, activation=function))

# Noise is drawn otherwise on each side, so these are not trained.

noise("dropout", (7,), lambda: L.Dropout(0.3))
noise("spatial-dropout-1d", (4, 3), lambda: L.SpatialDropout1D(0.2))
noise("spatial-dropout-2d", (4, 3, 2), lambda: L.SpatialDropout2D(0.2))
noise("spatial-dropout-3d", (2, 4, 3, 2), lambda: L.SpatialDropout3D(0.2))
noise("alpha-dropout", (7,), lambda: L.AlphaDropout(0.2, seed=3))
noise("gaussian-dropout", (7,), lambda: L.GaussianDropout(0.2))
noise("gaussian-noise", (7,), lambda: L.GaussianNoise(0.2))
row("penalties", (6,), lambda: L.Dense(4, kernel_regularizer=keras.regularizers.L1L2(0.01, 0.02), bias_regularizer=keras.regularizers.L2(0.1),
                                       kernel_constraint=keras.constraints.MaxNorm(0.8), activity_regularizer="l2"),
    lambda: L.ActivityRegularization(l1=0.01, l2=0.02), lambda: L.Dense(2, kernel_constraint="non_neg"))

# Optimizers and losses

O = keras.optimizers
for name, make in {
    "sgd": lambda: O.SGD(0.1), "nesterov": lambda: O.SGD(0.1, momentum=0.9, nesterov=True), "rmsprop": lambda: O.RMSprop(
        0.01, momentum=0.5, centered=True), "adam": lambda: O.Adam(0.01), "amsgrad": lambda: O.Adam(0.01, amsgrad=True),
    "adamw": lambda: O.AdamW(0.01), "adadelta": lambda: O.Adadelta(0.5), "adagrad": lambda: O.Adagrad(0.1),
    "adamax": lambda: O.Adamax(0.02), "nadam": lambda: O.Nadam(0.01), "ftrl": lambda: O.Ftrl(0.1),
    "clipped": lambda: O.SGD(0.5, global_clipnorm=0.1),
    "schedule": lambda: O.Adam(O.schedules.ExponentialDecay(0.05, 2, 0.5)),
}.items():
    row("optimizer-" + name, (5,), lambda: L.Dense(6, activation="tanh"), lambda: L.Dense(2), optimizer=make)
for name in ("mae", "mean_squared_logarithmic_error", "huber", "log_cosh", "poisson"):
    row("loss-" + name.replace("_", "-"), (5,), lambda: L.Dense(3, activation="softplus"), loss=name)
row("loss-binary-crossentropy", (5,), lambda: L.Dense(3, activation="sigmoid"), loss="binary_crossentropy")
row("loss-categorical-crossentropy", (5,), lambda: L.Dense(3, activation="softmax"), loss="categorical_crossentropy")
row("loss-sparse-categorical-crossentropy", (5,), lambda: L.Dense(3, activation="softmax"),
    loss="sparse_categorical_crossentropy")

# The sources' models

def he(make, filters, **settings):
    return lambda: make(filters, 3, activation="relu", kernel_initializer="he_normal", **settings)


AUTOENCODER = (he(L.Conv2D, 32), he(L.Conv2D, 16), he(L.Conv2D, 8), he(L.Conv2DTranspose, 8), he(L.Conv2DTranspose, 16),
               he(L.Conv2DTranspose, 32), lambda: L.Conv2D(1, 3, activation="sigmoid", padding="same"))
row("source-000-autoencoder", (28, 28, 1), *AUTOENCODER, optimizer=lambda: O.Adam(), loss="binary_crossentropy")
row("source-001-autoencoder", (28, 28, 1), *AUTOENCODER, optimizer=lambda: O.Adam(), loss="mse")
row("source-002-up-sampling", (100,), lambda: L.Dense(128 * 5 * 5), lambda: L.Reshape((5, 5, 128)), lambda: L.UpSampling2D(),
    lambda: L.Conv2D(1, 3, padding="same"))
row("source-002-transposed", (100,), lambda: L.Dense(128 * 5 * 5), lambda: L.Reshape((5, 5, 128)),
    lambda: L.Conv2DTranspose(1, 3, strides=2, padding="same"))
row("source-004-valid", (4, 4, 1), lambda: L.Conv2DTranspose(1, 3, strides=2, padding="valid"))
row("source-004-same", (4, 4, 1), lambda: L.Conv2DTranspose(1, 3, strides=2, padding="same"))


@drawn(optimizer=lambda: O.Adam())
def source_003_transposed():
    x = keras.Input((28, 28, 1))
    up = L.Conv2DTranspose(32, 3, strides=2, padding="same", activation="relu")(x)
    return keras.Model(x, L.Conv2DTranspose(1, 3, padding="same", activation="sigmoid")(up))


@drawn(optimizer=lambda: O.Adam())
def source_003_up_sampling():
    x = keras.Input((28, 28, 1))
    return keras.Model(x, L.Conv2D(64, 3, padding="same")(L.UpSampling2D(2)(x)))


# Functional models

@drawn()
def merges():
    a, b = keras.Input((4, 5, 3)), keras.Input((4, 5, 3), name="other")
    c, d = L.Conv2D(3, 1)(a), L.Conv2D(3, 1)(b)
    every = [L.Add()([a, c, d]), L.Subtract()([c, d]), L.Multiply()([c, d]), L.Average()([c, d, b]), L.Maximum()([c, d, a]),
             L.Minimum()([c, d])]
    return keras.Model([a, b], [L.Concatenate()(every), L.Concatenate(axis=1)([c, b])])


@drawn()
def merges_of_different_axes():
    a = keras.Input((4, 5, 3))
    pooled = L.GlobalAveragePooling2D(keepdims=True)(L.Conv2D(3, 2)(a))
    return keras.Model(a, L.Multiply()([a, L.Dense(3, activation="sigmoid")(pooled)]))


@drawn()
def u_net():
    x = keras.Input((16, 12, 2))
    fine = L.Conv2D(4, 3, padding="same", activation="relu")(x)
    middle = L.Conv2D(8, 3, padding="same", activation="relu")(L.MaxPooling2D(2)(fine))
    coarse = L.Conv2D(16, 3, padding="same", activation="relu")(L.MaxPooling2D(2)(middle))
    up = L.Concatenate()([L.Conv2DTranspose(8, 2, strides=2)(coarse), middle])
    up = L.Concatenate()([L.Conv2DTranspose(4, 2, strides=2)(L.Conv2D(8, 3, padding="same")(up)), fine])
    return keras.Model(x, L.Conv2D(1, 1, activation="sigmoid")(up))


@drawn(loss=["mse", "mae"])
def two_outputs():
    x = keras.Input((8, 6, 1))
    shared = L.Conv2D(3, 3)(x)
    numbers = L.Dense(2, name="numbers")(L.Flatten()(shared))
    return keras.Model(x, [numbers, L.Conv2D(1, 1, name="picture")(L.Conv2DTranspose(2, 3)(shared))], name="two_heads")


@drawn()
def shared_layers():
    a, b = keras.Input((8, 8, 2)), keras.Input((8, 8, 2))
    look = L.Conv2D(3, 3, padding="same")
    again = L.Dense(3)
    of_b, of_a = look(b), look(a)
    joined = L.GlobalAveragePooling2D()(L.Add()([of_a, of_b, of_a]))
    return keras.Model([a, b], again(L.LeakyReLU()(again(joined))))


@drawn()
def shared_of_two_sizes():
    a, b = keras.Input((8, 7, 2)), keras.Input((5, 6, 2))
    look = L.Conv2D(3, 3, strides=2, padding="same")
    return keras.Model([a, b], L.Concatenate()([L.GlobalMaxPooling2D()(look(a)), L.GlobalAveragePooling2D()(look(b))]))


@drawn()
def nested():
    a, b = keras.Input((6, 4, 2)), keras.Input((6, 4, 2))
    both = L.Add()([L.Conv2D(3, 1)(a), L.Conv2D(3, 1)(b)])
    inner = keras.Model([a, b], [L.Conv2DTranspose(2, 2, strides=2)(both), L.Flatten()(both)], name="inner")
    x = keras.Input((6, 4, 2))
    picture, numbers = inner([L.Conv2D(2, 3, padding="same")(x), x])
    return keras.Model(x, [L.Conv2D(1, 3)(picture), L.Dense(2)(numbers)])


@drawn()
def nested_twice():
    x = keras.Input((4,))
    innermost = keras.Model(x, L.Dense(3, name="small")(x), name="innermost")
    y = keras.Input((4,))
    middle = keras.Model(y, L.Concatenate()([innermost(y), y]), name="middle")
    first, second = keras.Input((4,)), keras.Input((4,))
    return keras.Model([first, second], L.Dense(2)(L.Subtract()([middle(first), middle(second)])))


@drawn()
def encoder_and_decoder():
    encoder = keras.Sequential([keras.Input((8, 8, 1)), L.Conv2D(4, 3, strides=2, padding="same"), L.BatchNormalization(),
                                L.ReLU()], name="encoder")
    z = keras.Input((4, 4, 4))
    decoder = keras.Model(z, L.Conv2DTranspose(1, 3, strides=2, padding="same")(z), name="decoder")
    return keras.Sequential([keras.Input((8, 8, 1)), encoder, decoder])


@drawn()
def frozen():
    x = keras.Input((8, 8, 1))
    first = L.Conv2D(4, 3, padding="same", name="first", trainable=False)
    return keras.Model(x, L.Dense(1)(L.Flatten()(L.Add()([first(x), L.Conv2DTranspose(4, 3, padding="same")(x)]))))


@drawn()
def odd_names():
    x = keras.Input((5,), name="input with blanks")
    return keras.Model(x, L.Dense(2, name="class")(L.Dense(3, name="9 lives, \"quoted\"")(x)), name="odd model's name")
