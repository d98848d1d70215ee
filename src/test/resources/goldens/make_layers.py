"""Makes layers.json and layers.npz: forward values and gradients of single layers, and what Keras refuses.

    python make_layers.py
"""
from golden import message, sixteenths, write  # first: it chooses Keras' backend

import keras
import numpy as np
import tensorflow as tf

ACTIVATIONS = ["linear", "relu", "sigmoid", "tanh", "softmax"]
cases, refused, arrays, names_taken = [], [], {}, set()


def record(name, layer, config, input_shape):
    """Runs one layer on one input; an error of Keras or TensorFlow makes it a refused case."""
    assert name not in names_taken, name
    names_taken.add(name)
    entry = {"name": name, "layer": layer, "config": config, "input_shape": list(input_shape)}
    # The seed comes from the name, so that adding a case changes no other.
    rng = np.random.default_rng(list(name.encode()))
    stage = "construct"
    try:
        made = getattr(keras.layers, layer)(**config)
        stage = "build"
        made.build((None, *input_shape[1:]))
        made.set_weights([sixteenths(rng, w.shape) for w in made.get_weights()])
        x = tf.constant(sixteenths(rng, input_shape))
        stage = "call"
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = made(x)
            upstream = tf.constant(sixteenths(rng, y.shape))
            scalar = tf.reduce_sum(y * upstream)
        stage = "gradient"
        names = [v.name for v in made.trainable_variables]
        gradients = tape.gradient(scalar, [x] + [v.value for v in made.trainable_variables])
    except Exception as error:
        refused.append({**entry, "stage": stage, "error": type(error).__name__, "message": message(error)})
        return
    found = {"input": x, "output": y, "upstream": upstream, "gradient.input": gradients[0]}
    for variable, weight, gradient in zip(names, made.get_weights(), gradients[1:]):
        found[variable] = weight
        found["gradient." + variable] = gradient
    assert tuple(y.shape) == tuple(made.compute_output_shape(input_shape)), name
    arrays.update({f"{name}/{key}": np.asarray(value) for key, value in found.items()})
    cases.append({**entry, "output_shape": list(y.shape), "arrays": list(found)})


def other(value, count):
    """Another value of 1..count for the second axis, so that no case is square."""
    return value % count + 1


def conv2d():
    for k in (1, 2, 3, 4):
        for s in (1, 2, 3):
            for padding in ("valid", "same"):
                kernel, strides = [k, other(k, 4)], [s, other(s, 3)]
                record(f"conv2d k{kernel[0]}{kernel[1]} s{strides[0]}{strides[1]} {padding}", "Conv2D",
                       dict(filters=3, kernel_size=kernel, strides=strides, padding=padding), (2, 7, 6, 2))
    for kernel, dilation in (([3, 3], [2, 2]), ([3, 2], [1, 2]), ([2, 4], [2, 1]), ([2, 3], [3, 2])):
        for padding in ("valid", "same"):
            record(f"conv2d k{kernel[0]}{kernel[1]} d{dilation[0]}{dilation[1]} {padding}", "Conv2D",
                   dict(filters=2, kernel_size=kernel, dilation_rate=dilation, padding=padding), (2, 8, 7, 3))
    for activation in ACTIVATIONS:
        record(f"conv2d {activation}", "Conv2D",
               dict(filters=4, kernel_size=[3, 2], padding="same", activation=activation), (2, 4, 5, 2))
    record("conv2d without bias", "Conv2D", dict(filters=4, kernel_size=[2, 3], use_bias=False), (2, 4, 5, 1))
    record("conv2d one pixel out", "Conv2D", dict(filters=2, kernel_size=[4, 3]), (1, 4, 3, 3))
    record("conv2d same, kernel above input", "Conv2D",
           dict(filters=2, kernel_size=[4, 3], padding="same"), (1, 2, 1, 3))
    record("conv2d same, stride above input", "Conv2D",
           dict(filters=2, kernel_size=[2, 1], strides=[3, 3], padding="same"), (1, 2, 2, 1))


