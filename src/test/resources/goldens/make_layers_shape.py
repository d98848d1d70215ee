"""Makes layers-shape.json and layers-shape.npz: Permute, RepeatVector, Embedding, ActivityRegularization.

    python make_layers_shape.py

`models`: what a model of one Dense layer with ActivityRegularization behind it logs. `after` is its kernel after one step of SGD.
"""
from layer_golden import Recorder  # first: it chooses Keras' backend
from golden import message, sixteenths

import itertools

import keras
import numpy as np
import tensorflow as tf

recorder = Recorder()
refused, models = [], []


def refuse(layer, shape=None, integers=None, **config):
    """shape: the layer is made without complaint, and refuses this input of zeros, or of this number."""
    try:
        made = getattr(keras.layers, layer)(**config)
        assert shape, (layer, config)
        made(tf.fill(shape, float(integers or 0)))
    except Exception as error:
        written = {key: repr(value) if isinstance(value, float) and not np.isfinite(value) else value for key, value in config.items()}
        refused.append({"layer": layer, "config": written, "input_shape": shape, "input": integers or 0, "error": type(error).__name__,
                        "message": message(error)})
        return
    raise AssertionError((layer, config))


for sizes in ((3,), (3, 4), (2, 3, 4), (2, 3, 4, 5)):
    for dims in itertools.permutations(range(1, len(sizes) + 1)):
        if len(sizes) < 4 or dims in ((1, 2, 3, 4), (4, 1, 2, 3), (2, 3, 4, 1), (4, 3, 2, 1), (2, 4, 1, 3)):
            recorder.record(f"permute {list(dims)}", "Permute", (2, *sizes), dims=list(dims))
for n, features in ((1, 3), (2, 1), (4, 3)):
    recorder.record(f"repeat {n} of {features}", "RepeatVector", (2, features), n=n)
for (input_dim, output_dim), shape in itertools.product(((1, 1), (5, 3), (2, 4), (7, 1)), ((3,), (2, 1), (2, 5), (2, 3, 4))):
    recorder.record(f"embedding {input_dim} {output_dim} of {list(shape)}", "Embedding", shape, integers=input_dim, input_dim=input_dim, output_dim=output_dim)
recorder.record("embedding set otherwise", "Embedding", (2, 6), integers=4, input_dim=4, output_dim=2, embeddings_initializer="normal",
                embeddings_regularizer="l2", embeddings_constraint="max_norm", mask_zero=False)
for l1, l2 in ((0.0, 0.0), (0.5, 0.0), (0.0, 0.25), (0.5, 0.25)):
    recorder.record(f"activity_regularization {l1} {l2}", "ActivityRegularization", (2, 3, 4), l1=l1, l2=l2)

rng = np.random.default_rng(7)
x, y, kernel = sixteenths(rng, (6, 3)), sixteenths(rng, (6, 2)), sixteenths(rng, (3, 2))
recorder.arrays.update({"model/x": x, "model/y": y, "model/kernel": kernel})
for l1, l2 in ((0.5, 0.0), (0.0, 0.25), (0.5, 0.25)):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, use_bias=False), keras.layers.ActivityRegularization(l1=l1, l2=l2)])
    model.compile("sgd", "mse")
    model.optimizer.learning_rate = 0.5
    model.set_weights([kernel])
    models.append({"l1": l1, "l2": l2, "evaluate": float(model.evaluate(x, y, batch_size=4, verbose=0)),
                   "train_on_batch": float(model.train_on_batch(x, y)), "after": f"model/after {l1} {l2}"})
    recorder.arrays[models[-1]["after"]] = model.get_weights()[0]

for dims in ([0, 1], [1, 3], [1, 1], [2], [-1, 1]):
    refuse("Permute", dims=dims)
refuse("Permute", (2, 3, 4), dims=[1])
refuse("Permute", (2, 3, 4), dims=[3, 2, 1])
for n in (0, -1):
    refuse("RepeatVector", n=n)
refuse("RepeatVector", (2, 3, 4), n=2)
refuse("RepeatVector", (2,), n=2)
for input_dim, output_dim in ((0, 3), (-1, 3), (3, 0), (3, -1)):
    refuse("Embedding", input_dim=input_dim, output_dim=output_dim)
refuse("Embedding", (2, 1), 3, input_dim=3, output_dim=2)
for l1, l2 in ((-1.0, 0.0), (0.0, -0.5), (float("inf"), 0.0), (0.0, float("nan"))):
    refuse("ActivityRegularization", l1=l1, l2=l2)
recorder.write("layers-shape", refused=refused, models=models)
print(f"{len(refused)} refused")
