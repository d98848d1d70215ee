"""Makes layers-grid and layers-grid-jax, json and npz: whole grids of transposed convolutions, every value of their outputs.

    python make_layers_grid.py
    KERAS_BACKEND=jax python make_layers_grid.py     (after the first; in an environment with JAX)

The first run takes what Keras on TensorFlow computes. The second holds Keras on JAX to the same values, and records those
cases that TensorFlow alone refuses. The grids are those of Keras' own test of these layers: kernels 1 to 4, strides 1 to 4, both
paddings, output padding unset and 0 to strides - 1; in two axes also every two kernels with every two strides; and dilations.

Inputs and weights follow a formula, so that only outputs are stored: all of them one after the other in one array.
"""
from golden import HERE, write  # first: it chooses Keras' backend

import itertools
import json

import keras
import numpy as np

BATCH, CHANNELS, FILTERS = 2, 2, 3
SIZES = (1, 2, 3, 4)
FIELDS = ("kernel_size", "strides", "dilation_rate", "output_padding", "input", "output")


def whole(shape, step, modulus):
    """Whole numbers around zero in C order: sums of their products are exact."""
    return ((step * np.arange(np.prod(shape)) + 3) % modulus - modulus // 2).reshape(shape).astype(np.float32)


def run(axes, kernel, strides, dilation, padding, output_padding, sizes):
    layer = getattr(keras.layers, f"Conv{axes}DTranspose")(
        FILTERS, kernel, strides=strides, padding=padding, dilation_rate=dilation, output_padding=output_padding)
    layer.build((None, *sizes, CHANNELS))
    layer.set_weights([whole((*kernel, FILTERS, CHANNELS), 5, 13), whole((FILTERS,), 2, 5)])
    return np.asarray(layer(whole((BATCH, *sizes, CHANNELS), 7, 11)))


def grid():
    """(axes, kernel, strides, dilation, padding, output padding, input sizes) of each case."""
    for k, s, padding in itertools.product(SIZES, SIZES, ("valid", "same")):
        for p in [None, *range(s)]:
            yield 1, (k,), (s,), (1,), padding, p if p is None else (p,), (5,)
            yield 2, (k, k), (s, s), (1, 1), padding, p if p is None else (p, p), (4, 3)
    pairs = list(itertools.product(SIZES, SIZES))
    for i, ((kernel, strides), padding) in enumerate(itertools.product(itertools.product(pairs, pairs), ("valid", "same"))):
        if kernel[0] != kernel[1] or strides[0] != strides[1]:
            p = None if i // 2 % 3 == 0 else (i % strides[0], i // 3 % strides[1])
            yield 2, kernel, strides, (1, 1), padding, p, (3, 2)
    for k, d, padding, p in itertools.product(SIZES, (2, 3), ("valid", "same"), (None, 0)):
        yield 1, (k,), (1,), (d,), padding, p if p is None else (p,), (5,)
    for kernel, dilation, padding, p in itertools.product(((2, 3), (3, 1), (4, 2)), ((1, 2), (3, 2)), ("valid", "same"), (None, 0)):
        yield 2, kernel, (1, 1), dilation, padding, p if p is None else (p, p), (4, 3)
    # Those of Keras' test by name that the grids have not, on smaller inputs.
    for kernel, strides, padding, p in (((7, 7), (16, 16), "valid", None), ((7, 7), (16, 16), "same", (2, 2))):
        yield 2, kernel, strides, (1, 1), padding, p, (3, 2)
    for kernel, strides, padding, p in (((2, 2, 2), (2, 2, 2), "valid", None), ((2, 2, 2), (3, 3, 3), "same", (2, 2, 2)),
                                        ((2, 2, 3), (2, 1, 2), "valid", None)):
        yield 3, kernel, strides, (1, 1, 1), padding, p, (3, 2, 4)


def compute():
    """Rows and outputs; and the rows that the backend refuses."""
    computed, refused = [], []
    for axes, kernel, strides, dilation, padding, p, sizes in grid():
        row = [padding, *kernel, *strides, *dilation, *(p or [None] * axes), *sizes]
        try:
            y = run(axes, kernel, strides, dilation, padding, p, sizes)
        except Exception as error:
            assert padding == "same" and p is not None, (row, error)
            refused.append(row)
            continue
        assert y.shape[0] == BATCH and y.shape[-1] == FILTERS
        computed.append((row + list(y.shape[1:-1]), y))
    return computed, refused


def save(name, computed, **more):
    document = {"row": f"padding, then an axis each: {', '.join(FIELDS)}", "batch": BATCH, "channels": CHANNELS, "filters": FILTERS}
    write(name, document | more | {"cases": [row for row, _ in computed]},
          {"outputs": np.concatenate([y.ravel() for _, y in computed])})
    print(f"{len(computed)} cases")


found, not_taken = compute()
if keras.backend.backend() == "jax":
    assert not not_taken
    before = json.loads((HERE / "layers-grid.json").read_text())["cases"]
    by_row = {str(row): y for row, y in found}
    jax = np.concatenate([by_row.pop(str(row)).ravel() for row in before])
    assert np.array_equal(jax, np.load(HERE / "layers-grid.npz")["outputs"]), "JAX and TensorFlow differ"
    save("layers-grid-jax", [(row, y) for row, y in found if str(row) in by_row])
else:
    save("layers-grid", found, refused=not_taken)
