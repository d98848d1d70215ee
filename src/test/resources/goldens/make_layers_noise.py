"""Makes layers-noise.json and layers-noise.npz: layers that change their input at random, in inference and in training.

    python make_layers_noise.py

In training, Keras' layers are given the numbers that TensorFlow would draw: uniform ones, multiples of 1/64 in [0, 1), or normal ones,
multiples of 1/8. They are the array `noise`, one row a sample; that its draws are as its documentation says, Keras tests.
"""
from layer_golden import Recorder  # first: it chooses Keras' backend
from golden import message, sixteenths

import contextlib
import itertools
from unittest import mock

import keras
import numpy as np
import tensorflow as tf

FIRST = "channels_first"
recorder = Recorder()
refused = []


@contextlib.contextmanager
def given_noise(name, drawn):
    """Lets TensorFlow's stateless draws give numbers that follow from the case's name; `drawn` collects them."""
    rng = np.random.default_rng(list(f"noise of {name}".encode()))

    def uniform(shape, *args, **kwargs):
        drawn.append((rng.integers(0, 64, np.array(shape)) / 64).astype(np.float32))
        return tf.constant(drawn[-1])

    def normal(shape, seed, mean=0.0, stddev=1.0, **kwargs):
        drawn.append(sixteenths(rng, np.array(shape), 16) * 2)
        return mean + stddev * tf.constant(drawn[-1])

    with mock.patch("tensorflow.python.ops.stateless_random_ops.stateless_random_uniform", uniform), \
            mock.patch.object(tf.random, "stateless_uniform", uniform), mock.patch.object(tf.random, "stateless_normal", normal):
        yield


def record(layer, shape, **config):
    label = " ".join(f"{key} {value}" for key, value in config.items())
    recorder.record(f"{layer} {label} of {list(shape)}", layer, shape, **config)
    name, drawn = f"{layer} {label} of {list(shape)}, training", []
    with given_noise(name, drawn):
        recorder.record(name, layer, shape, training=True, **config)
    if drawn:
        assert len(drawn) == 1, name
        recorder.arrays[f"{name}/noise"] = np.repeat(drawn[0], shape[0] // drawn[0].shape[0], axis=0)


def refuse(layer, shape=None, training=False, **config):
    """shape: the layer is made without complaint, and refuses this input."""
    try:
        made = getattr(keras.layers, layer)(**config)
        assert shape, (layer, config)
        made(tf.zeros(shape), training=training)
    except Exception as error:
        # Python's NaN is no JSON.
        written = {key: "nan" if value != value else value for key, value in config.items()}
        refused.append({"layer": layer, "config": written, "input_shape": shape, "error": type(error).__name__, "message": message(error)})
        return
    raise AssertionError((layer, config))


for layer in ("Dropout", "AlphaDropout"):
    for rate, (shape, noise_shape) in itertools.product((0.25, 0.7), (
            ((4, 5), None), ((2, 3, 4, 2), None), ((2, 3, 4, 2), [None, 1, 1, None]), ((2, 3, 4, 2), [1, 3, None, 1]),
            ((3, 4, 5), [1, 1, None]), ((3, 4, 5), [None, 4, 1]), ((3, 4), [1, 1]))):
        record(layer, shape, rate=rate, noise_shape=noise_shape, seed=3 if rate == 0.7 else None)
    record(layer, (2, 3, 2), rate=0.0)
    record(layer, (2, 3, 2), rate=0)
record("Dropout", (2, 3, 2), rate=1.0)
record("Dropout", (2, 3, 2), rate=1, noise_shape=[None, 1, None])
for rate, seed in ((0.0, None), (0.3, None), (0.5, 7), (1.0, 1)):
    record("SpatialDropout1D", (3, 4, 5), rate=rate, seed=seed)
    for data_format in ("channels_last", FIRST):
        record("SpatialDropout2D", (3, 2, 4, 5), rate=rate, seed=seed, data_format=data_format)
        record("SpatialDropout3D", (2, 2, 3, 4, 5), rate=rate, seed=seed, data_format=data_format)
for shape in ((3, 4), (2, 3, 4, 2)):
    for rate, seed in ((0.0, None), (0.2, None), (0.8, 7)):
        record("GaussianDropout", shape, rate=rate, seed=seed)
    for stddev, seed in ((0.0, None), (0.25, None), (1.0, 7)):
        record("GaussianNoise", shape, stddev=stddev, seed=seed)

for layer in ("Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "AlphaDropout", "GaussianDropout"):
    for rate in (-0.1, 1.5, float("nan")):
        refuse(layer, rate=rate)
for stddev in (-0.1, 1.5, float("nan")):
    refuse("GaussianNoise", stddev=stddev)
for layer in ("AlphaDropout", "GaussianDropout"):
    refuse(layer, (2, 3), training=True, rate=1.0)
for noise_shape in ([None, 0], [None, -2], [0, 1]):
    refuse("Dropout", rate=0.5, noise_shape=noise_shape)
for layer in ("Dropout", "AlphaDropout"):
    refuse(layer, (2, 3), training=True, rate=0.5, noise_shape=[None, 2])
    refuse(layer, (2, 3), training=True, rate=0.5, noise_shape=[None, None, None])
for axes in (1, 2, 3):
    refuse(f"SpatialDropout{axes}D", (2,) * (axes + 1), rate=0.5)
    refuse(f"SpatialDropout{axes}D", (2,) * (axes + 3), rate=0.5)
refuse("SpatialDropout2D", rate=0.5, data_format="channels_middle")
recorder.write("layers-noise", refused=refused)
print(f"{len(refused)} refused")
