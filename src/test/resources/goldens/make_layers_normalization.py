"""Makes layers-batch-normalization and layers-normalization (.json, .npz): layers that normalize, in training and in inference.

    python make_layers_normalization.py
"""
from layer_golden import Recorder  # first: it chooses Keras' backend

import keras
import numpy as np

batches, samples = Recorder(), Recorder()
SHAPES = {2: (5, 3), 3: (4, 5, 3), 4: (3, 4, 2, 3), 5: (2, 3, 2, 4, 3)}


def record(name, layer, shape, training=False, factor=1.0, **config):
    """Layers that normalize have an argument `scale`; the recorder means the inputs by it."""
    recorder = batches if layer == "BatchNormalization" else samples
    recorder.record(name, layer, shape, training=training, scale=factor, settings=config)


def batch():
    number = 0
    for rank, axes in ((2, (-1, 1)), (3, (-1, 1, -2)), (4, (-1, 3, 1, 2, -3)), (5, (-1, 1))):
        for axis in axes:
            for training in (True, False):
                # Each of the four ways to have gamma and beta meets each axis and mode somewhere.
                center, scale = [(True, True), (True, False), (False, True), (False, False)][number % 4]
                number += 1 if training else 0
                record(f"batch {rank}d axis {axis} training {training}", "BatchNormalization", SHAPES[rank], training=training,
                                axis=axis, center=center, scale=scale)
    for center in (True, False):
        for scale in (True, False):
            for training in (True, False):
                record(f"batch center {center} scale {scale} training {training}", "BatchNormalization", (4, 3, 5, 2),
                                training=training, center=center, scale=scale, epsilon=0.125)
    for momentum in (0.0, 0.5, 0.9, 1.0):
        for epsilon in (1e-5, 0.25):
            for axis in (-1, 1):
                record(f"batch momentum {momentum} epsilon {epsilon} axis {axis}", "BatchNormalization", (3, 4, 5), training=True,
                                momentum=momentum, epsilon=epsilon, axis=axis)
    for scale in (1 / 64, 64.0):
        for training in (True, False):
            record(f"batch times {scale} training {training}", "BatchNormalization", (6, 5, 3), training=training, factor=scale)
    for training in (True, False):
        record(f"batch of one picture training {training}", "BatchNormalization", (1, 4, 5, 2), training=training)
        record(f"batch of one channel training {training}", "BatchNormalization", (5, 4, 3, 1), training=training)
        record(f"batch of one sample training {training}", "BatchNormalization", (1, 3), training=training)
    record("batch settings", "BatchNormalization", (4, 3), training=True, beta_initializer="ones", gamma_initializer="zeros",
                    moving_mean_initializer="ones", moving_variance_initializer="zeros", beta_regularizer="l1", gamma_regularizer="l2",
                    beta_constraint="non_neg", gamma_constraint="max_norm")
    record("batch frozen", "BatchNormalization", (4, 3, 2), training=True, trainable=False)


def layer():
    for rank, axes in ((2, (-1, 1)), (3, (-1, 1, 2, -2, [1, 2], [2, 1], [-1, 1])),
                       (4, (-1, 1, 2, [1, 2, 3], [2, 3], [1, 3], [-1, -2], [-2, 1], [3])), (5, (-1, [2, 4], [1, 2, 3, 4]))):
        for number, axis in enumerate(axes):
            center, scale = [(True, True), (True, False), (False, True), (False, False)][number % 4]
            record(f"layer {rank}d axis {axis} center {center} scale {scale}", "LayerNormalization", SHAPES[rank], axis=axis,
                            center=center, scale=scale)
            if number % 4 and rank == 4:
                record(f"layer {rank}d axis {axis}", "LayerNormalization", SHAPES[rank], axis=axis)
    for epsilon in (1e-5, 0.5):
        for axis in (-1, [1, 2]):
            for rms in (True, False):
                record(f"layer epsilon {epsilon} axis {axis} rms {rms}", "LayerNormalization", (3, 4, 5), axis=axis,
                                epsilon=epsilon, rms_scaling=rms)
    record("layer rms without gamma and beta", "LayerNormalization", (3, 4, 5), rms_scaling=True, center=False, scale=False)
    record("layer in training", "LayerNormalization", (3, 4, 5), training=True)
    record("layer times 64", "LayerNormalization", (3, 4, 5), factor=64.0)
    record("layer settings", "LayerNormalization", (4, 3), beta_initializer="ones", gamma_initializer="zeros", beta_regularizer="l1",
                    gamma_regularizer="l2", beta_constraint="non_neg", gamma_constraint="max_norm")


