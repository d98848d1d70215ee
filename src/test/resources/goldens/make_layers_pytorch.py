"""Makes layers-pytorch and layers-pytorch-pairs, json and npz: transposed convolutions by PyTorch, in 1-D to 3-D.

    python make_layers_pytorch.py

`config` has the arguments of torch.nn.ConvTransposeNd. The arrays are in our layout: channels last, and a kernel (kernel axes..., out / groups,
in), which is PyTorch's weight (in, out / groups, kernel axes...) with its first two axes reversed and last. In the second file each two
values of two arguments (of the first axis) meet in a case, for each number of axes; `pairs` names the values.
"""
import json
import pathlib
import re

import numpy as np
import torch

import pairs

HERE = pathlib.Path(__file__).parent
torch.use_deterministic_algorithms(True)
cases, arrays, parts = [], {}, 16


def fractions(rng, shape):
    """Multiples of 1/16 (in the second file 1/4) within +-1.5: sums of their products are exact in float32, whatever their order."""
    return torch.from_numpy((rng.integers(-1.5 * parts, 1.5 * parts + 1, tuple(shape)) / parts).astype(np.float32))


def last(tensor):
    """Channels from the second axis to the last."""
    return np.ascontiguousarray(np.moveaxis(tensor.detach().numpy(), 1, -1))


def kernel(weight):
    return np.ascontiguousarray(np.moveaxis(np.moveaxis(weight.detach().numpy(), 1, -1), 0, -1))


def compact(text):
    """Puts a list of plain values on one line."""
    return re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda m: "[" + re.sub(r"\s*\n\s*", " ", m.group(1)) + "]", text)


def record(axes, channels, filters, size, k, s=1, p=0, op=0, d=1, g=1, bias=True, output_size=None, batch=2, name=None):
    def each(number):
        return [number] * axes if isinstance(number, int) else list(number)
    k, s, p, op, d = map(each, (k, s, p, op, d))
    shown = " ".join(f"{key}{'x'.join(map(str, value))}" for key, value in (("k", k), ("s", s), ("p", p), ("op", op), ("d", d)))
    name = name or (f"conv_transpose{axes}d {channels}-{filters} {'x'.join(map(str, size))} {shown} g{g}"
                    + ("" if output_size is None else f" to {'x'.join(map(str, output_size))}") + ("" if bias else " without bias"))
    assert f"{name}/input" not in arrays, name
    rng = np.random.default_rng(list(name.encode()))
    config = dict(in_channels=channels, out_channels=filters, kernel_size=k, stride=s, padding=p, output_padding=op, groups=g, bias=bias, dilation=d)
    layer = getattr(torch.nn, f"ConvTranspose{axes}d")(**config)
    with torch.no_grad():
        for parameter in layer.parameters():
            parameter.copy_(fractions(rng, parameter.shape))
    x = fractions(rng, (batch, channels, *size)).requires_grad_()
    y = layer(x) if output_size is None else layer(x, output_size=output_size)
    upstream = fractions(rng, y.shape)
    (y * upstream).sum().backward()
    found = {"input": last(x), "output": last(y), "upstream": last(upstream), "gradient.input": last(x.grad),
             "kernel": kernel(layer.weight), "gradient.kernel": kernel(layer.weight.grad)}
    if bias:
        found |= {"bias": layer.bias.detach().numpy(), "gradient.bias": layer.bias.grad.numpy()}
    arrays.update({f"{name}/{key}": value for key, value in found.items()})
    cases.append({"name": name, "layer": f"Conv{axes}DTranspose", "config": config, "output_size": output_size,
                  "input_shape": list(found["input"].shape), "output_shape": list(found["output"].shape), "arrays": list(found)})


def one_axis():
    for k, s, p, op, d in ((3, 2, 1, 1, 1), (4, 2, 1, 0, 1), (2, 3, 0, 2, 1), (5, 1, 2, 0, 1), (1, 3, 0, 0, 1), (1, 2, 0, 1, 1), (3, 2, 0, 0, 2),
                           (3, 2, 2, 1, 2), (3, 3, 1, 2, 2), (2, 2, 0, 0, 3), (2, 2, 1, 2, 3), (4, 3, 4, 0, 3), (3, 1, 1, 1, 2), (2, 4, 1, 3, 2)):
        record(1, 3, 2, (5,), k, s, p, op, d)
    for g in (2, 4):
        for k, s, p, op, d in ((3, 1, 0, 0, 1), (3, 2, 1, 1, 1), (2, 3, 1, 2, 2)):
            record(1, 4, 8, (4,), k, s, p, op, d, g)
    record(1, 6, 3, (4,), 3, 2, g=3)
    record(1, 2, 5, (4,), 3, 2, bias=False)
    for size in (7, 8):
        record(1, 2, 3, (4,), 3, 2, 1, output_size=[size])
    for size in (11, 12, 13):
        record(1, 2, 3, (4,), 2, 3, 0, d=1, output_size=[size])


