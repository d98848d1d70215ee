"""Makes callbacks.json: Keras' callbacks told a given course of training, and what they did.

    python make_callbacks.py
"""
from golden import write  # first: it chooses Keras' backend

import contextlib
import io
import math
import os
import pathlib
import re
import tempfile

import keras
import numpy as np

METRICS = ["accuracy", "mae", "mse", keras.metrics.AUC(), keras.metrics.CosineSimilarity()]
compiled = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, activation="sigmoid")])
compiled.compile(loss="mse", metrics=METRICS)
compiled.train_on_batch(np.zeros((2, 2)), np.zeros((2, 1)))


class Model:
    """Notes what callbacks do; its weights are the number of the epoch."""

    def __init__(self, rate):
        self.optimizer = keras.optimizers.SGD(rate)
        self.metrics = compiled.metrics
        self.stop_training = False
        self.weights = -1
        self.saved = []

    def get_weights(self):
        return self.weights

    def set_weights(self, weights):
        self.weights = weights

    def save(self, path, overwrite):
        self.saved.append(["model", path.replace(os.sep, "/")])

    def save_weights(self, path, overwrite):
        self.saved.append(["weights", path.replace(os.sep, "/")])


def run(callback, kind, model, epochs):
    """One fit: an epoch is its logs, or a pair of its batches' logs and its logs."""
    model.stop_training = False
    rates, logged, ran = [], [], 0
    callback.set_model(model)
    callback.on_train_begin()
    for epoch, course in enumerate(epochs):
        batches, logs = course if isinstance(course, list) else ([], course)
        callback.on_epoch_begin(epoch, {})
        model.weights = epoch
        for batch, batch_logs in enumerate(batches):
            callback.on_train_batch_begin(batch, {})
            callback.on_train_batch_end(batch, dict(batch_logs))
            if model.stop_training:
                break
        logs = dict(logs)
        callback.on_epoch_end(epoch, logs)
        rates.append(float(model.optimizer.learning_rate))
        logged.append(logs.get("learning_rate"))
        ran += 1
        if model.stop_training:
            break
    callback.on_train_end()
    return {"epochs_run": ran, "weights": model.weights, "rates": rates, "logged_rates": logged}


def plain(value):
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def columns(fit):
    """A fit of epochs that all log the same, and no batches, by name: so the file is shorter."""
    same = fit and all(isinstance(epoch, dict) and epoch.keys() == fit[0].keys() for epoch in fit)
    return {name: [epoch[name] for epoch in fit] for name in fit[0]} if same else fit


def val(*losses):
    return [{"loss": 2.0 * loss, "val_loss": loss} for loss in losses]


def of(name, *values):
    return [{"loss": 1.0, name: value} for value in values]


NAN, INF = math.nan, math.inf
UNEVEN = val(1.0, 0.75, 0.875, 0.8125, 0.5, 0.625, 0.625, 0.5, 0.4375, 0.5, 0.5, 0.5, 0.5)
RISING = of("val_accuracy", 0.25, 0.5, 0.375, 0.5, 0.625, 0.625, 0.5, 0.5, 0.75)
BATCHES = [[[{"loss": 1.0 / (3 * e + b + 1)} for b in range(3)], {"loss": 0.5 / (e + 1), "val_loss": 0.25 / (e + 1)}] for e in range(4)]
NAN_BATCH = [[[{"loss": 1.0}, {"loss": 0.5}], {"loss": 0.5}], [[{"loss": 0.5}, {"loss": NAN}, {"loss": NAN}], {"loss": NAN}], BATCHES[0]]
INF_BATCH = [[[{"loss": 1.0}, {"loss": -INF}], {"loss": -INF}], BATCHES[0]]
NUMBERS = [{"b": 0.1 + 0.2, "a": 1e-05, "loss": 123456789.123}, {"b": 1e16, "a": 1e22, "loss": 5e-324}, {"b": 100.0, "a": 0.0001, "loss": -0.0},
           {"b": NAN, "a": INF, "loss": -INF}, {"b": 9007199254740993.0, "a": 2.0 ** -44, "loss": 2e-3}, {"b": 1.7976931348623157e308, "c": 1.0}]

