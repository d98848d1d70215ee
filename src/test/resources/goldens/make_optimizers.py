"""Makes optimizers.json and optimizers.npz: two variables after each of five steps on given gradients.

    python make_optimizers.py
"""
from golden import write  # first: it chooses Keras' backend

import keras
import numpy as np

STEPS = 5
SETTINGS = [
    ("adam", "Adam", {}),
    ("adam set otherwise", "Adam", dict(learning_rate=0.02, beta_1=0.8, beta_2=0.95, epsilon=1e-3)),
    ("sgd", "SGD", {}),
    ("sgd set otherwise", "SGD", dict(learning_rate=0.25)),
    ("sgd with momentum", "SGD", dict(learning_rate=0.1, momentum=0.9)),
    ("sgd with nesterov momentum", "SGD", dict(learning_rate=0.1, momentum=0.9, nesterov=True)),
]
DEFAULTS = {"Adam": ["learning_rate", "beta_1", "beta_2", "epsilon", "amsgrad"],
            "SGD": ["learning_rate", "momentum", "nesterov"]}

rng = np.random.default_rng(5)
start = [rng.standard_normal((3, 2)).astype(np.float32), rng.standard_normal(2).astype(np.float32)]
arrays = {"start/0": start[0], "start/1": start[1]}
for step in range(1, STEPS + 1):
    kernel, bias = rng.standard_normal((3, 2)).astype(np.float32), rng.standard_normal(2).astype(np.float32)
    # So small that Adam's epsilon decides, and never any gradient at all.
    kernel[0, 0] *= 1e-7
    kernel[1, 1] *= 1e-4
    bias[1] = 0
    arrays |= {f"gradient.{step}/0": kernel, f"gradient.{step}/1": bias}

cases = []
for name, kind, settings in SETTINGS:
    optimizer = getattr(keras.optimizers, kind)(**settings)
    variables = [keras.Variable(v) for v in start]
    optimizer.build(variables)
    for step in range(1, STEPS + 1):
        optimizer.apply([keras.ops.convert_to_tensor(arrays[f"gradient.{step}/{i}"]) for i in range(2)], variables)
        for i, variable in enumerate(variables):
            arrays[f"{name}.{step}/{i}"] = np.array(variable.numpy())
    cases.append({"name": name, "optimizer": kind, "config": settings})

defaults = {kind: {k: v for k, v in getattr(keras.optimizers, kind)().get_config().items() if k in keys}
            for kind, keys in DEFAULTS.items()}
write("optimizers", {"steps": STEPS, "variables": 2, "defaults": defaults, "cases": cases}, arrays)