def two_axes():
    for k, s, p, op, d in (((3, 2), 2, (1, 0), 1, 1), ((4, 3), (2, 1), 1, (1, 0), 1), ((3, 2), (2, 3), (1, 2), 0, (2, 3)),
                           ((2, 3), (3, 2), 1, (2, 1), (2, 1)), ((3, 3), 2, 2, 1, 2), ((2, 4), (1, 2), (0, 3), (1, 1), (2, 2)),
                           ((1, 3), (2, 2), (0, 1), (1, 1), 1), ((5, 2), (3, 4), (2, 1), (2, 3), (1, 3)), ((2, 2), 2, 0, 2, 3)):
        for g in (1, 2):
            record(2, 4, 6, (4, 3), k, s, p, op, d, g)
    record(2, 3, 3, (4, 3), (3, 2), 2, 1, 1, 1, 3)
    record(2, 3, 9, (3, 4), (2, 3), (2, 1), 0, (1, 0), (1, 2), 3)
    record(2, 4, 2, (3, 4), (3, 2), (2, 3), bias=False, g=2)
    record(2, 3, 2, (4, 3), (3, 4), (2, 3), 1, output_size=[8, 9])
    record(2, 3, 2, (4, 3), (3, 4), (2, 3), 1, d=(2, 1), output_size=[9, 10])


def three_axes():
    for k, s, p, op, d in (((2, 3, 1), (1, 2, 2), 0, 0, 1), ((3, 2, 2), (2, 1, 3), (1, 0, 1), (1, 0, 2), 1), ((2, 3, 2), 2, (0, 1, 1), 1, (2, 1, 3)),
                           ((1, 2, 3), (2, 2, 1), (0, 1, 2), (1, 0, 1), (1, 1, 2)), ((3, 3, 2), (2, 3, 2), 1, (1, 2, 0), (2, 2, 2))):
        for g in (1, 2):
            record(3, 4, 2, (2, 3, 3), k, s, p, op, d, g)
    record(3, 2, 4, (3, 2, 2), (2, 1, 3), 2, g=2, bias=False)
    record(3, 3, 3, (2, 3, 2), (2, 3, 2), (2, 1, 3), d=(1, 2, 2), g=3)
    record(3, 2, 3, (2, 3, 2), (3, 2, 2), (2, 2, 3), (1, 0, 0), output_size=[4, 7, 5])


PAIRS = {"kernel_size": [1, 2, 3, 4, 5], "stride": [1, 2, 3, 4, 5], "padding": [0, 1, 2], "output_padding": [0, 1, 2, "output_size"], "dilation": [1, 2, 3],
         "groups": [1, 2, 3], "bias": [True, False], "batch": [1, 2], "channels": ["fewer", "more"]}
FEWER_AND_MORE = {1: (2, 3), 2: (2, 4), 3: (3, 6)}


def every_pair():
    for axes, size in ((1, (5,)), (2, (4, 3)), (3, (2, 3, 2))):
        rows, never = pairs.rows(PAIRS | {"axes": [axes]}, lambda row: computable(row, size))
        assert not never, never
        for i, row in enumerate(rows):
            k, s, p, op, d = spread(row, axes)
            output_size = None
            if row["output_padding"] == "output_size":
                output_size = [lengths(*at)[0] + i % at[2] for at in zip(size, k, s, p, [0] * axes, d)]
                op = [0] * axes
            few, more = FEWER_AND_MORE[row["groups"]]
            channels = (few, more) if row["channels"] == "fewer" else (more, few)
            record(axes, *channels, size, k, s, p, op, d, row["groups"], row["bias"], output_size, row["batch"], f"{axes}d {i}")


def spread(row, axes):
    """The arguments of each axis: those of the row on the first, others on the rest."""
    each = [[PAIRS[name][(PAIRS[name].index(row[name]) + axis * step) % len(PAIRS[name])] for axis in range(axes)]
            for name, step in (("kernel_size", 1), ("stride", 3), ("padding", 2), ("dilation", 1))]
    first = row["output_padding"]
    added = [0 if first == "output_size" else min(first, max(s, d) - 1 if axis else 9) for axis, (s, d) in enumerate(zip(each[1], each[3]))]
    return each[0], each[1], each[2], added, each[3]


def lengths(i, k, s, p, op, d):
    """The output's length, and what output padding has to be below."""
    return (i - 1) * s - 2 * p + d * (k - 1) + op + 1, max(s, d)


def computable(row, size):
    each = [(*lengths(*at), at[4]) for at in zip(size, *spread(row, len(size)))]
    return all(length >= 1 and op < bound for length, bound, op in each)


def write(name, **more):
    made_with = {"torch": torch.__version__.split("+")[0], "numpy": np.__version__, "floatx": "float32", "data_format": "channels_last"}
    np.savez_compressed(HERE / f"{name}.npz", **arrays)
    text = json.dumps({"made_with": made_with, **more, "cases": cases}, indent=1)
    (HERE / f"{name}.json").write_text(compact(text) + "\n", encoding="utf-8")
    print(f"{name}: {len(cases)} cases, {len(arrays)} arrays")
    cases.clear()
    arrays.clear()


one_axis()
two_axes()
three_axes()
write("layers-pytorch")
parts = 4
every_pair()
write("layers-pytorch-pairs", pairs=PAIRS)
