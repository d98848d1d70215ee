"""Makes shapes.json: what Keras, PyTorch and ONNX Runtime make of one axis, and ONNX' own node cases.

    python make_shapes.py

Each row ends in the output size and the crop, both null where the framework refuses. The crop is read from the computed
values: tap t of the kernel has the value t + 1, so where an impulse at o shows it tells o * stride + t * dilation - crop.
A crop of null beside a size means that no value of the input reaches the output; a size of 0 is an empty result.
Beside what ONNX Runtime computes stands the size that the shape inference of ONNX itself gives ("inferred").
"""
from golden import MADE_WITH, write  # first: it chooses Keras' backend

import itertools

import keras
import numpy as np
import onnx
import onnxruntime
import torch
from onnx.backend.test.case.node import collect_testcases

onnxruntime.set_default_logger_severity(4)
MADE_WITH.update(torch=torch.__version__.split("+")[0], onnx=onnx.__version__, onnxruntime=onnxruntime.__version__)


def transposed(size, kernel, stride, dilation, run):
    """[output size, crop] of run(impulses (size, size), taps (kernel,)) -> (size, output)."""
    return measured(size, stride, dilation, run, kernel, lambda o, t, j: o * stride + t * dilation - j)


def convolution(size, kernel, stride, dilation, run):
    """[output size, padding at the beginning]."""
    return measured(size, stride, dilation, run, kernel, lambda i, t, j: j * stride + t * dilation - i)


def measured(size, stride, dilation, run, kernel, crop_of):
    try:
        out = np.asarray(run(np.eye(size, dtype=np.float32), np.arange(1, kernel + 1, dtype=np.float32)))
    except Exception:
        return [None, None]
    assert out.shape[0] == size, out.shape
    crops = {crop_of(o, int(v) - 1, j) for (o, j), v in np.ndenumerate(out) if v != 0}
    assert len(crops) <= 1, (size, kernel, stride, dilation, crops)
    return [out.shape[1], *(crops or [None])]


def keras_layer(layer, **config):
    def run(impulses, taps):
        made = layer(1, len(taps), use_bias=False, **config)
        made.build((None, impulses.shape[1], 1))
        made.set_weights([taps.reshape(-1, 1, 1)])
        return made(impulses[:, :, None]).numpy()[:, :, 0]
    return run


def keras_rows():
    grid = itertools.product((1, 2, 3, 5), (1, 2, 3, 4, 5), (1, 2, 3, 4), (1, 2), ("valid", "same"))
    for size, k, s, d, padding in grid:
        for p in [None, *range(s + 1)]:
            if d == 1 or s <= 2:
                yield [size, k, s, d, padding, p, *transposed(size, k, s, d, keras_layer(
                    keras.layers.Conv1DTranspose, strides=s, dilation_rate=d, padding=padding, output_padding=p))]


def keras_convolution_rows():
    for size, k, s, d, padding in itertools.product((1, 2, 5, 6, 7), (1, 2, 3, 4), (1, 2, 3), (1, 2), ("valid", "same")):
        if d == 1 or s == 1:
            yield [size, k, s, d, padding, *convolution(size, k, s, d, keras_layer(
                keras.layers.Conv1D, strides=s, dilation_rate=d, padding=padding))]


def torch_layer(layer, output_size=None, **config):
    def run(impulses, taps):
        made = layer(1, 1, len(taps), bias=False, **config)
        with torch.no_grad():
            made.weight.copy_(torch.tensor(taps.reshape(1, 1, -1)))
            x = torch.tensor(impulses[:, None, :])
            return (made(x) if output_size is None else made(x, output_size=[output_size])).numpy()[:, 0, :]
    return run


def torch_rows():
    for size, k, s, d, p, a in itertools.product((1, 4), (1, 2, 3, 4), (1, 2, 3), (1, 2, 3), (0, 1, 2), (0, 1, 2, 3)):
        yield [size, k, s, d, p, a, *transposed(size, k, s, d, torch_layer(
            torch.nn.ConvTranspose1d, stride=s, padding=p, output_padding=a, dilation=d))]


def torch_output_size_rows():
    for size, k, s, d, p in itertools.product((1, 4), (2, 3), (1, 2, 3), (1, 2, 3), (0, 1)):
        least = (size - 1) * s + d * (k - 1) + 1 - 2 * p
        for wanted in range(max(1, least - 1), least + s + 1):
            yield [size, k, s, d, p, wanted, *transposed(size, k, s, d, torch_layer(
                torch.nn.ConvTranspose1d, output_size=wanted, stride=s, padding=p, dilation=d))]


def torch_convolution_rows():
    for size, k, s, d, p in itertools.product((1, 5, 6), (1, 2, 3), (1, 2, 3), (1, 2), (0, 1, 2)):
        yield [size, k, s, d, p, *convolution(size, k, s, d, torch_layer(
            torch.nn.Conv1d, stride=s, padding=p, dilation=d))]


