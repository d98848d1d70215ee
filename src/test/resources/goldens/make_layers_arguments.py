"""Makes layers-arguments-convolution, -transposed and -others, json and npz: every two arguments of each convolution layer.

    KERAS_BACKEND=jax python make_layers_arguments.py [GROUP...]     (in an environment with JAX: TensorFlow on CPUs has no channels_first)

The cases of a layer are drawn such that each two arguments stand together in all their `levels`; "set" takes turns among the values of an
argument that has many. Beside outputs and gradients, each case has what comes of one step of training on `upstream` as targets:
mean squared error with all penalties (`loss`), and the weights after the step and the constraints. `keras_config` is what Keras writes down.
"""
from golden import NOT_RECORDED, sixteenths, write  # first: it chooses Keras' backend

import sys

import jax
import keras
import numpy as np

import pairs

assert keras.backend.backend() == "jax", "set KERAS_BACKEND=jax"
LEARNING_RATE = 0.125
SIZES = {1: (7,), 2: (5, 4), 3: (3, 4, 3)}
SMALLER = {1: (5,), 2: (4, 3), 3: (2, 3, 2)}  # of transposed ones, whose output is larger


def named(class_name, **config):
    return {"class_name": class_name, "config": config}


# Sparsemax is left out: Keras' rows do not add up to 1.
ACTIVATIONS = ["relu", "tanh", "sigmoid", "elu", "selu", "softplus", "softsign", "silu", "gelu", "exponential", "relu6", "hard_sigmoid",
               "hard_silu", "leaky_relu", "mish", "celu", "hard_tanh", "hard_shrink", "log_sigmoid", "soft_shrink", "sparse_plus", "sparse_sigmoid",
               "squareplus", "tanh_shrink", "log_softmax"]
INITIALIZERS = [
    "zeros", "ones", "he_normal", "he_uniform", "glorot_normal", "lecun_normal", "lecun_uniform", named("Constant", value=0.25),
    named("RandomNormal", mean=0.5, stddev=0.125, seed=3), named("RandomUniform", minval=-0.5, maxval=0.25, seed=None),
    named("TruncatedNormal", mean=0.0, stddev=0.5, seed=None), named("GlorotUniform", seed=7),
    named("VarianceScaling", scale=2.0, mode="fan_out", distribution="untruncated_normal", seed=None), named("Orthogonal", gain=0.5, seed=None)]
VECTOR_INITIALIZERS = ["ones", "random_normal", named("Constant", value=-0.5), named("RandomUniform", minval=0.0, maxval=0.5, seed=1), "zeros"]
REGULARIZERS = [named("L1", l1=0.03125), named("L2", l2=0.0625), named("L1L2", l1=0.015625, l2=0.03125), "l1", "l2", "l1l2"]
VECTOR_CONSTRAINTS = [named("NonNeg"), named("MaxNorm", max_value=0.75, axis=0), "unit_norm", named("MinMaxNorm", min_value=0.5, max_value=0.75,
                      rate=0.5, axis=0), "non_neg"]
turns = {}


def take(argument, values):
    """The next of the values, in turn."""
    turns[argument] = turns.get(argument, -1) + 1
    return values[turns[argument] % len(values)]


def constraints(axes):
    window = list(range(axes))
    return [named("NonNeg"), named("MaxNorm", max_value=1.0, axis=window), named("UnitNorm", axis=[*window, axes]), "max_norm",
            named("MinMaxNorm", min_value=0.5, max_value=1.0, rate=0.75, axis=window), named("UnitNorm", axis=axes + 1)]


def factors(layer, axes):
    transposed, depthwise = layer.endswith("Transpose"), not layer.startswith("Conv")
    found = {"kernel_size": [1, 2, 3], "strides": [1, 2, 3], "dilation_rate": [1, 2], "padding": ["valid", "same"],
             "data_format": ["channels_last", "channels_first"], "activation": ["linear", "softmax", "set"], "use_bias": [True, False]}
    if layer == "Conv1D":
        found["padding"] = ["valid", "same", "causal"]
    if transposed:
        found["output_padding"] = [None, 0, 1]
    elif not depthwise:
        found["groups"] = [1, 2]
    else:
        found["depth_multiplier"] = [1, 2]
    for weight in {"SeparableConv2D": ("depthwise", "pointwise", "bias"), "DepthwiseConv2D": ("depthwise", "bias")}.get(layer, ("kernel", "bias")):
        for what in ("initializer", "regularizer", "constraint"):
            found[f"{weight}_{what}"] = [None, "set"]
    return found | {"activity_regularizer": [None, "set"]}


def allowed(layer):
    def check(row):
        together = row["strides"] > 1 and row["dilation_rate"] > 1
        extent = (row["kernel_size"] - 1) * row["dilation_rate"]
        # Ours is Keras' rule for both; an activation over an axis needs more than one position there.
        return not (together and layer.startswith("Conv")) and (row.get("output_padding") or 0) < row["strides"] and extent < 5
    return check


