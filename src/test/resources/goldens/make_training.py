"""Makes training.json and training.npz: the autoencoder's gradients, and its weights after three steps of Adam.

    python make_training.py [IDX_FILE]

The model is the one of C. Versloot, "Conv2DTranspose: using 2D transposed convolutions with Keras" (2019). Its
eight images are drawn here (thick strokes on black, as digits are); given an IDX file of MNIST, plain or gzip, its
first eight images are taken instead.
"""
import gzip
import sys

from golden import write  # first: it chooses Keras' backend

import keras
import numpy as np
import tensorflow as tf

STEPS = 3


def strokes(rng, count=8, size=28):
    """Grey images of three connected thick strokes each, 0 to 255."""
    y, x = np.mgrid[0:size, 0:size]
    images = np.zeros((count, size, size))
    for image in images:
        ends = rng.uniform(5, size - 5, (4, 2))
        for (y0, x0), (y1, x1) in zip(ends, ends[1:]):
            along = ((y - y0) * (y1 - y0) + (x - x0) * (x1 - x0)) / ((y1 - y0) ** 2 + (x1 - x0) ** 2)
            along = along.clip(0, 1)
            distance = np.hypot(y - y0 - along * (y1 - y0), x - x0 - along * (x1 - x0))
            image[:] = np.maximum(image, (2.2 - distance).clip(0, 1))
    return np.round(images * 255).astype(np.uint8)


def first_of_idx(path, count=8):
    with open(path, "rb") as file:
        content = file.read()
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    assert content[:4] == b"\x00\x00\x08\x03", path
    return np.frombuffer(content, np.uint8, count * 28 * 28, 16).reshape(count, 28, 28)


def autoencoder():
    convolution = dict(kernel_size=(3, 3), activation="relu", kernel_initializer="he_normal")
    return keras.Sequential([
        keras.layers.Input((28, 28, 1)),
        *(keras.layers.Conv2D(n, **convolution) for n in (32, 16, 8)),
        *(keras.layers.Conv2DTranspose(n, **convolution) for n in (8, 16, 32)),
        keras.layers.Conv2D(1, kernel_size=(3, 3), activation="sigmoid", padding="same"),
    ])


images = first_of_idx(sys.argv[1]) if len(sys.argv) > 1 else strokes(np.random.default_rng(8))
x = (images.astype(np.float32) / 255).reshape(-1, 28, 28, 1)
# In float64: Adam divides a gradient by its own size, so that the rounding of a small one in float32 moves a weight by a
# visible part of a step. The starting weights are float32 numbers. They are well conditioned: with other seeds a ReLU's
# input may lie within rounding of zero, and then no two implementations agree.
keras.backend.set_floatx("float64")
x = x.astype(np.float64)
keras.utils.set_random_seed(1)
model = autoencoder()
assert model.count_params() == 12_785
arrays = {"images": images}
# Biases of zero would hide a bias that is not added.
rng = np.random.default_rng(9)
model.set_weights([(rng.normal(0, 0.05, w.shape) if w.ndim == 1 else w).astype(np.float32) for w in model.get_weights()])
names = [f"{layer.name}.{variable.name}" for layer in model.layers for variable in layer.trainable_variables]


def keep(prefix, values):
    arrays.update({f"{prefix}/{name}": np.array(value) for name, value in zip(names, values)})


keep("initial", model.get_weights())
with tf.GradientTape() as tape:
    prediction = model(x, training=True)
    loss = keras.losses.BinaryCrossentropy()(x, prediction)
keep("gradient", tape.gradient(loss, [v.value for v in model.trainable_variables]))
arrays["prediction.initial"] = model.predict(x, verbose=0)[:2]
model.compile(optimizer="adam", loss="binary_crossentropy")
losses = []
for step in range(1, STEPS + 1):
    # train_on_batch returns a running mean unless it is told that the metrics start anew.
    model.reset_metrics()
    losses.append(float(model.train_on_batch(x, x)))
    if step in (1, STEPS):
        keep(f"after {step}", model.get_weights())
arrays["prediction.final"] = model.predict(x, verbose=0)[:2]
final = float(model.evaluate(x, x, batch_size=8, verbose=0))
write("training", {"images": "drawn" if len(sys.argv) < 2 else "MNIST, the first eight of the training set",
                   "parameters": model.count_params(), "weights": names, "optimizer": "adam",
                   "loss": "binary_crossentropy", "computed_in": "float64",
                   "steps": STEPS, "initial_loss": float(loss), "losses": losses, "final_loss": final}, arrays)