def onnx_model(op, size, kernel, attributes):
    """A model of one node."""
    tensor = onnx.helper.make_tensor_value_info
    # None as attribute leaves it out: some attributes may not stand together.
    given = {name: value for name, value in attributes.items() if value is not None}
    graph = onnx.helper.make_graph([onnx.helper.make_node(op, ["x", "w"], ["y"], **given)], op, [
        tensor("x", 1, [size, 1, size]), tensor("w", 1, [1, 1, kernel])], [tensor("y", 1, [None, None, None])])
    return onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 22)], ir_version=10)


def onnx_inferred(op, size, kernel, **attributes):
    """The size that ONNX' own shape inference gives, None where it gives or accepts none."""
    try:
        model = onnx.shape_inference.infer_shapes(onnx_model(op, size, kernel, attributes), strict_mode=True)
    except onnx.shape_inference.InferenceError:
        return None
    return model.graph.output[0].type.tensor_type.shape.dim[2].dim_value or None


def onnx_node(op, **attributes):
    def run(impulses, taps):
        model = onnx_model(op, len(impulses), len(taps), attributes)
        session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
        return session.run(None, {"x": impulses[:, None, :], "w": taps.reshape(1, 1, -1)})[0][:, 0, :]
    return run


def onnx_rows():
    def row(size, k, s, d, auto_pad, pads, a, shape):
        given = dict(strides=[s], dilations=[d], auto_pad=auto_pad, pads=pads, output_padding=[a],
                     output_shape=shape and [shape])
        return [size, k, s, d, auto_pad, *(pads or [0, 0]), a, shape, onnx_inferred("ConvTranspose", size, k, **given),
                *transposed(size, k, s, d, onnx_node("ConvTranspose", **given))]
    for size, k, s, d in itertools.product((1, 4), (1, 2, 3, 4), (1, 2, 3), (1, 2)):
        full = (size - 1) * s + d * (k - 1) + 1
        for a in (0, 1, 2):
            for pads in ([0, 0], [1, 0], [0, 1], [2, 1]):
                yield row(size, k, s, d, "NOTSET", pads, a, None)
            for auto_pad in ("VALID", "SAME_UPPER", "SAME_LOWER"):
                yield row(size, k, s, d, auto_pad, None, a, None)
        for shape in range(max(1, full - 2), full + 2):
            for auto_pad, a in itertools.product(("NOTSET", "SAME_UPPER", "SAME_LOWER"), (0, 1)):
                yield row(size, k, s, d, auto_pad, None, a, shape)


def onnx_convolution_rows():
    for size, k, s, d in itertools.product((1, 5, 6), (1, 2, 3, 4), (1, 2, 3), (1, 2)):
        for auto_pad, pads in [("NOTSET", [0, 0]), ("NOTSET", [1, 0]), ("NOTSET", [1, 2]),
                               ("VALID", None), ("SAME_UPPER", None), ("SAME_LOWER", None)]:
            given = dict(strides=[s], dilations=[d], auto_pad=auto_pad, pads=pads)
            yield [size, k, s, d, auto_pad, *(pads or [0, 0]), onnx_inferred("Conv", size, k, **given),
                   *convolution(size, k, s, d, onnx_node("Conv", **given))]


def onnx_node_cases():
    for case in collect_testcases("ConvTranspose"):
        node, ((x, w), (y,)) = case.model.graph.node[0], case.data_sets[0]
        attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        if "auto_pad" in attributes:
            attributes["auto_pad"] = attributes["auto_pad"].decode()
        yield {"name": case.name, "attributes": attributes, "input_shape": list(x.shape), "kernel_shape": list(w.shape),
               "output_shape": list(y.shape)}


document = {
    "columns": {
        "keras": "size kernel strides dilation_rate padding output_padding | output crop",
        "keras_convolution": "size kernel strides dilation_rate padding | output crop",
        "torch": "size kernel stride dilation padding output_padding | output crop",
        "torch_output_size": "size kernel stride dilation padding output_size | output crop",
        "torch_convolution": "size kernel stride dilation padding | output crop",
        "onnx": "size kernel strides dilations auto_pad pad_begin pad_end output_padding output_shape | inferred output crop",
        "onnx_convolution": "size kernel strides dilations auto_pad pad_begin pad_end | inferred output crop"},
    "onnx_node_cases": list(onnx_node_cases())}
for name in document["columns"]:
    document[name] = list(globals()[name + "_rows"]())
    refusals = sum(row[-2] is None for row in document[name])
    print(f"{name}: {len(document[name])} rows, {refusals} of them refused")
write("shapes", document, {})