def conv2d_transpose():
    for k in (1, 2, 3, 4):
        for s in (1, 2, 3):
            for padding in ("valid", "same"):
                for p in [None, *range(s)]:
                    kernel, strides = [k, other(k, 4)], [s, other(s, 3)]
                    # TensorFlow refuses output padding 0 for an even kernel and same; only the first axis shall try it.
                    if p is not None and padding == "same" and kernel[1] % 2 == 0:
                        strides[1] = max(2, strides[1])
                    output_padding = None if p is None else [p, strides[1] - 1]
                    shown = "" if p is None else f" p{output_padding[0]}{output_padding[1]}"
                    record(f"conv2d_transpose k{kernel[0]}{kernel[1]} s{strides[0]}{strides[1]} {padding}{shown}",
                           "Conv2DTranspose", dict(filters=2, kernel_size=kernel, strides=strides, padding=padding,
                                                   output_padding=output_padding), (2, 4, 3, 3))
    for kernel, dilation in (([3, 3], [2, 2]), ([3, 2], [1, 2]), ([2, 4], [2, 1]), ([2, 3], [3, 2])):
        for padding in ("valid", "same"):
            for p in (None, 0):
                record(f"conv2d_transpose k{kernel[0]}{kernel[1]} d{dilation[0]}{dilation[1]} {padding}"
                       + ("" if p is None else " p00"), "Conv2DTranspose",
                       dict(filters=2, kernel_size=kernel, dilation_rate=dilation, padding=padding,
                            output_padding=None if p is None else [p, p]), (2, 4, 3, 3))
    for activation in ACTIVATIONS:
        record(f"conv2d_transpose {activation}", "Conv2DTranspose",
               dict(filters=4, kernel_size=[3, 2], strides=[2, 1], padding="same", activation=activation), (2, 3, 4, 2))
    record("conv2d_transpose without bias", "Conv2DTranspose",
           dict(filters=4, kernel_size=[2, 3], strides=[2, 2], use_bias=False), (2, 3, 2, 1))
    record("conv2d_transpose of one pixel", "Conv2DTranspose",
           dict(filters=2, kernel_size=[3, 4], strides=[2, 3], padding="same"), (1, 1, 1, 2))
    record("conv2d_transpose same, kernel above output", "Conv2DTranspose",
           dict(filters=2, kernel_size=[4, 3], padding="same"), (1, 2, 1, 3))
    record("conv2d_transpose valid, kernel above input", "Conv2DTranspose",
           dict(filters=2, kernel_size=[3, 4], strides=[1, 2]), (1, 2, 1, 3))


def dense_and_shapes():
    for activation in ACTIVATIONS:
        record(f"dense {activation}", "Dense", dict(units=4, activation=activation), (3, 5))
    record("dense without bias", "Dense", dict(units=2, use_bias=False), (3, 5))
    record("dense on rank 3", "Dense", dict(units=4, activation="tanh"), (2, 3, 5))
    record("dense on rank 4", "Dense", dict(units=3, activation="relu"), (2, 3, 2, 4))
    for shape in ((2, 5), (2, 3, 4), (2, 3, 4, 5), (2, 1, 1, 1)):
        record(f"flatten rank {len(shape)} of {shape[-1]}", "Flatten", {}, shape)
    record("reshape 12 to 3x4", "Reshape", dict(target_shape=[3, 4]), (2, 12))
    record("reshape 3x4 to 2x3x2", "Reshape", dict(target_shape=[2, 3, 2]), (2, 3, 4))
    record("reshape 3x4x2 to ?x6", "Reshape", dict(target_shape=[-1, 6]), (2, 3, 4, 2))
    record("reshape 3x4 to 12", "Reshape", dict(target_shape=[12]), (2, 3, 4))


def mistakes():
    """Settings that somebody will type: what Keras says to each."""
    for layer in ("Conv2D", "Conv2DTranspose"):
        def wrong(name, shape=(2, 4, 3, 3), layer=layer, **config):
            record(f"{layer} {name}", layer, {"filters": 2, "kernel_size": [3, 2], **config}, shape)
        wrong("filters 0", filters=0)
        wrong("filters -1", filters=-1)
        wrong("kernel 0", kernel_size=[0, 2])
        wrong("kernel -1", kernel_size=[-1, 2])
        wrong("stride 0", strides=[0, 1])
        wrong("stride -1", strides=[-1, 1])
        wrong("dilation 0", dilation_rate=[0, 1])
        wrong("strides with dilation", strides=[2, 2], dilation_rate=[2, 2])
        wrong("stride on one axis, dilation on the other", strides=[2, 1], dilation_rate=[1, 2])
        wrong("padding full", padding="full")
        wrong("activation unknown", activation="rlu")
        wrong("rank 3 input", shape=(2, 4, 3))
        wrong("rank 5 input", shape=(2, 4, 3, 2, 3))
    record("Conv2D kernel above input", "Conv2D", dict(filters=2, kernel_size=[3, 2]), (2, 2, 3, 3))
    for strides, p in (([1, 1], [1, 1]), ([2, 2], [2, 1]), ([2, 3], [1, 3]), ([2, 2], [-1, 0])):
        record(f"Conv2DTranspose strides {strides} output padding {p}", "Conv2DTranspose",
               dict(filters=2, kernel_size=[3, 2], strides=strides, output_padding=p), (2, 4, 3, 3))
    record("Dense units 0", "Dense", dict(units=0), (2, 3))
    record("Dense units -1", "Dense", dict(units=-1), (2, 3))
    record("Reshape to another size", "Reshape", dict(target_shape=[5]), (2, 3, 4))
    record("Reshape with two unknowns", "Reshape", dict(target_shape=[-1, -1]), (2, 3, 4))
    record("Reshape not divisible", "Reshape", dict(target_shape=[-1, 5]), (2, 3, 4))


conv2d()
conv2d_transpose()
dense_and_shapes()
mistakes()
write("layers", {"cases": cases, "refused": refused}, arrays)
print(f"{len(cases)} cases, {len(refused)} refused")