def group():
    for rank, shape, axes in ((2, (3, 6), (-1, 1)), (3, (3, 6, 4), (-1, 1, -2)), (4, (2, 6, 4, 6), (-1, 3, 1, 2, -2, -3)),
                              (5, (2, 3, 2, 2, 6), (-1, 2))):
        for number, axis in enumerate(axes):
            for groups in (1, 2, -1)[number % 2:]:
                center, scale = [(True, True), (True, False), (False, True), (False, False)][(number + groups) % 4]
                record(f"group {rank}d axis {axis} groups {groups}", "GroupNormalization", shape, axis=axis, groups=groups,
                                center=center, scale=scale)
    for groups in (1, 2, 3, 6, -1):
        for epsilon in (1e-5, 0.5) if groups in (2, -1) else (0.5,):
            record(f"group {groups} epsilon {epsilon}", "GroupNormalization", (2, 3, 4, 6), groups=groups, epsilon=epsilon)
    record("group default", "GroupNormalization", (2, 3, 32))
    record("group in training", "GroupNormalization", (2, 3, 4), groups=2, training=True)
    record("group settings", "GroupNormalization", (4, 3, 4), groups=2, beta_initializer="ones", gamma_initializer="zeros",
                    beta_regularizer="l1", gamma_regularizer="l2", beta_constraint="non_neg", gamma_constraint="max_norm")


def rest():
    for rank, axes in ((2, (-1, 1)), (3, (-1, 2, [1, 2], [-1, -2])), (4, (-1, 3, [2, 3], [1, 2, 3], [-2, -1])), (5, (-1, [3, 4]))):
        for axis in axes:
            record(f"rms {rank}d axis {axis}", "RMSNormalization", SHAPES[rank], axis=axis)
    for epsilon in (1e-3, 0.5):
        record(f"rms epsilon {epsilon}", "RMSNormalization", (3, 4, 5), epsilon=epsilon)
    for rank, axes in ((2, (-1, 1)), (3, (-1, 1, 2, [1, 2], [-1, 1])), (4, (-1, 1, 2, -2, [1, 2, 3], [1, 3], [-1, -2])), (5, (-1, [2, 4]))):
        for axis in axes:
            record(f"unit {rank}d axis {axis}", "UnitNormalization", SHAPES[rank], axis=axis)


def refused():
    """What Keras refuses; the test of these layers' arguments refuses the same."""
    cases = [(layer, (3, 4), {"axis": axis}) for axis in (2, -3)
             for layer in ("BatchNormalization", "LayerNormalization", "GroupNormalization", "RMSNormalization", "UnitNormalization")]
    cases += [("GroupNormalization", (3, 4), {"groups": groups}) for groups in (0, -2, 3, 8)]
    cases += [("RMSNormalization", (3, 4, 5), {"axis": 1}), ("BatchNormalization", (3, 4), {"axis": 0})]
    for layer, shape, config in cases:
        try:
            made = getattr(keras.layers, layer)(**config)
            made(keras.Input(shape[1:]))
            made(np.zeros(shape, np.float32))
        except Exception:
            continue
        raise AssertionError(f"Keras takes {layer} {config}")


batch()
layer()
group()
rest()
refused()
batches.write("layers-batch-normalization")
samples.write("layers-normalization")