# name, callback, arguments, the logs of one or more fits
CASES = [
    *[(f"patience {p}", "EarlyStopping", dict(patience=p), [UNEVEN]) for p in range(6)],
    *[(f"patience {p}, best weights", "EarlyStopping", dict(patience=p, restore_best_weights=True), [UNEVEN]) for p in range(5)],
    *[(f"min delta {d}", "EarlyStopping", dict(patience=2, min_delta=d, restore_best_weights=True), [UNEVEN]) for d in (0.0625, 0.1, -0.1, 0.25, 0.5)],
    *[(f"baseline {b}", "EarlyStopping", dict(patience=p, baseline=b, restore_best_weights=True), [UNEVEN])
      for b, p in ((0.3, 3), (0.45, 3), (0.6, 2), (0.8, 2), (2.0, 2))],
    ("baseline that is never met while it gets better", "EarlyStopping", dict(patience=1, baseline=0.0), [val(0.9, 0.8, 0.7, 0.6, 0.65, 0.5)]),
    *[(f"start from epoch {s}", "EarlyStopping", dict(patience=1, start_from_epoch=s, restore_best_weights=True), [UNEVEN]) for s in (1, 2, 5, 9, 20)],
    *[(f"accuracy, patience {p}", "EarlyStopping", dict(monitor="val_accuracy", patience=p, restore_best_weights=True), [RISING]) for p in (1, 2, 3)],
    ("accuracy, min delta", "EarlyStopping", dict(monitor="val_accuracy", patience=1, min_delta=0.2), [RISING]),
    ("accuracy with baseline", "EarlyStopping", dict(monitor="val_accuracy", patience=2, baseline=0.55), [RISING]),
    ("accuracy by a wrong mode", "EarlyStopping", dict(monitor="val_accuracy", mode="min", patience=1), [RISING]),
    ("a name of one's own, max", "EarlyStopping", dict(monitor="gain", mode="max", patience=1), [of("gain", 1.0, 2.0, 3.0, 2.5, 4.0)]),
    ("a name of one's own, min", "EarlyStopping", dict(monitor="gain", mode="min", patience=1), [of("gain", 1.0, 2.0, 3.0)]),
    ("mae", "EarlyStopping", dict(monitor="mae", patience=1), [of("mae", 3.0, 2.0, 2.0, 1.0)]),
    ("auc", "EarlyStopping", dict(monitor="auc", patience=1), [of("auc", 0.5, 0.625, 0.5, 1.0)]),
    ("cosine similarity", "EarlyStopping", dict(monitor="val_cosine_similarity", patience=1), [of("val_cosine_similarity", -1.0, 0.0, -0.5)]),
    ("loss", "EarlyStopping", dict(monitor="loss", patience=1), [UNEVEN]),
    ("a NaN among values", "EarlyStopping", dict(patience=2, restore_best_weights=True), [val(1.0, NAN, 0.5, NAN, NAN, 0.25)]),
    ("a NaN at first", "EarlyStopping", dict(patience=2, restore_best_weights=True), [val(NAN, 1.0, 0.5, 0.25)]),
    ("infinite at first", "EarlyStopping", dict(patience=1, restore_best_weights=True), [val(INF, 1.0, INF, 0.25)]),
    ("patience 0 in the first epoch", "EarlyStopping", dict(baseline=0.5), [val(1.0, 1.0, 1.0)]),
    ("two fits", "EarlyStopping", dict(patience=1, restore_best_weights=True), [val(1.0, 0.5, 0.75), val(2.0, 1.5, 1.25, 3.0, 1.0)]),
    ("it speaks", "EarlyStopping", dict(patience=1, restore_best_weights=True, verbose=1), [val(1.0, 0.5, 0.75, 0.25)]),
    ("it speaks when not stopped", "EarlyStopping", dict(patience=5, restore_best_weights=True, verbose=1), [val(1.0, 0.5, 0.75)]),
    *[(f"plateau, patience {p}, factor {f}", "ReduceLROnPlateau", dict(patience=p, factor=f), [UNEVEN]) for p in (0, 1, 2, 3) for f in (0.5, 0.25)],
    *[(f"plateau, cooldown {c}", "ReduceLROnPlateau", dict(patience=1, factor=0.5, cooldown=c), [UNEVEN]) for c in (1, 2, 3, 5)],
    *[(f"plateau, cooldown {c}, patience 2", "ReduceLROnPlateau", dict(patience=2, factor=0.5, cooldown=c), [val(*[1.0] * 14)]) for c in (0, 1, 2, 3)],
    ("plateau to a least rate", "ReduceLROnPlateau", dict(patience=1, factor=0.5, min_lr=0.1875), [val(*[1.0] * 8)]),
    ("plateau from the least rate", "ReduceLROnPlateau", dict(patience=1, factor=0.5, min_lr=1.0), [val(*[1.0] * 4)]),
    ("plateau, least change", "ReduceLROnPlateau", dict(patience=1, factor=0.5, min_delta=0.1), [UNEVEN]),
    ("plateau, no least change", "ReduceLROnPlateau", dict(patience=1, factor=0.5, min_delta=0.0), [val(1.0, 1.0 - 2.0 ** -14, 1.0, 0.5)]),
    ("plateau, the least change's default", "ReduceLROnPlateau", dict(patience=1, factor=0.5), [val(1.0, 1.0 - 2.0 ** -14, 1.0, 0.5)]),
    ("plateau of accuracy", "ReduceLROnPlateau", dict(monitor="val_accuracy", patience=1, factor=0.5), [RISING]),
    ("plateau, mode max", "ReduceLROnPlateau", dict(mode="max", patience=2, factor=0.5), [UNEVEN]),
    ("plateau to nothing", "ReduceLROnPlateau", dict(patience=1, factor=0.0), [val(*[1.0] * 4)]),
    ("plateau, defaults", "ReduceLROnPlateau", {}, [val(*[1.0] * 13)]),
    ("plateau of NaN", "ReduceLROnPlateau", dict(patience=2, factor=0.5), [val(1.0, NAN, NAN, 0.5, NAN)]),
    ("plateau, two fits", "ReduceLROnPlateau", dict(patience=2, factor=0.5, cooldown=3), [val(1.0, 1.0, 1.0), val(*[1.0] * 5)]),
    ("plateau speaks", "ReduceLROnPlateau", dict(patience=1, factor=0.5, verbose=1), [val(1.0, 1.0, 1.0)]),
    ("schedule of the epoch", "LearningRateScheduler", dict(schedule="1/(epoch+1)"), [val(*[1.0] * 4)]),
    ("schedule of the rate", "LearningRateScheduler", dict(schedule="rate/2"), [val(*[1.0] * 4), val(1.0, 1.0)]),
    ("schedule speaks", "LearningRateScheduler", dict(schedule="rate/2", verbose=1), [val(1.0, 1.0)]),
    *[(f"every epoch to {n}", "ModelCheckpoint", dict(filepath=n + ".keras"), [val(0.1234567, 0.125, 2.675e-7, 1e22, NAN)])
      for n in ("m", "m-{epoch}", "m-{epoch:02d}", "a/b/m-{epoch:3d}", "m-{epoch:02d}-{val_loss:.4f}", "m-{val_loss}", "m-{val_loss:.2f}",
                "m-{val_loss:.2e}", "m-{val_loss:10.3f}", "m-{val_loss:010.3f}", "m-{val_loss:e}", "m-{val_loss:f}", "m-{val_loss:.1%}", "{{m}}-{loss:.0f}",
                "m-{epoch:.1f}", "m-{epoch:05.1f}")],
    ("negative numbers", "ModelCheckpoint", dict(filepath="m-{val_loss:07.2f}-{val_loss}.keras"), [val(-0.125, -1.5, -0.001, -0.0)]),
    ("best only", "ModelCheckpoint", dict(filepath="m-{epoch:02d}.keras", save_best_only=True), [UNEVEN]),
    ("best only, weights", "ModelCheckpoint", dict(filepath="m-{epoch:02d}.weights.h5", save_best_only=True, save_weights_only=True), [UNEVEN]),
    ("best accuracy", "ModelCheckpoint", dict(filepath="m-{epoch:02d}-{val_accuracy:.3f}.keras", save_best_only=True, monitor="val_accuracy"), [RISING]),
    ("best by mode max", "ModelCheckpoint", dict(filepath="m-{epoch:02d}.keras", save_best_only=True, mode="max"), [UNEVEN]),
    ("best below a threshold", "ModelCheckpoint", dict(filepath="m-{epoch:02d}.keras", save_best_only=True, initial_value_threshold=0.6), [UNEVEN]),
    ("best in two fits", "ModelCheckpoint", dict(filepath="m-{epoch:02d}.keras", save_best_only=True), [val(1.0, 0.5), val(0.75, 0.25)]),
    ("best after a NaN", "ModelCheckpoint", dict(filepath="m-{epoch:02d}.keras", save_best_only=True), [val(1.0, NAN, 0.5)]),
    ("weights only", "ModelCheckpoint", dict(filepath="m-{epoch:02d}.weights.h5", save_weights_only=True), [val(1.0, 0.5)]),
    *[(f"every {n} batches", "ModelCheckpoint", dict(filepath="m-{epoch:02d}-{batch:02d}.keras", save_freq=n), [BATCHES, BATCHES[:2]])
      for n in (1, 2, 3, 4, 5, 7)],
    ("every 2 batches with the loss", "ModelCheckpoint", dict(filepath="m-{epoch}-{batch}-{loss:.3f}.weights.h5", save_freq=2, save_weights_only=True), [BATCHES]),
    ("checkpoint speaks", "ModelCheckpoint", dict(filepath="m-{epoch:02d}.keras", save_best_only=True, verbose=1), [val(1.0, 0.5, 0.75, 0.25)]),
    ("checkpoint of every epoch speaks", "ModelCheckpoint", dict(filepath="m.keras", verbose=1), [val(1.0, 0.5)]),
    ("NaN in a batch", "TerminateOnNaN", {}, [NAN_BATCH]),
    ("infinity in a batch", "TerminateOnNaN", {}, [INF_BATCH]),
    ("no NaN", "TerminateOnNaN", {}, [BATCHES]),
    ("csv", "CSVLogger", dict(filename="log.csv"), [UNEVEN[:3]]),
    ("csv of numbers in many forms", "CSVLogger", dict(filename="log.csv"), [NUMBERS]),
    ("csv with semicolons", "CSVLogger", dict(filename="log.csv", separator=";"), [RISING[:2]]),
    ("csv with tabs", "CSVLogger", dict(filename="log.csv", separator="\t"), [RISING[:2]]),
    ("csv with points", "CSVLogger", dict(filename="log.csv", separator="."), [RISING[:2]]),
    ("csv without validation", "CSVLogger", dict(filename="log.csv"), [[{"loss": 1.0, "accuracy": 0.5}, {"loss": 0.5, "accuracy": 0.75}]]),
    ("csv, validation later", "CSVLogger", dict(filename="log.csv"), [[{"loss": 1.0}, {"loss": 0.5, "val_loss": 0.25}]]),
    ("csv, a name to be quoted", "CSVLogger", dict(filename="log.csv"), [[{"loss": 1.0, 'a,"b"': 0.5}]]),
    ("csv of two fits", "CSVLogger", dict(filename="log.csv"), [UNEVEN[:3], UNEVEN[3:5]]),
    ("csv of two fits, appended", "CSVLogger", dict(filename="log.csv", append=True), [UNEVEN[:3], UNEVEN[3:5]]),
    ("csv of no epoch", "CSVLogger", dict(filename="log.csv"), [[]]),
]
SCHEDULES = {"1/(epoch+1)": lambda epoch, rate: 1 / (epoch + 1), "rate/2": lambda epoch, rate: rate / 2}

