"""Makes keras-files.zip: small models in Keras' own files, .keras, .h5 and .weights.h5, some trained a few steps, and
keras-files.json and .npz: inputs, outputs, and losses and weights of the next three steps.

    python make_keras_files.py
"""
from golden import HERE, write  # first: it chooses Keras' backend

import json
import pathlib
import shutil
import tempfile
import zipfile

import h5py
import keras
import numpy as np
from keras import Input, Model, Sequential, layers, losses, metrics, optimizers

FOLDER = pathlib.Path(tempfile.mkdtemp())
CASES, ARRAYS = [], {}


def drawn(rng, shape):
    return (rng.integers(-16, 17, shape) / 16.0).astype(np.float32)


def shaken(model, rng):
    """Weights that tell a wrong order or a forgotten one: no zeros and no ones."""
    model.set_weights([np.abs(v) + 0.25 if "variance" in w.name else v for w, v in
                       ((w, drawn(rng, w.shape)) for w in model.weights)])


def many(values):
    return list(values) if isinstance(values, (list, tuple)) else [values]


def record(name, model, forms=("keras",), steps=2, integers=None):
    """Saves a model, trained some steps if it is compiled, and records what it computes from there on."""
    rng = np.random.default_rng(list(name.encode()))
    shaken(model, rng)
    xs = [rng.integers(0, integers, (4, *i.shape[1:])).astype(np.float32) if integers else drawn(rng, (4, *i.shape[1:]))
          for i in model.inputs]
    ys = [drawn(rng, (4, *o.shape[1:])) for o in model.outputs]
    x, y = (v[0] if len(v) == 1 else v for v in (xs, ys))
    if model.compiled:
        for _ in range(steps):
            model.train_on_batch(x, y)
    for form in forms:
        path = FOLDER / f"{name}.{form}"
        model.save_weights(path) if form == "weights.h5" else model.save(path)
    arrays = {f"x{i}": v for i, v in enumerate(xs)}
    arrays |= {f"y{i}": v for i, v in enumerate(ys)} if model.compiled else {}
    arrays |= {f"output{i}": np.asarray(v) for i, v in enumerate(many(model(x, training=False)))}
    if model.compiled:
        arrays["losses"] = np.array([many(model.train_on_batch(x, y))[0] for _ in range(3)])
        arrays["weights"] = np.concatenate([w.ravel() for w in model.get_weights()])
    ARRAYS.update({f"{name}/{key}": value for key, value in arrays.items()})
    CASES.append({"name": name, "forms": list(forms), "inputs": len(xs), "outputs": len(ys),
                  "trained": bool(model.compiled)})


def compiled(model, optimizer="sgd", loss="mse", **more):
    model.compile(optimizer, loss, **more)
    return model


def branches(name, shape, *made):
    """A model with one output for each layer, so that one file has many."""
    x = Input(shape, name="x")
    return Model(x, [layer(x) for layer in made], name=name)


def row():
    return Sequential([
        Input((6, 5, 2)), layers.Conv2D(3, 3, strides=2, padding="same", activation="relu"),
        layers.BatchNormalization(), layers.Dropout(0.0), layers.Conv2DTranspose(2, 3, strides=2, activation="elu"),
        layers.Flatten(), layers.Dense(3, activation="tanh", kernel_regularizer="l2", bias_constraint="max_norm")])


