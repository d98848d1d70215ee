"""Makes layers-upsampling and layers-pooling, json and npz: upsampling and pixel shuffle; zero padding, cropping and pooling.

    python make_layers_sampling.py

What Keras' layers compute is recorded from them; they turn channels_first around themselves. What they cannot do comes from functions:
- bicubic with sizes that are no powers of two: keras.ops.image.resize(antialias=True), which changes nothing in upsampling but the rounding:
  without it TensorFlow rounds positions to 1/1024 (`rounding` says how far its layer is off);
- the rule before 2020 and aligned corners: tf.compat.v1.image.resize_*; bicubic with aligned corners: PyTorch;
- pixel shuffle in two axes: keras.ops.depth_to_space and space_to_depth, PyTorch's PixelShuffle and PixelUnshuffle; in one and three: loops.
"""
from layer_golden import Recorder  # first: it chooses Keras' backend
from golden import sixteenths

import itertools

import keras
import numpy as np
import tensorflow as tf
import torch

FIRST = "channels_first"
recorder = Recorder()
rounding = {}


def record_function(name, layer, compute, shape, draw=sixteenths, **config):
    """Records a differentiable function of one TensorFlow tensor, as `Recorder.record` does a layer."""
    rng = np.random.default_rng(list(name.encode()))
    x = tf.constant(draw(rng, shape))
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = compute(x)
        upstream = tf.constant(sixteenths(rng, y.shape, 8) * 2)
        scalar = tf.reduce_sum(y * upstream)
    add(name, layer, config, x, y, upstream, tape.gradient(scalar, x))


def record_torch(name, layer, compute, shape, turned, **config):
    """The same of a PyTorch function over (batch, channels, axes...); turned: the arrays have the channels last."""
    rng = np.random.default_rng(list(name.encode()))
    x = torch.from_numpy(sixteenths(rng, shape)).requires_grad_()
    y = compute(x)
    upstream = torch.from_numpy(sixteenths(rng, tuple(y.shape)))
    (y * upstream).sum().backward()
    arrays = [a.detach().numpy() for a in (x, y, upstream, x.grad)]
    add(name, layer, config if turned else {**config, "data_format": FIRST},
        *(np.moveaxis(a, 1, -1) if turned else a for a in arrays))


def add(name, layer, config, x, y, upstream, gradient):
    assert f"{name}/input" not in recorder.arrays, name
    recorder.config_keys.setdefault(layer, [])
    found = {"input": x, "output": y, "upstream": upstream, "gradient.input": gradient}
    recorder.arrays.update({f"{name}/{key}": np.asarray(value) for key, value in found.items()})
    recorder.cases.append({"name": name, "layer": layer, "config": config, "training": False, "input_shapes": [list(x.shape)],
                           "output_shape": list(y.shape), "weights": [], "parameters": 0})


def shown(**config):
    return " ".join(f"{key} {value}" for key, value in config.items())


def keras_layer(layer, shape, **config):
    recorder.record(f"{layer} {shown(**config)} of {list(shape)}", layer, shape, **config)


def upsampling():
    for size in (1, 2, 3):
        keras_layer("UpSampling1D", (2, 4, 3), size=size)
    for size, data_format in itertools.product(([2, 2], [1, 3], [3, 2]), ("channels_last", FIRST)):
        keras_layer("UpSampling2D", (2, 3, 4, 2), size=size, data_format=data_format)
        keras_layer("UpSampling3D", (1, 3, 2, 4, 2), size=[*size, 2], data_format=data_format)
    for size, shape in (([2, 2], (2, 3, 4, 2)), ([2, 4], (1, 5, 3, 2)), ([4, 1], (1, 1, 6, 1)), ([3, 5], (1, 4, 3, 2)), ([7, 3], (1, 2, 6, 1))):
        for interpolation in ("bilinear", "bicubic", "lanczos3", "lanczos5"):
            config = dict(size=size, interpolation=interpolation)
            if interpolation == "bicubic" and not set(size) <= {1, 2, 4, 8}:
                large = (size[0] * shape[1], size[1] * shape[2])
                name = f"UpSampling2D {shown(**config)} of {list(shape)} by resize"
                record_function(name, "UpSampling2D", lambda x: keras.ops.image.resize(x, large, interpolation, antialias=True), shape, **config)
                layer = np.asarray(keras.layers.UpSampling2D(**config)(recorder.arrays[f"{name}/input"]))
                rounding[f"size {size}"] = float(np.abs(layer - recorder.arrays[f"{name}/output"]).max())
            else:
                keras_layer("UpSampling2D", shape, **config)
    for interpolation in ("bilinear", "bicubic", "lanczos3"):
        keras_layer("UpSampling2D", (1, 2, 3, 4), size=[2, 4], interpolation=interpolation, data_format=FIRST)


