"""Makes fit.json and fit.npz: what fit and evaluate report on samples that the batch size does not divide.

    python make_fit.py
"""
from golden import write  # first: it chooses Keras' backend

import keras
import numpy as np
from keras.src.trainers.data_adapters.array_slicing import train_validation_split

arrays, cases = {}, []


def small(last):
    return keras.Sequential([
        keras.layers.Input((5, 4, 2)),
        keras.layers.Conv2DTranspose(3, (3, 2), strides=(2, 1), padding="same", activation="tanh"),
        keras.layers.Flatten(),
        keras.layers.Dense(2, activation=last),
    ])


class Batches(keras.callbacks.Callback):
    """The loss that Keras shows after each batch."""

    def __init__(self):
        super().__init__()
        self.shown = []

    def on_train_batch_end(self, batch, logs=None):
        self.shown.append(float(logs["loss"]))


def record(name, optimizer, loss, last, samples, **settings):
    rng = np.random.default_rng(list(name.encode()))
    x = rng.standard_normal((samples, 5, 4, 2)).astype(np.float32)
    y = rng.random((samples, 2)).astype(np.float32)
    held_x, held_y = rng.standard_normal((10, 5, 4, 2)).astype(np.float32), rng.random((10, 2)).astype(np.float32)
    model = small(last)
    names = [f"{layer.name}.{v.name}" for layer in model.layers for v in layer.trainable_variables]
    names = [n.replace(model.layers[0].name, "conv2d_transpose").replace(model.layers[2].name, "dense") for n in names]
    arrays.update({f"{name}/x": x, f"{name}/y": y, f"{name}/held.x": held_x, f"{name}/held.y": held_y})
    arrays.update({f"{name}/initial/{n}": w for n, w in zip(names, model.get_weights())})
    model.compile(optimizer=optimizer, loss=loss)
    batches = Batches()
    history = model.fit(x, y, verbose=0, callbacks=[batches], shuffle=False, **settings)
    arrays.update({f"{name}/final/{n}": w for n, w in zip(names, model.get_weights())})
    arrays[f"{name}/held.prediction"] = model.predict(held_x, batch_size=4, verbose=0)
    cases.append({"name": name, "last_activation": last, "samples": samples, "weights": names,
                  "optimizer": optimizer, "loss": loss, "shuffle": False, **settings,
                  "history": history.history, "running_loss_after_each_batch": batches.shown,
                  "evaluate_batch_size": 4, "evaluate": float(model.evaluate(held_x, held_y, batch_size=4, verbose=0))})


record("adam, validation split", "adam", "mean_squared_error", "linear", 23,
       batch_size=4, epochs=3, validation_split=0.2)
record("sgd, crossentropy", "sgd", "binary_crossentropy", "sigmoid", 23,
       batch_size=4, epochs=3, validation_split=0.2)
record("adam, no validation", "adam", "mean_squared_error", "linear", 10, batch_size=4, epochs=2)
record("split of 0.3", "sgd", "mean_squared_error", "linear", 11, batch_size=32, epochs=2, validation_split=0.3)
splits = []
for samples, share in ((23, 0.2), (10, 0.3), (10, 0.1), (7, 0.5), (60_000, 0.2), (11, 0.3), (5, 0.25), (3, 0.1)):
    (train,), (held,) = train_validation_split((np.arange(samples),), validation_split=share)
    assert train.tolist() == list(range(len(train))), "the last part is held out"
    splits.append({"samples": samples, "validation_split": share, "train": len(train), "validate": len(held)})
write("fit", {"cases": cases, "splits": splits}, arrays)
