"""Makes layers-nd.json and layers-nd.npz: convolutions of 1 and 3 axes, groups, causal padding, depthwise and separable layers.

    python make_layers_nd.py
"""
from golden import sixteenths, write  # first: it chooses Keras' backend

import keras
import numpy as np
import tensorflow as tf

cases, arrays = [], {}
STEPS, PICTURE, VOLUME = (2, 9, 2), (2, 6, 5, 4), (2, 5, 4, 6, 2)


def record(name, layer, input_shape, **config):
    """Runs one layer on one input; none of these may fail."""
    assert f"{name}/input" not in arrays, name
    # The seed comes from the name, so that adding a case changes no other.
    rng = np.random.default_rng(list(name.encode()))
    made = getattr(keras.layers, layer)(**config)
    made.build((None, *input_shape[1:]))
    # Eighths and not sixteenths: a product of three of them, as in separable layers, is exact too.
    made.set_weights([sixteenths(rng, w.shape, 8) * 2 for w in made.get_weights()])
    x = tf.constant(sixteenths(rng, input_shape, 8) * 2)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = made(x)
        upstream = tf.constant(sixteenths(rng, y.shape, 8) * 2)
        scalar = tf.reduce_sum(y * upstream)
    gradients = tape.gradient(scalar, [x] + [v.value for v in made.trainable_variables])
    names = [v.name for v in made.trainable_variables]
    found = {"input": x, "output": y, "upstream": upstream, "gradient.input": gradients[0]}
    for variable, weight, gradient in zip(names, made.get_weights(), gradients[1:]):
        found[variable] = weight
        found["gradient." + variable] = gradient
    assert tuple(y.shape) == tuple(made.compute_output_shape(input_shape)), name
    arrays.update({f"{name}/{key}": np.asarray(value) for key, value in found.items()})
    cases.append({"name": name, "layer": layer, "config": config, "input_shape": list(input_shape), "output_shape": list(y.shape),
                  "weights": names, "parameters": made.count_params(), "arrays": list(found)})


def one_axis():
    for k in (1, 2, 3, 4):
        for s in (1, 2, 3):
            for padding in ("valid", "same", "causal"):
                if (k + s) % 2 or padding == "causal":
                    record(f"conv1d k{k} s{s} {padding}", "Conv1D", STEPS, filters=3, kernel_size=[k], strides=[s], padding=padding)
    for padding in ("valid", "same", "causal"):
        record(f"conv1d k3 d2 {padding}", "Conv1D", STEPS, filters=3, kernel_size=[3], dilation_rate=[2], padding=padding)
        record(f"conv1d k2 s2 g2 {padding}", "Conv1D", (2, 7, 4), filters=6, kernel_size=[2], strides=[2], groups=2, padding=padding)
    record("conv1d causal tanh without bias", "Conv1D", STEPS, filters=2, kernel_size=[4], padding="causal", activation="tanh", use_bias=False)
    for k, s, p in ((1, 1, None), (2, 1, None), (2, 3, None), (3, 2, None), (3, 2, 0), (3, 2, 1), (4, 3, 2), (3, 4, 0), (4, 2, 1)):
        for padding in ("valid", "same"):
            record(f"conv1d_transpose k{k} s{s} {padding}" + ("" if p is None else f" p{p}"), "Conv1DTranspose", (2, 4, 3),
                   filters=2, kernel_size=[k], strides=[s], padding=padding, output_padding=None if p is None else [p])
    for padding in ("valid", "same"):
        record(f"conv1d_transpose k3 d2 {padding}", "Conv1DTranspose", (2, 4, 3), filters=2, kernel_size=[3], dilation_rate=[2], padding=padding)
    record("conv1d_transpose relu without bias", "Conv1DTranspose", (2, 5, 2), filters=4, kernel_size=[4], strides=[2], activation="relu",
           use_bias=False)


