"""Makes losses.json and losses.npz: every loss with its parameters, values and gradients.

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


def drawn(rng, kind, shape):
    """Targets or predictions of a kind."""
    if kind == "any":
        return rng.integers(-24, 25, shape) / 8
    if kind == "far":
        return rng.integers(-24, 25, shape) * 10.0
    if kind == "positive":
        return rng.random(shape) * 4 + 0.01
    if kind == "with zeros":
        return np.maximum(rng.random(shape) * 4 - 1, 0)
    if kind == "signs":
        return rng.integers(0, 2, shape) * 2 - 1
    if kind == "signs and zeros":
        return rng.permutation(np.resize([-1, 0, 1], np.prod(shape))).reshape(shape)
    if kind == "binary":
        return rng.integers(0, 2, shape)
    if kind == "probability":
        return rng.random(shape) * 0.9 + 0.05
    if kind == "certain":
        return rng.choice([0, 1, 0.25, 0.5, 5e-8, 2e-7], shape)
    if kind == "distribution":
        values = rng.random(shape) + 0.05
        return values / values.sum(-1, keepdims=True)
    if kind == "distribution along 1":
        values = rng.random(shape) + 0.05
        return values / values.sum(1, keepdims=True)
    if kind == "one-hot":
        return np.eye(shape[-1])[rng.integers(0, shape[-1], shape[:-1])]
    raise AssertionError(kind)


def recorded(kind, target, prediction, shape, **config):
    """A loss object on drawn arrays; what was drawn makes the seed, so that adding a case changes no other's arrays."""
    settings = ", ".join(f"{key} {value}" for key, value in config.items())
    what = f"({settings}) of {prediction} {shape} by {target}"
    # Short, since an npz holds each name twice.
    name = f"{kind} {sum(case.get('class') == kind for case in cases)}"
    rng = np.random.default_rng(list((kind + what).encode()))
    p = tf.Variable(drawn(rng, prediction, shape).astype(np.float32))
    if target.startswith("classes"):
        t = rng.integers(0, shape[-1], shape[:-1] + ((1,) if target == "classes in a last axis" else ()))
        if "ignore_class" in config:
            t[rng.random(t.shape) < 0.4] = config["ignore_class"]
    else:
        t = drawn(rng, target, shape)
    t = tf.constant(t.astype(np.float32))
    with tf.GradientTape() as tape:
        value = getattr(keras.losses, kind)(**config)(t, p)
    arrays.update({f"{name}/target": t, f"{name}/prediction": p, f"{name}/gradient": tape.gradient(value, p)})
    each = getattr(keras.losses, kind)(**config, reduction=None)(t, p)
    if len(shape) < 4 and len(each.shape) and each.shape[0] == shape[0] and "ignore_class" not in config:
        arrays[f"{name}/each"] = each
    assert np.isfinite(arrays[f"{name}/gradient"]).all(), what
    cases.append({"name": name, "what": what, "class": kind, "config": config, "value": float(value)})


def closing(activation, kind, target, logits, what, **config):
    """As in_model, for a loss object."""
    width = logits.shape[1]
    model = keras.Sequential([keras.layers.Input((width,)), keras.layers.Dense(width, activation=activation)])
    model.set_weights([np.eye(width, dtype=np.float32), np.zeros(width, np.float32)])
    model.compile(optimizer=keras.optimizers.SGD(1.0), loss=getattr(keras.losses, kind)(**config), jit_compile=False)
    trained = float(model.train_on_batch(logits, target))
    kernel, bias = model.get_weights()
    name = f"{activation} model, {kind}({config}), {what}"
    arrays.update({f"{name}/target": target, f"{name}/input": logits,
                   f"{name}/gradient.kernel": np.eye(width) - kernel, f"{name}/gradient.bias": -bias})
    models.append({"name": name, "class": kind, "config": config, "activation": activation, "train_on_batch": trained})


SHAPES = ((4, 3), (5, 1), (2, 3, 4), (2, 3, 2, 5))


def regressions():
    for shape in SHAPES:
        for kind in ("MeanSquaredError", "MeanAbsoluteError", "LogCosh", "Huber"):
            recorded(kind, "any", "any", shape)
        recorded("Huber", "any", "any", shape, delta=0.25)
        recorded("Huber", "any", "any", shape, delta=3.0)
        recorded("MeanAbsolutePercentageError", "positive", "any", shape)
        recorded("MeanSquaredLogarithmicError", "positive", "any", shape)
        recorded("Poisson", "with zeros", "positive", shape)
        if shape[-1] > 1:
            recorded("CosineSimilarity", "any", "any", shape)
    for kind in ("MeanAbsoluteError", "LogCosh", "Huber"):
        recorded(kind, "far", "far", (4, 3))
    recorded("MeanAbsolutePercentageError", "with zeros", "with zeros", (4, 3))
    recorded("MeanSquaredLogarithmicError", "with zeros", "with zeros", (4, 3))
    for axis in (1, 2, -2):
        recorded("CosineSimilarity", "any", "any", (2, 3, 4), axis=axis)


def hinges():
    for shape in SHAPES:
        for kind in ("Hinge", "SquaredHinge"):
            for target in ("signs", "binary", "signs and zeros"):
                recorded(kind, target, "any", shape)
        recorded("CategoricalHinge", "one-hot", "any", shape)