def other_positions():
    tf1 = tf.compat.v1.image
    for size, shape in (([2, 2], (2, 3, 4, 2)), ([2, 4], (1, 5, 3, 2)), ([3, 1], (1, 4, 3, 1)), ([4, 5], (1, 1, 6, 2))):
        large = (size[0] * shape[1], size[1] * shape[2])
        for interpolation, resize in (("nearest", tf1.resize_nearest_neighbor), ("bilinear", tf1.resize_bilinear), ("bicubic", tf1.resize_bicubic)):
            for position, arguments in (("asymmetric", dict(half_pixel_centers=False)), ("align_corners", dict(align_corners=True))):
                if interpolation == "bicubic" and (position == "align_corners" or not set(size) <= {1, 2, 4}):
                    continue  # positions that TensorFlow rounds
                config = dict(size=size, interpolation=interpolation, coordinate_transformation=position)
                record_function(f"UpSampling2D {shown(**config)} of {list(shape)}", "UpSampling2D", lambda x: resize(x, large, **arguments), shape, **config)
    for size, shape in (([2, 3], (1, 2, 3, 4)), ([5, 1], (1, 1, 4, 2))):
        config = dict(size=size, interpolation="bicubic", coordinate_transformation="align_corners")
        record_torch(f"UpSampling2D {shown(**config)} by PyTorch", "UpSampling2D",
                     lambda x: torch.nn.functional.interpolate(x, scale_factor=tuple(map(float, size)), mode="bicubic", align_corners=True),
                     shape, True, **config)


def margins():
    for ends in (0, 2, [1, 3], [0, 2]):
        keras_layer("ZeroPadding1D", (2, 5, 3), padding=ends)
        keras_layer("Cropping1D", (2, 6, 3), cropping=ends)
    keras_layer("ZeroPadding1D", (2, 3, 5), padding=[2, 1], data_format=FIRST)
    for ends in (1, [2, 0], [[1, 2], [0, 3]], [[0, 0], [2, 1]]):
        for data_format in ("channels_last", FIRST):
            keras_layer("ZeroPadding2D", (2, 3, 4, 2), padding=ends, data_format=data_format)
            keras_layer("Cropping2D", (2, 6, 7, 5), cropping=ends, data_format=data_format)
    for ends in (1, [1, 0, 2], [[1, 0], [0, 2], [1, 1]]):
        for data_format in ("channels_last", FIRST):
            keras_layer("ZeroPadding3D", (1, 2, 3, 2, 3), padding=ends, data_format=data_format)
            keras_layer("Cropping3D", (1, 4, 5, 6, 6), cropping=ends, data_format=data_format)


POOLS = {1: ((7,), ((2,), None), ((3,), (1,)), ((2,), (3,)), ((4,), (2,))),
         2: ((7, 6), ((2, 2), None), ((3, 2), (2, 1)), ((2, 3), (3, 3)), ((3, 3), (1, 2)), ((1, 2), (2, 2))),
         3: ((5, 4, 6), ((2, 2, 2), None), ((3, 2, 1), (2, 1, 3)), ((2, 3, 3), (1, 1, 2)))}