def two_axes():
    for kernel, strides, dilation, groups, padding in (
            ([3, 2], [1, 1], [1, 1], 2, "valid"), ([3, 2], [2, 1], [1, 1], 2, "same"), ([2, 3], [1, 1], [2, 1], 4, "same"),
            ([1, 1], [1, 1], [1, 1], 4, "valid"), ([4, 1], [2, 3], [1, 1], 2, "same")):
        record(f"conv2d k{kernel} s{strides} d{dilation} g{groups} {padding}", "Conv2D", PICTURE, filters=8, kernel_size=kernel,
               strides=strides, dilation_rate=dilation, groups=groups, padding=padding)
    # Unlike other convolutions, these take strides and dilation together.
    for kernel, strides, dilation, multiplier, padding in (
            ([3, 2], [1, 1], [1, 1], 1, "valid"), ([3, 2], [1, 1], [1, 1], 2, "same"), ([2, 3], [2, 2], [1, 1], 3, "same"),
            ([4, 3], [2, 2], [1, 1], 1, "valid"), ([3, 2], [1, 1], [2, 2], 2, "valid"), ([2, 3], [1, 1], [2, 1], 1, "same"),
            ([1, 1], [1, 1], [1, 1], 2, "valid"), ([3, 3], [3, 3], [1, 1], 2, "same"), ([3, 2], [2, 1], [1, 1], 2, "valid"),
            ([2, 3], [1, 3], [1, 1], 1, "same"), ([2, 3], [2, 2], [2, 2], 2, "valid"), ([3, 2], [2, 2], [2, 3], 1, "valid"),
            ([3, 2], [2, 2], [2, 2], 2, "same"), ([2, 2], [3, 3], [2, 1], 1, "same")):
        shown = f"k{kernel} s{strides} d{dilation} m{multiplier} {padding}"
        config = dict(kernel_size=kernel, strides=strides, dilation_rate=dilation, depth_multiplier=multiplier, padding=padding)
        record(f"depthwise_conv2d {shown}", "DepthwiseConv2D", (2, 7, 6, 3), **config)
        record(f"separable_conv2d {shown}", "SeparableConv2D", (2, 7, 6, 3), filters=4, **config)
    record("depthwise_conv2d relu without bias", "DepthwiseConv2D", PICTURE, kernel_size=[2, 2], activation="relu", use_bias=False)
    record("depthwise_conv2d of one channel", "DepthwiseConv2D", (1, 4, 5, 1), kernel_size=[3, 2], depth_multiplier=3)
    record("separable_conv2d sigmoid without bias", "SeparableConv2D", PICTURE, filters=2, kernel_size=[2, 2], activation="sigmoid",
           use_bias=False)


def three_axes():
    for kernel, strides, dilation, groups, padding in (
            ([2, 3, 1], [1, 1, 1], [1, 1, 1], 1, "valid"), ([2, 3, 4], [1, 1, 1], [1, 1, 1], 1, "same"), ([3, 2, 2], [2, 1, 3], [1, 1, 1], 1, "same"),
            ([3, 2, 2], [2, 1, 3], [1, 1, 1], 1, "valid"), ([2, 2, 3], [1, 1, 1], [1, 2, 2], 1, "valid"), ([2, 2, 3], [1, 1, 1], [2, 1, 2], 1, "same"),
            ([2, 1, 3], [1, 2, 1], [1, 1, 1], 2, "same"), ([3, 2, 2], [1, 1, 1], [1, 1, 1], 2, "valid")):
        record(f"conv3d k{kernel} s{strides} d{dilation} g{groups} {padding}", "Conv3D", VOLUME, filters=4, kernel_size=kernel,
               strides=strides, dilation_rate=dilation, groups=groups, padding=padding)
    for kernel, strides, p in (([2, 3, 1], [1, 1, 1], None), ([2, 3, 4], [2, 1, 3], None), ([3, 2, 2], [2, 2, 2], [1, 1, 1]),
                               ([3, 1, 3], [2, 3, 2], [0, 2, 1]), ([1, 2, 3], [2, 1, 4], None)):
        for padding in ("valid", "same"):
            record(f"conv3d_transpose k{kernel} s{strides} {padding}" + ("" if p is None else f" p{p}"), "Conv3DTranspose", (2, 3, 2, 4, 3),
                   filters=2, kernel_size=kernel, strides=strides, padding=padding, output_padding=p)
    record("conv3d_transpose relu without bias", "Conv3DTranspose", (1, 2, 3, 2, 2), filters=3, kernel_size=[2, 3, 2], strides=[2, 2, 2],
           activation="relu", use_bias=False)


one_axis()
two_axes()
three_axes()
write("layers-nd", {"cases": cases}, arrays)
print(f"{len(cases)} cases")
