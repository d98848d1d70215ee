"""Prints milliseconds of single transposed convolutions and their two gradients with a peer, as JSON lines.

    python src/bench/python/transposed_convolutions.py PEER src/bench/shapes.json

PEER is pytorch, pytorch-channels-last or tensorflow. What a peer cannot compute is null.
"""
import json
import os
import sys

from timing import median_milliseconds

SECONDS = 0.5


def median(run):
    return median_milliseconds(run, SECONDS)


def with_pytorch(shape, channels_last):
    import torch

    layout = torch.channels_last if channels_last else torch.contiguous_format
    s, d, g = shape["stride"], shape.get("dilation", 1), shape.get("groups", 1)
    p = shape["padding"]
    x = torch.rand(shape["batch"], shape["in"], shape["size"], shape["size"]).to(memory_format=layout)
    w = torch.rand(shape["in"], shape["out"] // g, shape["kernel"], shape["kernel"]).to(memory_format=layout)
    with torch.no_grad():
        forward = lambda: torch.nn.functional.conv_transpose2d(x, w, None, s, p, 0, g, d)  # noqa: E731
        y = torch.rand_like(forward()).to(memory_format=layout)
        backward = lambda mask: torch.ops.aten.convolution_backward(  # noqa: E731
            y, x, w, None, [s, s], [p, p], [d, d], True, [0, 0], g, mask)
        return [median(forward), median(lambda: backward([True, False, False])),
                median(lambda: backward([False, True, False]))]


def with_tensorflow(shape):
    import tensorflow as tf

    s, d, p, k = shape["stride"], shape.get("dilation", 1), shape["padding"], shape["kernel"]
    if shape.get("groups", 1) > 1 or d > 1:
        return [None] * 3
    wide = (shape["size"] - 1) * s + k - 2 * p
    pads = [[0, 0], [p, p], [p, p], [0, 0]] if p else "VALID"
    x = tf.random.uniform((shape["batch"], shape["size"], shape["size"], shape["in"]))
    w = tf.random.uniform((k, k, shape["out"], shape["in"]))
    y = tf.random.uniform((shape["batch"], wide, wide, shape["out"]))
    padding, explicit = "EXPLICIT" if p else "VALID", [0, 0, p, p, p, p, 0, 0] if p else []
    forward = tf.function(lambda: tf.nn.conv2d_transpose(x, w, y.shape, s, pads))
    kernel = tf.function(lambda: tf.raw_ops.Conv2DBackpropFilter(
        input=y, filter_sizes=w.shape, out_backprop=x, strides=[1, s, s, 1], padding=padding, explicit_paddings=explicit))
    return [median(forward), median(tf.function(lambda: tf.nn.conv2d(y, w, s, pads))), median(kernel)]


def main():
    peer, shapes = sys.argv[1], json.load(open(sys.argv[2], encoding="utf-8"))
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    for shape in shapes:
        taken = with_tensorflow(shape) if peer == "tensorflow" else with_pytorch(shape, peer.endswith("last"))
        print(json.dumps(dict(zip(("name", "forward", "input gradient", "kernel gradient"), [shape["name"], *taken]))),
              flush=True)


if __name__ == "__main__":
    main()
