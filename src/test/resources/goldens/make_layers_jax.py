"""Makes layers-jax.json and layers-jax.npz: the transposed convolutions that TensorFlow refuses and JAX computes.

    KERAS_BACKEND=jax python make_layers_jax.py     (after make_layers.py)

They are those of an even kernel (as dilated) with padding "same" and output padding 0: Keras has a rule for them, but
TensorFlow takes a size for the output only if a convolution would lead from it back to the input.
"""
from golden import HERE, sixteenths, write  # first: it chooses Keras' backend

import json

import keras
import numpy as np

assert keras.backend.backend() == "jax", "set KERAS_BACKEND=jax"
cases, arrays = [], {}
for entry in json.loads((HERE / "layers.json").read_text())["refused"]:
    if entry["layer"] == "Conv2DTranspose" and entry["stage"] == "call" and entry["config"].get("output_padding"):
        name = entry["name"]
        rng = np.random.default_rng(list(name.encode()))
        layer = keras.layers.Conv2DTranspose(**entry["config"])
        layer.build((None, *entry["input_shape"][1:]))
        layer.set_weights([sixteenths(rng, w.shape) for w in layer.get_weights()])
        x = sixteenths(rng, entry["input_shape"])
        y = np.asarray(layer(x))
        kernel, bias = layer.get_weights()
        found = {"input": x, "kernel": kernel, "bias": bias, "output": y}
        arrays.update({f"{name}/{key}": value for key, value in found.items()})
        cases.append({key: entry[key] for key in ("name", "layer", "config", "input_shape")}
                     | {"output_shape": list(y.shape), "arrays": list(found)})
write("layers-jax", {"cases": cases}, arrays)