cases = []
for name, kind, arguments, fits in CASES:
    here = os.getcwd()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as out:
        os.chdir(folder)
        given = arguments | {"schedule": SCHEDULES[arguments["schedule"]]} if "schedule" in arguments else arguments
        callback = getattr(keras.callbacks, kind)(**given)
        model = Model(1.0)
        runs = [run(callback, kind, model, epochs) for epochs in fits]
        log = pathlib.Path("log.csv")
        text = log.read_bytes().decode() if log.exists() else None
        os.chdir(here)
    printed = [line for line in out.getvalue().splitlines() if line]
    cases.append(plain({"name": name, "callback": kind, "arguments": arguments, "fits": [columns(fit) for fit in fits], "runs": runs, "saved": model.saved,
                        "printed": printed, "csv": text}))

directions = {metric: direction for metric, direction in sorted(
    (m.name, getattr(m, "_direction", None)) for group in compiled.metrics if hasattr(group, "metrics") for m in group.metrics)}
for kind in vars(keras.metrics).values():
    for settings in ({}, dict(num_classes=2), dict(num_classes=2, target_class_ids=[0]), dict(recall=0.5), dict(precision=0.5),
                     dict(specificity=0.5), dict(sensitivity=0.5)):
        if isinstance(kind, type) and issubclass(kind, keras.metrics.Metric):
            with contextlib.suppress(TypeError, ValueError):
                metric = kind(**settings)
                directions.setdefault(kind().name if not settings else metric.name, getattr(metric, "_direction", None))
                break
directions = {re.sub(r"_\d$", "", name): way for name, way in sorted(directions.items())}
write("callbacks", {"directions": directions, "cases": cases}, {})
