"""Makes initializers.json: fans, scales and bounds of Keras' random initializers (what they draw is their own affair).

    python make_initializers.py

Each figure is what Keras' class says of itself, held against a large sample drawn by Keras.
"""
import math

from golden import write  # first: it chooses Keras' backend

import keras
import numpy as np
from keras.src.initializers.random_initializers import compute_fans

SHAPES = [
    ("Conv2D", "3x3, 1 to 32", (3, 3, 1, 32)),
    ("Conv2D", "3x2, 5 to 8", (3, 2, 5, 8)),
    ("Conv2DTranspose", "3x3, 8 to 16", (3, 3, 16, 8)),
    ("Conv2DTranspose", "3x2, 5 to 8", (3, 2, 8, 5)),
    ("Dense", "7 to 3", (7, 3)),
]
NAMES = ["glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal"]
# The standard deviation of a standard normal cut at +-2; Keras divides by it.
TRUNCATED_STDDEV = 0.87962566103423978

cases = []
for layer, what, kernel_shape in SHAPES:
    fan_in, fan_out = compute_fans(kernel_shape)
    for name in NAMES:
        initializer = keras.initializers.get(name)
        n = {"fan_in": fan_in, "fan_avg": (fan_in + fan_out) / 2}[initializer.mode]
        variance = initializer.scale / max(1.0, n)
        if initializer.distribution == "uniform":
            bound = math.sqrt(3 * variance)
            drawn = {"distribution": "uniform"}
        else:
            before_cut = math.sqrt(variance) / TRUNCATED_STDDEV
            bound = 2 * before_cut
            drawn = {"distribution": "normal cut at two standard deviations", "stddev_before_cut": before_cut}
        # Many kernels of the same shape: the fans come from the shape asked for.
        draws = 1 + 60_000 // math.prod(kernel_shape)
        sample = np.stack([np.asarray(initializer.clone()(kernel_shape)) for _ in range(draws)])
        assert abs(sample).max() <= bound * (1 + 1e-6) and abs(sample).max() > 0.98 * bound, (layer, name)
        assert abs(sample.std() / math.sqrt(variance) - 1) < 0.02, (layer, name, sample.std(), math.sqrt(variance))
        cases.append({"layer": layer, "what": what, "kernel_shape": list(kernel_shape), "initializer": name,
                      "mode": initializer.mode, "fan_in": fan_in, "fan_out": fan_out, **drawn,
                      "bound": bound, "stddev": math.sqrt(variance)})

defaults = {}
for layer in (keras.layers.Conv2D(1, 1), keras.layers.Conv2DTranspose(1, 1), keras.layers.Dense(1)):
    defaults[type(layer).__name__] = {"kernel": keras.initializers.serialize(layer.kernel_initializer)["class_name"],
                                      "bias": keras.initializers.serialize(layer.bias_initializer)["class_name"]}
write("initializers", {"defaults": defaults, "cases": cases}, {})