def windows():
    for axes, (positions, *pools) in POOLS.items():
        for i, ((pool, strides), padding, kind) in enumerate(itertools.product(pools, ("valid", "same"), ("Max", "Average"))):
            first = (i // 4 + (padding == "same")) % 2 and kind == "Max" or i % 8 == 5
            shape = (2, 2, *positions) if first else (2, *positions, 2)
            config = dict(pool_size=list(pool), strides=strides and list(strides), padding=padding, data_format=FIRST if first else "channels_last")
            if kind == "Max" and axes == 3:
                distinct(f"MaxPooling3D {shown(**config)}", shape, config)
            else:
                keras_layer(f"{kind}Pooling{axes}D", shape, **config)
    for strides, padding in (([1, 1], "valid"), ([2, 1], "same")):
        config = dict(pool_size=[3, 2], strides=strides, padding=padding)
        record_function(f"MaxPooling2D {shown(**config)} ties", "MaxPooling2D", keras.layers.MaxPooling2D(**config), (2, 5, 6, 2),
                        lambda rng, shape: rng.integers(-2, 0, shape).astype(np.float32), **config)
    record_function("MaxPooling1D ties", "MaxPooling1D", keras.layers.MaxPooling1D(3, 1), (2, 8, 2),
                    lambda rng, shape: rng.integers(0, 2, shape).astype(np.float32), pool_size=[3], strides=[1])


def distinct(name, shape, config):
    """Without ties: TensorFlow's 3-D pooling gives each of several largest values the whole gradient on CPUs."""
    recorder.config_keys["MaxPooling3D"] = ["data_format", "padding", "pool_size", "strides"]
    record_function(name, "MaxPooling3D", keras.layers.MaxPooling3D(**config), shape,
                    lambda rng, s: (rng.permutation(int(np.prod(s))).reshape(s) / 64 - 2).astype(np.float32), **config)


def everywhere():
    for kind, (axes, positions) in itertools.product(("Max", "Average"), ((1, (6,)), (2, (3, 5)), (3, (2, 4, 3)))):
        for keepdims, first in itertools.product((False, True), (False, True)):
            shape = (2, 3, *positions) if first else (2, *positions, 3)
            keras_layer(f"Global{kind}Pooling{axes}D", shape, keepdims=keepdims, data_format=FIRST if first else "channels_last")
    record_function("GlobalMaxPooling2D ties", "GlobalMaxPooling2D", keras.layers.GlobalMaxPooling2D(), (2, 3, 4, 2),
                    lambda rng, s: rng.integers(0, 2, s).astype(np.float32))


def pixels():
    for factor, (height, width) in itertools.product((1, 2, 3), ((2, 3), (4, 1))):
        small, large = (2, height, width, 2 * factor ** 2), (2, height * factor, width * factor, 2)
        record_function(f"PixelShuffle {factor} of {height}x{width}", "PixelShuffle", lambda x: keras.ops.depth_to_space(x, factor) if factor > 1 else x,
                        small, upscale_factor=factor)
        record_function(f"PixelUnshuffle {factor} of {height}x{width}", "PixelUnshuffle", lambda x: keras.ops.space_to_depth(x, factor) if factor > 1 else x,
                        large, downscale_factor=factor)
        for last in (False, True):
            record_torch(f"PixelShuffle {factor} of {height}x{width} by PyTorch, {last}", "PixelShuffle", torch.nn.PixelShuffle(factor),
                         (2, 3 * factor ** 2, height, width), last, upscale_factor=factor, channel_order="pytorch")
            record_torch(f"PixelUnshuffle {factor} of {height}x{width} by PyTorch, {last}", "PixelUnshuffle", torch.nn.PixelUnshuffle(factor),
                         (2, 3, height * factor, width * factor), last, downscale_factor=factor, channel_order="pytorch")
    for positions, factor, order in itertools.product(((4,), (2, 1, 3)), (2, 3), ("tensorflow", "pytorch")):
        shape = (1, *positions, 2 * factor ** len(positions))
        source = shuffled(np.arange(np.prod(shape)).reshape(shape), factor, order)
        undone = np.argsort(source, axis=None).reshape(shape)
        for layer, gather, of in (("PixelShuffle", source, shape), ("PixelUnshuffle", undone, source.shape)):
            argument = "upscale_factor" if layer == "PixelShuffle" else "downscale_factor"
            record_function(f"{layer} {factor} of {list(of)}, {order}", layer, lambda x: tf.gather(tf.reshape(x, [-1]), gather), of,
                            **{argument: factor, "channel_order": order})


def shuffled(x, factor, order):
    """Pixel shuffle in any number of axes, position by position."""
    axes, channels = x.ndim - 2, x.shape[-1] // factor ** (x.ndim - 2)
    y = np.empty((x.shape[0], *(n * factor for n in x.shape[1:-1]), channels), x.dtype)
    for *at, c in itertools.product(*(range(n) for n in y.shape[1:-1]), range(channels)):
        block = 0
        for position in at:
            block = block * factor + position % factor
        channel = block * channels + c if order == "tensorflow" else c * factor ** axes + block
        y[(slice(None), *at, c)] = x[(slice(None), *(position // factor for position in at), channel)]
    return y


upsampling()
other_positions()
pixels()
recorder.write("layers-upsampling", rounding=rounding)
recorder = Recorder()
margins()
windows()
everywhere()
recorder.write("layers-pooling")
