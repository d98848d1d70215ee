"""The folder in which the two sides of the round trips leave files for each other.

NAME.keras    the model; NAME.x0.npy, NAME.x1.npy, ... its inputs, NAME.y0.npy, ... what it predicts for them
NAME.t0.npy   targets: 3 steps of training on x and t give the losses NAME.losses.npy and the predictions NAME.after0.npy
"""
import numpy as np

STEPS = 3


def save(folder, name, kind, arrays):
    for number, array in enumerate(arrays):
        np.save(folder / f"{name}.{kind}{number}.npy", np.ascontiguousarray(array, np.float32))


def load(folder, name, kind):
    files = []
    while (file := folder / f"{name}.{kind}{len(files)}.npy").exists():
        files.append(file)
    return [np.load(file) for file in files]


def predict(model, x):
    """One array for each output."""
    outputs = model(x if len(x) > 1 else x[0], training=False)
    return [np.asarray(output) for output in (outputs if isinstance(outputs, (list, tuple)) else [outputs])]


def train(model, x, t):
    """The losses of the steps, each before its step."""
    model.run_eagerly = True
    losses = []
    for _ in range(STEPS):
        model.reset_metrics()
        logs = model.train_on_batch(x if len(x) > 1 else x[0], t if len(t) > 1 else t[0], return_dict=True)
        losses.append(float(logs["loss"]))
    return losses


def deviation(wanted, received):
    """The largest difference as a share of the largest wanted value; infinite where shapes or counts differ."""
    if len(wanted) != len(received) or any(a.shape != b.shape for a, b in zip(wanted, received)):
        return float("inf")
    worst = 0.0
    for a, b in zip(wanted, received):
        difference = np.abs(a - b).max()
        worst = max(worst, 0.0 if difference == 0 else float(difference / np.abs(a).max()))
        worst = float("inf") if np.isnan(worst) or np.isnan(difference) else worst
    return worst
