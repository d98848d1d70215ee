"""Makes layers-activations.json and layers-activations.npz: activation functions, and the layers that are one.

    python make_layers_activations.py

Inputs are multiples of 1/8 times a scale, so that they meet the kinks at 0, 0.5, 1, 3 and 6. Keras' sparsemax is left out: it adds
cumulative sums where sums are meant, and its rows do not add up to 1 (0.3, 0.2, 0.1 gives a sum of 0.233).
"""
from layer_golden import Recorder  # first: it chooses Keras' backend

import keras
import numpy as np

FUNCTIONS = ["linear", "relu", "relu6", "leaky_relu", "elu", "selu", "celu", "gelu", "silu", "swish", "hard_silu", "hard_swish",
             "sigmoid", "hard_sigmoid", "log_sigmoid", "tanh", "hard_tanh", "tanh_shrink", "softplus", "softsign", "soft_shrink",
             "hard_shrink", "squareplus", "sparse_plus", "sparse_sigmoid", "softmax", "log_softmax", "exponential", "mish"]
# exp overflows float32 above 88; near 0 TensorFlow's exp(x) - 1 and x - tanh(x) run out of float32's digits.
# The slope of a softmax of large numbers is 0 but for rounding.
LARGE, SMALL = {"exponential": 20, "softmax": 10}, {"tanh_shrink": 0.25}

recorder = Recorder()


def without_zeros(name, layer, shape, **config):
    """TensorFlow adds both one-sided slopes of celu at 0, and gets 2: such inputs are drawn anew."""
    for number in range(100):
        drawn = np.random.default_rng(list(f"{name} {number}".encode())).integers(-8, 9, shape)
        if drawn.all():
            return recorder.record(f"{name} {number}", layer, shape, **config)
    raise AssertionError(name)


def functions():
    for function in FUNCTIONS:
        for what, scale in (("mild", 4), ("near zero", SMALL.get(function, 1 / 64)), ("large", LARGE.get(function, 100))):
            name = f"activation {function}, {what}"
            if function == "celu":
                without_zeros(name, "Activation", (2, 3, 2), activation=function, scale=scale)
            else:
                recorder.record(name, "Activation", (2, 3, 4), activation=function, scale=scale)
        if function != "celu":
            recorder.record(f"dense {function}", "Dense", (3, 5), units=4, activation=function, scale=2)
    recorder.record("conv2d gelu", "Conv2D", (2, 5, 4, 2), filters=3, kernel_size=[3, 2], activation="gelu")
    recorder.record("conv2d_transpose mish", "Conv2DTranspose", (2, 3, 4, 2), filters=3, kernel_size=[3, 2], strides=[2, 1], activation="mish")
    recorder.record("activation softmax, channels", "Activation", (2, 3, 2, 5), activation="softmax", scale=4)
    recorder.record("activation log_softmax of one", "Activation", (3, 1), activation="log_softmax", scale=4)


def layers():
    for largest in (None, 0.5, 2.0, 6):
        for slope in (0.0, 0.25):
            for threshold in (0.0, 0.5, 1.0):
                recorder.record(f"relu max {largest} slope {slope} threshold {threshold}", "ReLU", (2, 5, 4), scale=8,
                                max_value=largest, negative_slope=slope, threshold=threshold)
    for slope in (0.0, 0.3, 2.0):
        recorder.record(f"leaky_relu {slope}", "LeakyReLU", (2, 3, 4, 2), scale=2, negative_slope=slope)
    recorder.record("leaky_relu large", "LeakyReLU", (3, 7), scale=100)
    for alpha in (1.0, 0.5, 2.0):
        recorder.record(f"elu {alpha}", "ELU", (2, 3, 4), scale=4, alpha=alpha)
    for axis in (-1, 1, 2, 3, -2, -3, [1, 2], [2, 3], [1, 3], [-1, 1], [1, 2, 3], [2]):
        recorder.record(f"softmax {axis}", "Softmax", (2, 3, 4, 2), scale=4, axis=axis)
    recorder.record("softmax large", "Softmax", (3, 4), scale=200)
    recorder.record("softmax of one axis", "Softmax", (2, 5), axis=1, scale=4)
    for shape, axes in (((3, 5), None), ((3, 5), [1]), ((2, 4, 3), None), ((2, 4, 3), [1]), ((2, 4, 3), [2]), ((2, 3, 4, 2), [1, 2]),
                        ((2, 3, 4, 2), [3, 1]), ((2, 3, 4, 2), [2]), ((2, 3, 4, 2), [1, 2, 3]), ((2, 2, 3, 2, 2), [1, 2, 3])):
        recorder.record(f"prelu {len(shape)}d shared {axes}", "PReLU", shape, scale=2, shared_axes=axes)


def refused():
    """What Keras refuses; the test of these layers' arguments refuses the same."""
    for layer, shape, config in (("Activation", (2, 3), {"activation": "sigmoidal"}), ("ReLU", (2, 3), {"max_value": -1.0}),
                                 ("ReLU", (2, 3), {"negative_slope": -0.5}), ("ReLU", (2, 3), {"threshold": -2.0}),
                                 ("LeakyReLU", (2, 3), {"negative_slope": -0.1}), ("PReLU", (2, 3, 4), {"shared_axes": [3]}),
                                 ("Softmax", (2, 3), {"axis": 2}), ("Softmax", (2, 3), {"axis": -3})):
        try:
            getattr(keras.layers, layer)(**config)(np.zeros(shape, np.float32))
        except Exception:
            continue
        raise AssertionError(f"Keras takes {layer} {config}")


functions()
layers()
refused()
recorder.config_keys["Dense"].remove("quantization_config")
recorder.write("layers-activations")