def config_of(layer, axes, row):
    """Keras' arguments for a row: uneven over the axes, "set" replaced by a value."""
    config = {}
    for argument, value in row.items():
        if argument == "kernel_size":
            config[argument] = [(value + i - 1) % 3 + 1 for i in range(axes)]
        elif argument == "strides":
            config[argument] = [value if i == 0 or value == 1 else 5 - value for i in range(axes)]
        elif argument == "dilation_rate":
            config[argument] = [value if i == 0 else 1 for i in range(axes)]
        elif argument == "output_padding":
            config[argument] = None if value is None else [value] * axes
        elif value == "set":
            what = argument.split("_")[-1]
            vector = argument.startswith("bias")
            config[argument] = take(f"{layer} {what} {vector}" if what == "constraint" else f"{what} {vector}", {
                "activation": ACTIVATIONS, "initializer": VECTOR_INITIALIZERS if vector else INITIALIZERS,
                "regularizer": REGULARIZERS, "constraint": VECTOR_CONSTRAINTS if vector else constraints(axes)}[what])
        elif value is not None:
            config[argument] = value
    if not layer.startswith("Depth"):
        config["filters"] = 2 if layer == "Conv3DTranspose" else 4
    return config


def written(value):
    """As Keras writes it, of objects only the class and its settings."""
    if isinstance(value, dict) and "class_name" in value:
        return {"class_name": value["class_name"], "config": written(value["config"])}
    if isinstance(value, dict):
        return {k: written(v) for k, v in value.items()}
    return [written(v) for v in value] if isinstance(value, (list, tuple)) else value


def record(name, layer, config, shape, cases, arrays):
    rng = np.random.default_rng(list(name.encode()))
    made = getattr(keras.layers, layer)(**config)
    made.build((None, *shape[1:]))
    initial = {w.name: np.asarray(w) for w in made.weights}
    # No round numbers: no sum shall lie where an activation has a kink.
    weights = [rng.normal(0, 0.75, w.shape).astype(np.float32) for w in made.weights]
    made.set_weights(weights)
    x = sixteenths(rng, shape)
    y = np.asarray(made(x))
    upstream = sixteenths(rng, y.shape)
    names = [w.name for w in made.weights]

    def scalar(values, x):
        return (made.stateless_call(values, [], x)[0] * upstream).sum()

    by_weight, by_input = jax.grad(scalar, (0, 1))(weights, x)
    model = keras.Sequential([keras.Input(shape[1:]), made])
    model.compile(keras.optimizers.SGD(LEARNING_RATE), loss="mean_squared_error", run_eagerly=True)
    loss = float(model.train_on_batch(x, upstream)) if weights else None
    found = {"input": x, "output": y, "upstream": upstream, "gradient.input": by_input}
    for key, value, gradient, after in zip(names, weights, by_weight, made.get_weights()):
        found |= {key: value, f"stepped.{key}": after}
        # A softmax over positions does not change with the bias: its gradient is nothing but rounding.
        if np.abs(gradient).max() > 1e-5:
            found[f"gradient.{key}"] = gradient
    arrays.update({f"{name}/{key}": np.asarray(value) for key, value in found.items()})
    constant = {key: float(v.ravel()[0]) for key, v in initial.items() if np.ptp(v) == 0}
    keras_config = {k: written(v) for k, v in made.get_config().items() if k not in NOT_RECORDED}
    cases.append({"name": name, "layer": layer, "config": config, "training": False, "input_shapes": [list(shape)],
                  "output_shape": list(y.shape), "weights": names, "parameters": made.count_params(), "loss": loss,
                  "initially_constant": constant, "keras_config": keras_config})
    return sorted(keras_config)


def make(name, *layers):
    turns.clear()
    # Each group has some of the activations; the script's groups together have all.
    turns["activation False"] = {"transposed": 0, "convolution": 9, "others": 17}[name] - 1
    cases, arrays, keys, levels = [], {}, {}, {}
    for layer, axes in layers:
        rows, never = pairs.rows(levels.setdefault(layer, factors(layer, axes)), allowed(layer))
        print(layer, len(rows), "cases; never together:", never, flush=True)
        for i, row in enumerate(rows):
            config = config_of(layer, axes, row)
            sizes = SMALLER[axes] if layer.endswith("Transpose") else SIZES[axes]
            last = (*sizes, 2 if not layer.startswith("Conv") else 4 if config.get("groups") == 2 else 3)
            shape = last if row["data_format"] == "channels_last" else (last[-1], *last[:-1])
            keys.setdefault(layer, record(f"{layer} {i}", layer, config, (2, *shape), cases, arrays))
    if name == "others":
        levels["Flatten"] = {"data_format": ["channels_last", "channels_first"]}
        for shape in ((2, 5), (2, 4, 3), (2, 2, 4, 3), (2, 2, 3, 2, 4)):
            for data_format in levels["Flatten"]["data_format"]:
                keys["Flatten"] = record(f"Flatten {len(shape)} {data_format}", "Flatten", dict(data_format=data_format), shape, cases, arrays)
    write(f"layers-arguments-{name}", {"config_keys": keys, "levels": levels, "learning_rate": LEARNING_RATE, "cases": cases}, arrays)
    print(f"{len(cases)} cases", flush=True)


GROUPS = {"convolution": (("Conv1D", 1), ("Conv2D", 2), ("Conv3D", 3)),
          "transposed": (("Conv1DTranspose", 1), ("Conv2DTranspose", 2), ("Conv3DTranspose", 3)),
          "others": (("DepthwiseConv2D", 2), ("SeparableConv2D", 2))}
for group in sys.argv[1:] or GROUPS:
    make(group, *GROUPS[group])
