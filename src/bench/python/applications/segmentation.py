"""Keras' side of notebook 12: a class for every pixel of scenes of digits, by a U-Net with and without its skips.

    TRANSCONV_DATA=FOLDER python src/bench/python/applications/segmentation.py
"""
import study  # chooses Keras' backend, so it comes before Keras
import generated

import keras
import numpy as np
from keras import layers

SEED = 42
CLASSES = 11
EPOCHS = 10
BATCH = 32


def block(x, filters):
    x = layers.Conv2D(filters, 3, padding="same", use_bias=False, kernel_initializer="he_normal")(x)
    return layers.ReLU()(layers.BatchNormalization(momentum=0.9)(x))


def up(x, skip, filters):
    x = layers.Conv2DTranspose(filters, 2, strides=2, padding="same", activation="relu",
                               kernel_initializer="he_normal")(x)
    return block(x if skip is None else layers.Concatenate()([skip, x]), filters)


def network(has_skips):
    scene = keras.Input((32, 32, 1))
    fine = block(scene, 16)
    half = block(layers.MaxPooling2D(2)(fine), 32)
    coarse = block(block(layers.MaxPooling2D(2)(half), 64), 64)
    x = up(coarse, half if has_skips else None, 32)
    x = up(x, fine if has_skips else None, 16)
    return keras.Model(scene, layers.Conv2D(CLASSES, 1, activation="softmax")(x))


def confusion(truth, found):
    return np.bincount(CLASSES * truth.ravel() + found.ravel(), minlength=CLASSES ** 2).reshape(CLASSES, CLASSES)


def mean_iou(matrix):
    both = np.diag(matrix)
    return np.mean(both / (matrix.sum(0) + matrix.sum(1) - both))


def main():
    scenes = generated.arrays("scenes")
    measures = {}
    for name, has_skips in (("with skips", True), ("without skips", False)):
        keras.utils.set_random_seed(SEED)
        model = network(has_skips)
        steps = EPOCHS * (len(scenes["train_x"]) // BATCH)
        rate = keras.optimizers.schedules.CosineDecay(0.005, steps)
        model.compile(optimizer=keras.optimizers.Adam(rate), loss="sparse_categorical_crossentropy")
        model.fit(scenes["train_x"], scenes["train_y"], batch_size=BATCH, epochs=EPOCHS, verbose=2)
        found = model.predict(scenes["test_x"], verbose=0).argmax(-1)
        matrix = confusion(scenes["test_y"], found)
        measures[f"mean IoU {name}"] = mean_iou(matrix)
        measures[f"pixels right {name}"] = np.trace(matrix) / matrix.sum()
        print(name, model.count_params(), measures, flush=True)
    study.store("segmentation", measures, SEED)


if __name__ == "__main__":
    main()
