"""Makes summaries.json and summary-*.txt: Keras' summary table as it prints it, and the figures in it.

    python make_summaries.py
"""
import os

os.environ["COLUMNS"] = "80"

from golden import HERE, write  # first: it chooses Keras' backend

import keras
import numpy as np
from keras import layers

models = {}


def record(name, model, trained=False):
    lines = []
    model.summary(print_fn=lambda text, line_break=True: lines.append(text))
    (HERE / f"summary-{name}.txt").write_text("\n".join(lines), encoding="utf-8")
    models[name] = {
        "file": f"summary-{name}.txt", "model": model.name, "trained": trained,
        "rows": [{"name": layer.name, "class": type(layer).__name__, "output_shape": list(layer.output.shape),
                  "parameters": layer.count_params()} for layer in model.layers],
        "parameters": model.count_params(),
        "trainable": sum(int(np.prod(v.shape)) for v in model.trainable_variables),
        "bytes": 4 * model.count_params(),
    }
    keras.utils.clear_session()


def autoencoder():
    from_3x3 = dict(kernel_size=(3, 3), activation="relu", kernel_initializer="he_normal")
    return keras.Sequential([
        layers.Input((28, 28, 1)), *(layers.Conv2D(n, **from_3x3) for n in (32, 16, 8)),
        *(layers.Conv2DTranspose(n, **from_3x3) for n in (8, 16, 32)),
        layers.Conv2D(1, kernel_size=(3, 3), activation="sigmoid", padding="same")])


keras.utils.clear_session()
record("autoencoder", autoencoder())
fitted = autoencoder()
fitted.compile(optimizer="adam", loss="binary_crossentropy")
fitted.train_on_batch(np.zeros((1, 28, 28, 1), np.float32), np.zeros((1, 28, 28, 1), np.float32))
record("autoencoder-trained", fitted, trained=True)
record("dense-reshape-flatten", keras.Sequential([
    layers.Input((16,)), layers.Dense(4 * 3 * 8, activation="relu"), layers.Reshape((4, 3, 8)),
    layers.Conv2DTranspose(5, (4, 3), strides=(2, 3), padding="same"),
    layers.Flatten(name="pixels_in_one_row_of_a_very_long_name"),
    layers.Dense(10, activation="softmax", use_bias=False)], name="decoder"))
record("large", keras.Sequential([layers.Input((784,)), layers.Dense(2048), layers.Dense(1024)]))
write("summaries", {"models": models}, {})
