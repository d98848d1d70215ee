"""Makes losses.json and losses.npz: binary crossentropy and mean squared error, with their gradients.

    python make_losses.py

A loss on probabilities cuts them to [1e-7, 1 - 1e-7]; in a model that ends in a sigmoid Keras takes the logits instead.
Both are here.
"""
from golden import write  # first: it chooses Keras' backend

import keras
import numpy as np
import tensorflow as tf

arrays, cases, models = {}, [], []


def on_predictions(name, loss, target, prediction):
    """The loss of given predictions, the mean over everything, and its gradient by the prediction."""
    p = tf.Variable(prediction)
    with tf.GradientTape() as tape:
        value = loss_object(loss)(tf.constant(target), p)
    each = getattr(keras.losses, loss)(tf.constant(target), tf.constant(prediction))
    arrays.update({f"{name}/target": target, f"{name}/prediction": prediction,
                   f"{name}/each": each, f"{name}/gradient": tape.gradient(value, p)})
    cases.append({"name": name, "loss": loss, "value": float(value)})


def loss_object(name):
    return {"binary_crossentropy": keras.losses.BinaryCrossentropy(),
            "mean_squared_error": keras.losses.MeanSquaredError()}[name]


def in_model(name, loss, activation, target, logits, how, *further):
    """The loss and the step of SGD at rate 1 (so the gradient) of a one-layer model whose input is its logits."""
    width = logits.shape[1]
    model = keras.Sequential([keras.layers.Input((width,)), keras.layers.Dense(width, activation=activation), *further])
    model.set_weights([np.eye(width, dtype=np.float32), np.zeros(width, np.float32)])
    model.compile(optimizer=keras.optimizers.SGD(1.0), loss=loss, run_eagerly=how == "eagerly", jit_compile=False)
    tested = float(model.test_on_batch(logits, target))
    evaluated = float(model.evaluate(logits, target, batch_size=len(logits), verbose=0))
    trained = float(model.train_on_batch(logits, target))
    kernel, bias = model.get_weights()
    arrays.update({f"{name}/target": target, f"{name}/input": logits,
                   f"{name}/gradient.kernel": np.eye(width) - kernel, f"{name}/gradient.bias": -bias})
    models.append({"name": name, "loss": loss, "activation": activation, "run": how,
                   "layers": [type(layer).__name__ for layer in model.layers],
                   "train_on_batch": trained, "test_on_batch": tested, "evaluate": evaluated})


def on_tape(name, target, logits):
    """The same model called by hand under a tape, the loss object applied to what the call returns."""
    width = logits.shape[1]
    model = keras.Sequential([keras.layers.Input((width,)), keras.layers.Dense(width, activation="sigmoid")])
    model.set_weights([np.eye(width, dtype=np.float32), np.zeros(width, np.float32)])
    with tf.GradientTape() as tape:
        value = keras.losses.BinaryCrossentropy()(target, model(logits, training=True))
    kernel, bias = tape.gradient(value, [v.value for v in model.trainable_variables])
    arrays.update({f"{name}/target": target, f"{name}/input": logits,
                   f"{name}/gradient.kernel": kernel, f"{name}/gradient.bias": bias})
    models.append({"name": name, "loss": "binary_crossentropy", "activation": "sigmoid", "run": "tape",
                   "value": float(value)})


targets = np.array([[0, 1, 0.25], [1, 0, 0.5], [0, 1, 1], [1, 0, 0]], np.float32)
inside = np.array([[0.1, 0.9, 0.3], [0.4, 0.5, 0.6], [0.75, 0.2, 0.99], [0.001, 0.999, 0.05]], np.float32)
# 0, 1, and values on both sides of the cut at 1e-7.
saturated = np.array([[0, 1, 0], [0, 1, 1], [1, 0, 5e-8], [2e-7, 1 - 2.4e-7, 1]], np.float32)
for loss in ("binary_crossentropy", "mean_squared_error"):
    on_predictions(f"{loss} inside", loss, targets, inside)
    on_predictions(f"{loss} saturated", loss, targets, saturated)
image = np.random.default_rng(3)
on_predictions("binary_crossentropy of images", "binary_crossentropy",
               image.random((2, 3, 4, 2), np.float32), image.random((2, 3, 4, 2), np.float32))
on_predictions("mean_squared_error of images", "mean_squared_error",
               image.random((2, 3, 4, 2), np.float32), image.random((2, 3, 4, 2), np.float32))
mild = np.array([[-2, 1, 0.5], [3, -1, 0], [0.25, 2, -3], [1.5, -0.5, 4]], np.float32)
extreme = np.array([[50, -50, 20], [-20, 30, 100], [17, -17, 0], [-100, 100, -16]], np.float32)
for how in ("as a graph", "eagerly"):
    for what, logits in (("mild", mild), ("extreme", extreme)):
        in_model(f"sigmoid model, {what}, {how}", "binary_crossentropy", "sigmoid", targets, logits, how)
# With a layer after the sigmoid Keras no longer sees the logits, and cuts the probabilities.
in_model("sigmoid then reshape, extreme", "binary_crossentropy", "sigmoid", targets, extreme, "as a graph",
         keras.layers.Reshape((3,)))
in_model("linear model, mean squared error", "mean_squared_error", "linear", targets, mild, "as a graph")
on_tape("sigmoid model, mild, on a tape", targets, mild)
on_tape("sigmoid model, extreme, on a tape", targets, extreme)
write("losses", {"epsilon": keras.backend.epsilon(), "cases": cases, "models": models}, arrays)