def two_dimensional():
    return branches(
        "two_dimensional", (6, 5, 4),
        layers.Conv2D(4, (3, 2), dilation_rate=2, groups=2, use_bias=False),
        layers.Conv2DTranspose(3, 3, strides=2, padding="same", output_padding=1),
        layers.DepthwiseConv2D(3, depth_multiplier=2), layers.SeparableConv2D(3, (2, 3), depth_multiplier=2),
        layers.UpSampling2D((2, 3), interpolation="bilinear"), layers.ZeroPadding2D(((1, 2), (0, 1))),
        layers.Cropping2D(((1, 2), (0, 1))), layers.MaxPooling2D((2, 3), strides=2), layers.AveragePooling2D(2),
        layers.GlobalMaxPooling2D(keepdims=True), layers.GlobalAveragePooling2D(), layers.SpatialDropout2D(0.2),
        layers.BatchNormalization(momentum=0.5, scale=False), layers.BatchNormalization(axis=1),
        layers.LayerNormalization(axis=[1, 3], epsilon=0.01), layers.GroupNormalization(2),
        layers.UnitNormalization(), layers.RMSNormalization(), layers.PReLU(shared_axes=[1, 2]),
        layers.LeakyReLU(0.1), layers.ELU(0.5), layers.ReLU(3, 0.1, 0.25), layers.Softmax(axis=1),
        layers.Activation("gelu"), layers.Permute((3, 1, 2)), layers.Reshape((-1, 2)), layers.Flatten(),
        layers.Dense(2, kernel_initializer="he_normal"), layers.Conv2D(2, 1, activation="leaky_relu"))


def one_dimensional():
    return branches(
        "one_dimensional", (8, 3), layers.Conv1D(2, 3, padding="causal"), layers.Conv1DTranspose(2, 3, strides=2),
        layers.UpSampling1D(3), layers.ZeroPadding1D((1, 2)), layers.Cropping1D(1), layers.MaxPooling1D(3, 2, "same"),
        layers.AveragePooling1D(2), layers.GlobalMaxPooling1D(), layers.GlobalAveragePooling1D(),
        layers.SpatialDropout1D(0.2), layers.Dropout(0.5, noise_shape=(None, 1, 3)), layers.AlphaDropout(0.1),
        layers.GaussianDropout(0.2), layers.GaussianNoise(0.3), layers.ActivityRegularization(0.1, 0.2))


def three_dimensional():
    return branches(
        "three_dimensional", (4, 3, 5, 2), layers.Conv3D(2, 2), layers.Conv3DTranspose(2, (2, 3, 2), strides=(2, 1, 1)),
        layers.UpSampling3D(2), layers.ZeroPadding3D(1), layers.Cropping3D(((1, 1), (0, 1), (2, 0))),
        layers.MaxPooling3D(2), layers.AveragePooling3D((2, 1, 2)), layers.GlobalMaxPooling3D(),
        layers.GlobalAveragePooling3D(), layers.SpatialDropout3D(0.1))


def merges():
    a, b = Input((4,), name="b"), Input((4,), name="a")
    made = [layers.Add(), layers.Subtract(), layers.Multiply(), layers.Average(), layers.Maximum(), layers.Minimum(),
            layers.Concatenate()]
    return Model([a, b], [layer([a, b]) for layer in made])


def embedding():
    x = Input((5,))
    return Model(x, layers.RepeatVector(2)(layers.Flatten()(layers.Embedding(7, 3)(x))))


def shared():
    a, b = Input((4, 4, 1)), Input((4, 4, 1))
    conv, again = layers.Conv2D(2, 3, padding="same"), layers.Dense(2)
    one = again(conv(a))
    return Model([a, b], [layers.Subtract()([again(one), again(conv(b))]), one])


def nested():
    x = Input((4, 4, 2))
    inner = Model(x, [layers.Conv2D(1, 1)(x), layers.BatchNormalization()(layers.Conv2D(3, 1)(x))], name="inner")
    row = Sequential([Input((4, 4, 1)), layers.Conv2D(2, 3, padding="same"), layers.BatchNormalization(),
                      Sequential([Input((4, 4, 2)), layers.Conv2D(2, 1)])], name="row")
    a, b = Input((4, 4, 1)), Input((4, 4, 1))
    one, two = inner(row(a)), inner(row(b))
    outer = Model([a, b], [layers.Concatenate()([one[0], one[1], two[0]]), two[1]])
    row.layers[0].trainable = False
    return outer


