"""Single layers of Keras with their outputs and all their gradients, recorded for scripts that make goldens of layers."""
from golden import NOT_RECORDED, sixteenths, write  # first: it chooses Keras' backend

import keras
import numpy as np
import tensorflow as tf


class Recorder:
    """Collects cases; `write` makes NAME.json and NAME.npz of them."""

    def __init__(self):
        self.cases, self.arrays, self.config_keys = [], {}, {}

    def record(self, name, layer, *input_shapes, training=False, integers=None, scale=1.0, settings=None, **config):
        """Runs one layer on inputs drawn from the case's name, so that adding a case changes no other.

        training: call it as in training, and record what it makes of weights that no gradient changes ("after.WEIGHT").
        integers: inputs are whole numbers below this one, and have no gradient. scale: of the drawn inputs.
        settings: more of the layer's arguments, for those whose names are taken here.
        """
        assert f"{name}/input" not in self.arrays, name
        config = {**config, **(settings or {})}
        rng = np.random.default_rng(list(name.encode()))
        made = getattr(keras.layers, layer)(**config)
        if integers:
            inputs = [tf.constant(rng.integers(0, integers, s).astype(np.float32)) for s in input_shapes]
        else:
            # Eighths and not sixteenths: a product of three of them, as in separable layers, is exact too.
            inputs = [tf.constant(sixteenths(rng, s, 8) * 2 * scale) for s in input_shapes]
        given = inputs[0] if len(inputs) == 1 else inputs
        made.build(tuple(inputs[0].shape) if len(inputs) == 1 else [tuple(i.shape) for i in inputs])
        made.set_weights([np.abs(w) + 0.25 if "variance" in v.name else w for v, w in
                          ((v, sixteenths(rng, v.shape, 8) * 2) for v in made.weights)])
        found = {key(i): x for i, x in enumerate(inputs)}
        found.update({v.name: np.array(v) for v in made.weights})
        learned = made.trainable_variables
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            y = made(given, training=True) if training else made(given)
            upstream = tf.constant(sixteenths(rng, y.shape, 8) * 2)
            scalar = tf.reduce_sum(y * upstream)
        gradients = tape.gradient(scalar, inputs + [v.value for v in learned], unconnected_gradients="zero")
        if not integers:
            found.update({"gradient." + key(i): g for i, g in enumerate(gradients[:len(inputs)])})
        found.update({"gradient." + v.name: tf.convert_to_tensor(g) for v, g in zip(learned, gradients[len(inputs):])})
        if training:
            found.update({"after." + v.name: np.array(v) for v in made.non_trainable_variables if "seed" not in v.name})
        found.update({"output": y, "upstream": upstream})
        self.arrays.update({f"{name}/{k}": np.asarray(value) for k, value in found.items()})
        self.config_keys[layer] = sorted(set(made.get_config()) - NOT_RECORDED)
        self.cases.append({"name": name, "layer": layer, "config": config, "training": training,
                           "input_shapes": [list(s) for s in input_shapes], "output_shape": list(y.shape),
                           "weights": [v.name for v in made.weights], "parameters": made.count_params()})

    def write(self, name, **more):
        write(name, {"config_keys": self.config_keys, "cases": self.cases, **more}, self.arrays)
        print(f"{len(self.cases)} cases")


def key(index):
    """The name of an input's array: input, input.1, ..."""
    return "input" if index == 0 else f"input.{index}"
