"""Lets Keras make the models of keras_models.py, and leaves files, inputs, predictions and steps of training.

    python make_models.py FOLDER
"""
import gc
import os
import sys
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
import numpy as np

import exchange
from keras_models import MODELS

SAMPLES = 4
gc.freeze()  # clear_session collects garbage: not among what the libraries have loaded


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, entry) in enumerate(MODELS.items()):
        keras.utils.clear_session()
        keras.utils.set_random_seed(number)
        make(folder, name, entry, np.random.default_rng(number))
    print(f"{len(MODELS)} models in {folder}")


def make(folder, name, entry, rng):
    model = entry.make()
    for weight in model.weights:
        if "kernel" not in weight.path and "seed" not in weight.path:
            low = 0.5 if weight.path.endswith(("variance", "gamma", "scale")) else -0.5
            weight.assign(rng.uniform(low, low + 1, weight.shape))
    words = next((layer.input_dim for layer in model.layers if isinstance(layer, keras.layers.Embedding)), None)
    shapes = [(SAMPLES, *tensor.shape[1:]) for tensor in model.inputs]
    x = [rng.integers(0, words, shape) if words else rng.normal(size=shape) for shape in shapes]
    x = [array.astype(np.float32) for array in x]
    exchange.save(folder, name, "x", x)
    if entry.optimizer is None:
        model.save(folder / f"{name}.keras")
        exchange.save(folder, name, "y", exchange.predict(model, x))
        return
    model.compile(optimizer=entry.optimizer(), loss=entry.loss)
    t = [targets(rng, entry.loss, tensor.shape[1:]) for tensor in model.outputs]
    exchange.save(folder, name, "t", t)
    exchange.train(model, x, t)  # so that the optimizer has a state
    model.run_eagerly = False
    model.save(folder / f"{name}.keras")
    exchange.save(folder, name, "y", exchange.predict(model, x))
    np.save(folder / f"{name}.losses.npy", np.array(exchange.train(model, x, t), np.float32))
    exchange.save(folder, name, "after", exchange.predict(model, x))


def targets(rng, loss, shape):
    if loss == "sparse_categorical_crossentropy":
        return rng.integers(0, shape[-1], (SAMPLES, *shape[:-1])).astype(np.float32)
    if loss == "categorical_crossentropy":
        return np.eye(shape[-1], dtype=np.float32)[rng.integers(0, shape[-1], (SAMPLES, *shape[:-1]))]
    return rng.uniform(0, 1, (SAMPLES, *shape)).astype(np.float32)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
