"""Makes initializers.json: fans, scales and bounds of Keras' random initializers (what they draw is their own affair),
and how Keras writes its initializers down.

    python make_initializers.py

Each figure is what Keras' class says of itself, held against a large sample drawn by Keras.
"""
import math

from golden import message, write  # first: it chooses Keras' backend

import keras
import numpy as np
import tensorflow as tf
from keras import initializers
from keras.src.initializers.random_initializers import compute_fans

SHAPES = [
    ("Conv1D", "4, 3 to 6", (4, 3, 6)),
    ("Conv2D", "3x3, 1 to 32", (3, 3, 1, 32)),
    ("Conv2D", "3x2, 5 to 8", (3, 2, 5, 8)),
    ("Conv2DTranspose", "3x3, 8 to 16", (3, 3, 16, 8)),
    ("Conv2DTranspose", "3x2, 5 to 8", (3, 2, 8, 5)),
    ("Conv3D", "2x3x1, 4 to 7", (2, 3, 1, 4, 7)),
    ("Dense", "7 to 3", (7, 3)),
    ("bias", "of 5", (5,)),
]
NAMES = ["glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal"]
# The standard deviation of a standard normal cut at +-2; Keras divides by it.
TRUNCATED_STDDEV = 0.87962566103423978


def sampled(initializer, shape, mean, stddev, bound):
    """Fails unless what Keras draws has these figures."""
    # Many kernels of the same shape: the fans come from the shape asked for.
    sample = np.stack([np.asarray(initializer.clone()(shape)) for _ in range(1 + 60_000 // math.prod(shape))])
    where = (initializer.get_config(), shape)
    assert abs(sample.mean() - mean) < 0.02 * stddev, where
    assert abs(sample.std() / stddev - 1) < 0.02, (where, sample.std(), stddev)
    if bound is not None:
        largest = abs(sample - mean).max()
        assert 0.98 * bound < largest <= bound * (1 + 1e-6), (where, largest, bound)


def scaled(layer, what, shape, name, initializer):
    fan_in, fan_out = compute_fans(shape, initializer.input_axes, initializer.output_axes)
    n = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}[initializer.mode]
    stddev = math.sqrt(initializer.scale / max(1.0, n))
    if initializer.distribution == "uniform":
        bound = math.sqrt(3) * stddev
        drawn = {"distribution": "uniform"}
    elif initializer.distribution == "untruncated_normal":
        bound = None
        drawn = {"distribution": "normal"}
    else:
        bound = 2 * stddev / TRUNCATED_STDDEV
        drawn = {"distribution": "normal cut at two standard deviations", "stddev_before_cut": bound / 2}
    sampled(initializer, shape, 0, stddev, bound)
    return {"layer": layer, "what": what, "kernel_shape": list(shape), "initializer": name,
            "config": initializer.get_config(), "mode": initializer.mode, "fan_in": fan_in, "fan_out": fan_out,
            **drawn, "mean": 0, "bound": bound, "stddev": stddev}


def plain(what, name, initializer, mean, stddev, bound, distribution):
    sampled(initializer, (5, 4), mean, stddev, bound)
    return {"layer": "any", "what": what, "kernel_shape": [5, 4], "initializer": name,
            "config": initializer.get_config(), "distribution": distribution,
            "mean": mean, "bound": bound, "stddev": stddev}


cases = [scaled(*shape, name, initializers.get(name)) for shape in SHAPES for name in NAMES]
for mode in ["fan_in", "fan_out", "fan_avg"]:
    for distribution in ["uniform", "truncated_normal", "untruncated_normal"]:
        cases.append(scaled("Conv2D", f"3x2, 5 to 8, {mode}, {distribution}", (3, 2, 5, 8), "variance_scaling",
                            initializers.VarianceScaling(0.7, mode, distribution)))
cases.append(scaled("Conv2D", "3x2, 5 to 8, mode left out", (3, 2, 5, 8), "variance_scaling",
                    initializers.VarianceScaling()))
cases.append(scaled("EinsumDense", "fans over axes", (4, 3, 6), "variance_scaling",
                    initializers.VarianceScaling(2.0, "fan_avg", "uniform", input_axes=[0], output_axes=[-2, -1])))
cases.append(scaled("EinsumDense", "fans over axes", (4, 3, 6), "glorot_uniform",
                    initializers.GlorotUniform(input_axes=[0, 1], output_axes=[2])))
CUT = "normal cut at two standard deviations"
cases += [
    plain("defaults", "random_uniform", initializers.RandomUniform(), 0, 0.1 / math.sqrt(12), 0.05, "uniform"),
    plain("1 to 3", "random_uniform", initializers.RandomUniform(1, 3), 2, 2 / math.sqrt(12), 1, "uniform"),
    plain("defaults", "random_normal", initializers.RandomNormal(), 0, 0.05, None, "normal"),
    plain("2 and 0.5", "random_normal", initializers.RandomNormal(2, 0.5), 2, 0.5, None, "normal"),
    plain("defaults", "truncated_normal", initializers.TruncatedNormal(), 0, 0.05 * TRUNCATED_STDDEV, 0.1, CUT),
    plain("-1 and 2", "truncated_normal", initializers.TruncatedNormal(-1, 2), -1, 2 * TRUNCATED_STDDEV, 4, CUT),
]

# Identity is left out: this Keras forgets its gain.
written = [keras.initializers.serialize(i) for i in [
    initializers.Zeros(), initializers.Ones(), initializers.Constant(0.25),
    *[initializers.get(name) for name in NAMES], initializers.GlorotNormal(seed=3),
    initializers.HeUniform(seed=4, input_axes=[0], output_axes=[-1]),
    initializers.RandomUniform(), initializers.RandomUniform(-2.5, 1.0, seed=5),
    initializers.RandomNormal(), initializers.RandomNormal(1.0, 0.02, seed=6),
    initializers.TruncatedNormal(), initializers.TruncatedNormal(0.5, 2.0, seed=-7),
    initializers.VarianceScaling(), initializers.VarianceScaling(2.0, "fan_out", "normal", seed=8),
    initializers.VarianceScaling(0.5, "fan_avg", "untruncated_normal", input_axes=[0, 1], output_axes=[2]),
    initializers.Orthogonal(), initializers.Orthogonal(1.5, seed=9),
]]
by_name = {name: initializers.serialize(initializers.get(name))["class_name"] for name in [
    *NAMES, "GlorotUniform", "LecunNormal", "zeros", "Zeros", "zero", "ones", "one", "identity", "Identity",
    "IdentityInitializer", "random_uniform", "uniform", "RandomNormal", "normal", "truncated_normal",
    "variance_scaling", "orthogonal", "Orthogonal", "OrthogonalInitializer"]}

refused = []
for class_name, config, shape in [
        ("VarianceScaling", {"scale": 0.0}, None), ("VarianceScaling", {"scale": -1.0}, None),
        ("VarianceScaling", {"mode": "fan_all"}, None), ("VarianceScaling", {"distribution": "gamma"}, None),
        ("GlorotUniform", {"scale": 2.0}, None), ("RandomNormal", {"seed": "seven"}, None),
        ("Glorot", {}, None), ("Orthogonal", {}, (5,)), ("Identity", {}, (5,)), ("Identity", {}, (3, 3, 3))]:
    try:
        made = initializers.deserialize({"class_name": class_name, "config": config})
        made(shape)
    except Exception as error:
        refused.append({"class_name": class_name, "config": config, "shape": shape and list(shape),
                        "error": type(error).__name__, "message": message(error)})
    else:
        raise AssertionError((class_name, config, shape))

orthogonal = [{"shape": list(shape), "gain": gain} for shape, gain in
              [((4, 4), 1.0), ((7, 3), 1.0), ((3, 7), 2.0), ((3, 2, 5, 8), 0.5), ((1, 1, 2, 9), 1.0), ((2, 3, 6), 1.0)]]
for entry in orthogonal:
    values = np.asarray(initializers.Orthogonal(entry["gain"])(entry["shape"])).reshape(-1, entry["shape"][-1])
    small = values.T @ values if values.shape[0] >= values.shape[1] else values @ values.T
    assert abs(small - entry["gain"] ** 2 * np.eye(len(small))).max() < 1e-5, entry

channels = np.arange(2 * 3 * 12, dtype=np.float32).reshape(1, 2, 3, 12)
depth_to_space = {"block_size": 2, "input_shape": [2, 3, 12], "output_shape": [4, 6, 3],
                  "output": [int(v) for v in tf.nn.depth_to_space(channels, 2).numpy().ravel()]}

defaults = {}
for layer in (keras.layers.Conv2D(1, 1), keras.layers.Conv2DTranspose(1, 1), keras.layers.Dense(1)):
    defaults[type(layer).__name__] = {"kernel": keras.initializers.serialize(layer.kernel_initializer)["class_name"],
                                      "bias": keras.initializers.serialize(layer.bias_initializer)["class_name"]}
write("initializers", {"defaults": defaults, "cases": cases, "written": written, "by_name": by_name,
                       "refused": refused, "orthogonal": orthogonal, "depth_to_space": depth_to_space}, {})