def deep():
    """The same layer in two models of one nest."""
    conv = layers.Conv2D(2, 1)
    x = Input((3, 3, 2))
    first = Model(x, conv(x), name="first")
    y = Input((3, 3, 2))
    return Model(y, layers.Add()([first(y), layers.Conv2D(2, 1)(conv(y))]))



def two_ends():
    x = Input((3,))
    return Model(x, [layers.Dense(2, name="one")(x), layers.Dense(1, name="two", activation="sigmoid")(x)])


def by_name():
    x = {"right": Input((3,), name="right"), "left": Input((2,), name="left")}
    joined = layers.Concatenate()([x["left"], x["right"]])
    ends = {"b": layers.Dense(2, name="one")(joined), "a": layers.Dense(1, name="two")(x["left"])}
    return compiled(Model(x, ends), "sgd", {"a": "mae", "b": "mse"}, metrics={"a": ["mae"]})


def record_by_name():
    """Inputs and outputs in a dictionary; here they come in the order of their names."""
    model, rng = by_name(), np.random.default_rng(7)
    shaken(model, rng)
    x = {"left": drawn(rng, (4, 2)), "right": drawn(rng, (4, 3))}
    y = {"a": drawn(rng, (4, 1)), "b": drawn(rng, (4, 2))}
    model.train_on_batch(x, y)
    model.save(FOLDER / "by_name.keras")
    out = model(x)
    arrays = {"x0": x["left"], "x1": x["right"], "y0": y["a"], "y1": y["b"], "output0": out["a"], "output1": out["b"]}
    arrays["losses"] = np.array([model.train_on_batch(x, y)[0] for _ in range(3)])
    arrays["weights"] = np.concatenate([w.ravel() for w in model.get_weights()])
    ARRAYS.update({f"by_name/{key}": np.asarray(value) for key, value in arrays.items()})
    CASES.append({"name": "by_name", "forms": ["keras"], "inputs": 2, "outputs": 2, "trained": True})


def small():
    return Sequential([Input((3,)), layers.Dense(2, activation="tanh"), layers.Dense(1)])



OPTIMIZERS = {
    "adadelta": lambda: optimizers.Adadelta(0.5), "adagrad": lambda: optimizers.Adagrad(0.1),
    "adam": lambda: optimizers.Adam(0.01, amsgrad=True), "adamax": lambda: optimizers.Adamax(0.01),
    "adamw": lambda: optimizers.AdamW(optimizers.schedules.CosineDecay(0.1, 10), weight_decay=0.1),
    "ftrl": lambda: optimizers.Ftrl(0.1, l1_regularization_strength=0.01), "nadam": lambda: optimizers.Nadam(0.01),
    "rmsprop": lambda: optimizers.RMSprop(0.01, momentum=0.9, centered=True),
    "sgd": lambda: optimizers.SGD(0.1, momentum=0.9, nesterov=True, clipnorm=0.5)}

OWN = "somebody"


@keras.saving.register_keras_serializable(OWN)
class Doubled(layers.Layer):

    def call(self, x):
        return 2 * x


def doubled(x):
    return 2 * x


def refused():
    """Models with what is not read: code, and what there is no layer for."""
    saved = {
        "lambda": [layers.Lambda(lambda x: 2 * x, output_shape=(3,))], "own-layer": [Doubled()],
        "own-activation": [layers.Dense(2, activation=doubled)], "unknown-layer": [layers.LSTM(2)],
        "half": [layers.Dense(2, dtype="mixed_float16")]}
    for name, made in saved.items():
        shape = (3, 1) if name == "unknown-layer" else (3,)
        Sequential([Input(shape), *made]).save(FOLDER / f"refused-{name}.keras")
    model = small()
    model.compile("sgd", lambda t, p: t - p)
    model.save(FOLDER / "refused-own-loss.keras")


def changed(name, change):
    """A copy of untrained.weights.h5, changed by h5py."""
    path = FOLDER / f"refused-{name}.weights.h5"
    shutil.copy(FOLDER / "untrained.weights.h5", path)
    with h5py.File(path, "a") as file:
        change(file, file["layers/dense/vars"])


