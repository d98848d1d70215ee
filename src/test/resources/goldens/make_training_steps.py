"""Makes training-steps.json and training-steps.npz: three training steps with every optimizer and every loss.

    python make_training_steps.py

One small model for all pairs; its last activation and the targets are what the loss is for. Computed in float64 from
weights in float32, since optimizers that divide by the size of a gradient turn the rounding of small gradients into
visible steps. For the same reason the seed is one with which no sum of a gradient nearly cancels: of a value that is
a hundred thousandth of its terms, floats keep two digits, on any machine.
"""
from golden import write  # first: it chooses Keras' backend

import keras
import numpy as np
import tensorflow as tf

SAMPLES, STEPS, RATE = 4, 3, 0.02
SMALLEST = 1e-3  # of an array's largest gradient, zeros aside
OPTIMIZERS = ["Adadelta", "Adagrad", "Adam", "AdamW", "Adamax", "Ftrl", "Nadam", "RMSprop", "SGD"]
# loss: activation of the last layer, kind of targets
LOSSES = {
    "BinaryCrossentropy": ("sigmoid", "binary"),
    "BinaryFocalCrossentropy": ("sigmoid", "binary"),
    "CategoricalCrossentropy": ("softmax", "one_hot"),
    "CategoricalFocalCrossentropy": ("softmax", "one_hot"),
    "CategoricalGeneralizedCrossEntropy": ("softmax", "classes"),
    "CategoricalHinge": ("softmax", "one_hot"),
    "CosineSimilarity": ("softplus", "positive"),
    "Dice": ("sigmoid", "binary"),
    "Hinge": ("tanh", "signs"),
    "Huber": ("softplus", "positive"),
    "KLDivergence": ("softmax", "shares"),
    "LogCosh": ("softplus", "positive"),
    "MeanAbsoluteError": ("softplus", "positive"),
    "MeanAbsolutePercentageError": ("softplus", "positive"),
    "MeanSquaredError": ("softplus", "positive"),
    "MeanSquaredLogarithmicError": ("softplus", "positive"),
    "Poisson": ("softplus", "positive"),
    "SparseCategoricalCrossentropy": ("softmax", "classes"),
    "SquaredHinge": ("tanh", "signs"),
    "Tversky": ("sigmoid", "binary"),
}

keras.backend.set_floatx("float64")
rng = np.random.default_rng(43)
x = rng.standard_normal((SAMPLES, 3, 2, 1)).astype(np.float32)
classes = np.array([2, 0, 1, 2])
shares = rng.uniform(0.2, 1, (SAMPLES, 3))
targets = {
    "binary": np.array([[1, 0, 1], [0, 0, 1], [1, 1, 0], [0, 1, 1]], np.float32),
    "one_hot": np.eye(3, dtype=np.float32)[classes],
    "classes": classes.astype(np.float32),
    "shares": (shares / shares.sum(1, keepdims=True)).astype(np.float32),
    "signs": np.array([[1, -1, 1], [-1, -1, 1], [1, 1, -1], [-1, 1, 1]], np.float32),
    "positive": rng.uniform(0.5, 3, (SAMPLES, 3)).astype(np.float32),
}


def model(activation):
    return keras.Sequential([
        keras.layers.Input((3, 2, 1)),
        keras.layers.Conv2DTranspose(2, 2, strides=(1, 2), activation="tanh"),
        keras.layers.Flatten(),
        keras.layers.Dense(3, activation=activation),
    ])


def require_no_cancellation(trained, loss, target):
    with tf.GradientTape() as tape:
        value = loss(target, trained(x))
    for gradient in tape.gradient(value, trained.trainable_variables):
        sizes = np.abs(np.array(gradient))
        smallest = sizes[sizes > 1e-12 * sizes.max()].min() / sizes.max()
        assert smallest > SMALLEST, f"{loss.name}: a gradient of {smallest:.1e} of the largest; take another seed"


start = [(0.4 * rng.standard_normal(w.shape)).astype(np.float32) for w in model("linear").get_weights()]
arrays = {"x": x, **{f"target/{kind}": value for kind, value in targets.items()},
          **{f"start/{i}": w for i, w in enumerate(start)}}
cases = []
for loss, (activation, kind) in LOSSES.items():
    first = model(activation)
    first.set_weights(start)
    require_no_cancellation(first, getattr(keras.losses, loss)(), targets[kind])
    for optimizer in OPTIMIZERS:
        trained = model(activation)
        trained.set_weights(start)
        trained.compile(optimizer=getattr(keras.optimizers, optimizer)(learning_rate=RATE),
                        loss=getattr(keras.losses, loss)(), run_eagerly=True)
        losses = [float(trained.train_on_batch(x, targets[kind])) for _ in range(STEPS)]
        name = f"{loss} with {optimizer}"
        arrays.update({f"{name}/{i}": w for i, w in enumerate(trained.get_weights())})
        cases.append({"name": name, "loss": loss, "optimizer": optimizer, "activation": activation, "targets": kind,
                      "losses": losses})
write("training-steps", {"floatx": "float64", "learning_rate": RATE, "steps": STEPS, "cases": cases}, arrays)