def binary_crossentropies():
    for shape in SHAPES:
        for logits, prediction in ((False, "probability"), (True, "any")):
            for smoothing in (0.0, 0.1):
                recorded("BinaryCrossentropy", "binary", prediction, shape, from_logits=logits, label_smoothing=smoothing)
                recorded("BinaryFocalCrossentropy", "binary", prediction, shape, from_logits=logits, label_smoothing=smoothing,
                         apply_class_balancing=smoothing > 0)
    for prediction in ("probability", "certain"):
        recorded("BinaryCrossentropy", "probability", prediction, (4, 3))
        # TensorFlow has NaN as the slope of 0 to the power of 0.
        for gamma in (0.0, 1.0, 2.0, 3.5)[prediction == "certain":]:
            for alpha in (0.25, 0.9):
                recorded("BinaryFocalCrossentropy", "binary", prediction, (4, 3), gamma=gamma, alpha=alpha, apply_class_balancing=True)
    recorded("BinaryCrossentropy", "binary", "far", (4, 3), from_logits=True)
    recorded("BinaryFocalCrossentropy", "binary", "far", (4, 3), from_logits=True)


def categorical_crossentropies():
    for shape in SHAPES[:1] + SHAPES[2:]:
        for logits, prediction in ((False, "probability"), (True, "any")):
            for smoothing in (0.0, 0.1):
                for kind in ("CategoricalCrossentropy", "CategoricalFocalCrossentropy"):
                    recorded(kind, "one-hot", prediction, shape, from_logits=logits, label_smoothing=smoothing)
            for target in ("classes", "classes in a last axis"):
                recorded("SparseCategoricalCrossentropy", target, prediction, shape, from_logits=logits)
            for ignored in (-1, 0):
                recorded("SparseCategoricalCrossentropy", "classes", prediction, shape, from_logits=logits, ignore_class=ignored)
        recorded("KLDivergence", "distribution", "distribution", shape)
        for q in (0.2, 0.5, 0.8):
            recorded("CategoricalGeneralizedCrossEntropy", "classes", "distribution", shape, q=q)
    recorded("CategoricalCrossentropy", "distribution", "distribution", (4, 3))
    recorded("CategoricalCrossentropy", "one-hot", "one-hot", (6, 3))
    recorded("CategoricalFocalCrossentropy", "one-hot", "one-hot", (6, 3))
    recorded("SparseCategoricalCrossentropy", "classes", "one-hot", (6, 3))
    recorded("SparseCategoricalCrossentropy", "classes", "any", (4, 3), from_logits=True, ignore_class=255)
    recorded("KLDivergence", "one-hot", "one-hot", (6, 3))
    for kind in ("CategoricalCrossentropy", "SparseCategoricalCrossentropy"):
        recorded(kind, "one-hot" if kind.startswith("C") else "classes", "far", (6, 3), from_logits=True)
    for gamma in (0.0, 1.0, 3.5):
        for alpha in (0.25, 1.0):
            recorded("CategoricalFocalCrossentropy", "one-hot", "distribution", (4, 3), gamma=gamma, alpha=alpha)
    for axis in (1, -2):
        for kind in ("CategoricalCrossentropy", "CategoricalFocalCrossentropy"):
            # TensorFlow fails on logits along a negative axis other than -1.
            for logits in (False, True)[:1 if axis < 0 else 2]:
                recorded(kind, "distribution along 1", "any" if logits else "probability", (2, 3, 4), axis=axis, from_logits=logits)


def overlaps():
    for shape in SHAPES:
        for prediction in ("probability", "binary"):
            recorded("Dice", "binary", prediction, shape)
            recorded("Tversky", "binary", prediction, shape)
    for alpha, beta in ((0.3, 0.7), (1.0, 0.0), (0.0, 2.0)):
        recorded("Tversky", "binary", "probability", (2, 3, 2), alpha=alpha, beta=beta)
    for axis in ([1, 2], [-1], [0], [0, 2], [1, 2, 3], [-3, -1]):
        recorded("Dice", "binary", "probability", (2, 3, 4, 3), axis=axis)
        recorded("Tversky", "probability", "probability", (2, 3, 4, 3), axis=axis, alpha=0.3)


def behind_activations():
    one_hot = np.eye(3, dtype=np.float32)[[0, 2, 1, 2]]
    classes = np.array([0, 2, 1, 2], np.float32)
    for what, logits in (("mild", mild), ("extreme", extreme)):
        closing("sigmoid", "BinaryCrossentropy", targets, logits, what, label_smoothing=0.2)
        closing("sigmoid", "BinaryFocalCrossentropy", one_hot, logits, what)
        closing("softmax", "CategoricalCrossentropy", one_hot, logits, what)
        closing("softmax", "CategoricalCrossentropy", one_hot, logits, what, label_smoothing=0.1)
        closing("softmax", "SparseCategoricalCrossentropy", classes, logits, what)
        closing("softmax", "CategoricalFocalCrossentropy", one_hot, logits, what)
        closing("linear", "BinaryCrossentropy", targets, logits, what, from_logits=True)
        closing("linear", "CategoricalCrossentropy", one_hot, logits, what, from_logits=True)
        closing("linear", "SparseCategoricalCrossentropy", classes[:, None], logits, what, from_logits=True)
        closing("linear", "Huber", targets, logits, what, delta=2.0)
        closing("sigmoid", "Dice", targets, logits, what)
    closing("softmax", "KLDivergence", one_hot, mild, "mild")
    closing("softmax", "SparseCategoricalCrossentropy", classes, mild, "mild", ignore_class=2)
    closing("sigmoid", "MeanAbsoluteError", targets, mild, "mild")
    closing("tanh", "Hinge", one_hot, mild, "mild")


def aliases():
    """Every name that Keras finds a loss by, with the loss that it stands for."""
    known = keras.src.losses.ALL_OBJECTS_DICT
    return {name: getattr(found, "__name__", str(found)) for name, found in sorted(known.items())}


regressions()
hinges()
binary_crossentropies()
categorical_crossentropies()
overlaps()
behind_activations()
write("losses", {"epsilon": keras.backend.epsilon(), "names": aliases(), "cases": cases, "models": models}, arrays)