def replaced(name="0", **more):
    def change(file, dense):
        value = dense[name][()]
        del dense[name]
        dense.create_dataset(name, **{"data": value, **more})
    return change


def linked(link):
    def change(file, dense):
        del dense["0"]
        dense["0"] = link
    return change


def cycle(file, dense):
    del file["layers/dense"]
    file["layers/dense"] = file["layers"]


def bomb(file, dense):
    del dense["0"]
    dense.create_dataset("0", (1 << 20, 1 << 20), "float32", compression="gzip", chunks=(1024, 1024))


def hostile():
    changed("missing", lambda file, dense: dense.pop("1"))
    changed("more", lambda file, dense: dense.create_dataset("2", data=np.zeros(3, np.float32)))
    changed("gone", lambda file, dense: file.pop("layers/dense"))
    changed("float64", replaced(dtype="float64"))
    changed("float16", replaced(dtype="float16"))
    changed("integers", replaced(dtype="int32"))
    changed("big-endian", replaced(dtype=">f4"))
    (FOLDER / "refused-big-endian.weights.h5").rename(FOLDER / "big-endian.weights.h5")
    changed("shape", replaced(data=np.zeros((3, 3), np.float32)))
    changed("text", replaced(data="text", dtype=h5py.string_dtype()))
    changed("chunked", replaced(chunks=True))
    changed("bomb", bomb)
    changed("huge", lambda file, dense: (dense.pop("0"), dense.create_dataset("0", (1 << 40,), "float32")))
    changed("no-values", lambda file, dense: (dense.pop("1"), dense.create_dataset("1", (2,), "float32")))
    changed("soft-link", linked(h5py.SoftLink("/layers/dense/vars/1")))
    changed("external-link", linked(h5py.ExternalLink("/etc/passwd", "/x")))
    changed("cycle", cycle)


def of_keras_2():
    """A model as Keras 2.15 described it, written by hand: one of Keras 3 says what it computes."""
    x = Input((5, 4, 2), name="input_1")
    inner = Sequential([Input((5, 4, 3), name="input_2"), layers.BatchNormalization(name="bn"),
                        layers.LeakyReLU(0.3, name="leaky")], name="inner")
    y = inner(layers.Conv2D(3, 3, padding="same", use_bias=False, name="conv")(x))
    model = Model(x, layers.Dense(1, name="last")(layers.Add(name="add")([y, inner(y)])), name="model")
    record("of_keras_2", compiled(model, optimizers.Adam(0.01), metrics=["mae"]))
    model = keras.models.load_model(FOLDER / "of_keras_2.keras")

    def layer(name, class_name, nodes, **config):
        common = {} if class_name in ("Sequential", "InputLayer") else {"trainable": True, "dtype": "float32"}
        return {"class_name": class_name, "config": {"name": name, **common, **config}, "name": name,
                "inbound_nodes": [[[source, index, 0, {}] for source, index in node] for node in nodes]}

    def plain(name, class_name, **config):
        return {key: value for key, value in layer(name, class_name, [], **config).items()
                if key in ("class_name", "config")}

    ends = {"dtype": "float32", "sparse": False, "ragged": False}
    described = {"class_name": "Functional", "config": {"name": "model", "trainable": True, "layers": [
        layer("input_1", "InputLayer", [], batch_input_shape=[None, 5, 4, 2], **ends),
        layer("conv", "Conv2D", [[("input_1", 0)]], filters=3, kernel_size=[3, 3], strides=[1, 1], padding="same",
              data_format="channels_last", dilation_rate=[1, 1], groups=1, activation="linear", use_bias=False,
              kernel_initializer={"module": "keras.initializers", "class_name": "GlorotUniform",
                                  "config": {"seed": None}, "registered_name": None}, kernel_regularizer=None),
        layer("inner", "Sequential", [[("conv", 0)], [("inner", 1)]], layers=[
            plain("input_2", "InputLayer", batch_input_shape=[None, 5, 4, 3], **ends),
            plain("bn", "BatchNormalization", axis=[3], momentum=0.99, epsilon=0.001, center=True, scale=True),
            plain("leaky", "LeakyReLU", alpha=0.3)]),
        layer("add", "Add", [[("inner", 1), ("inner", 2)]]),
        layer("last", "Dense", [[("add", 0)]], units=1, activation="linear", use_bias=True)],
        "input_layers": [["input_1", 0, 0]], "output_layers": [["last", 0, 0]]}}
    training = {"loss": {"class_name": "MeanSquaredError", "config": {"reduction": "auto", "name": "mse"}},
                "metrics": [[{"class_name": "MeanMetricWrapper",
                              "config": {"name": "mae", "dtype": "float32", "fn": "mean_absolute_error"}}]],
                "weighted_metrics": None, "loss_weights": None,
                "optimizer_config": {"class_name": "Custom>Adam", "config": {
                    "name": "Adam", "weight_decay": None, "clipnorm": None, "global_clipnorm": None,
                    "clipvalue": None, "use_ema": False, "ema_momentum": 0.99, "ema_overwrite_frequency": None,
                    "jit_compile": False, "is_legacy_optimizer": False, "learning_rate": 0.01, "beta_1": 0.9,
                    "beta_2": 0.999, "epsilon": 1e-7, "amsgrad": False}}}
    with h5py.File(FOLDER / "of_keras_2.h5", "w") as file:
        file.attrs["keras_version"], file.attrs["backend"] = "2.15.0", "tensorflow"
        file.attrs["model_config"], file.attrs["training_config"] = json.dumps(described), json.dumps(training)
        root = file.create_group("model_weights")
        root.attrs["layer_names"] = np.array([entry["name"] for entry in described["config"]["layers"]], "S")
        for one in model.layers:
            group, weights = root.create_group(one.name), one.trainable_weights + one.non_trainable_weights
            fill(group, [f"{one.name}/{w.name}:0" for w in weights], weights)
        variables = model.optimizer.variables
        fill(file.create_group("optimizer_weights"), [f"Adam/{i}:0" for i in range(len(variables))], variables)
    CASES[-1]["forms"].append("h5")


def fill(group, names, values):
    group.attrs["weight_names"] = np.array(names, "S")
    for name, value in zip(names, values):
        group[name] = np.asarray(value)


if __name__ == "__main__":
    record("row", compiled(row(), "adam", losses.Huber(), metrics=["mae", metrics.RootMeanSquaredError(name="r")]),
           ("keras", "h5", "weights.h5"))
    for make in (two_dimensional, one_dimensional, three_dimensional, merges):
        record(make.__name__, make())
    record("embedding", embedding(), integers=7)
    record("shared", compiled(shared(), "sgd", ["mse", "mae"], loss_weights=[0.5, 2.0], metrics=[["mae"], ["mse"]]),
           ("keras", "h5"))
    record("nested", compiled(nested(), "adam"), ("keras", "h5", "weights.h5"))
    record("deep", compiled(deep(), "sgd"))
    record("ends", compiled(two_ends(), "sgd", {"two": losses.BinaryFocalCrossentropy(), "one": "mse"},
                            metrics={"one": ["mae"]}))
    for name, make in OPTIMIZERS.items():
        record(f"optimizer-{name}", compiled(small(), make(), metrics=["mse"]))
    record("untrained", compiled(small(), "adam"), ("keras", "h5", "weights.h5"), steps=0)
    record_by_name()
    of_keras_2()
    refused()
    hostile()
    write("keras-files", {"cases": CASES}, ARRAYS)
    with zipfile.ZipFile(HERE / "keras-files.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(FOLDER.iterdir()):
            packed.write(file, file.name)
            file.unlink()
    FOLDER.rmdir()
    print(len(CASES), "cases")
