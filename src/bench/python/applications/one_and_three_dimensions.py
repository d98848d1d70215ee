"""Keras' side of notebook 13: kernels that upsample sounds, and a network that makes volumes twice as fine.

    TRANSCONV_DATA=FOLDER python src/bench/python/applications/one_and_three_dimensions.py
"""
import study  # chooses Keras' backend, so it comes before Keras
import generated

import keras
import numpy as np
from keras import layers

SEED = 42
VOLUME_SEEDS = (42, 43, 44)  # where this network ends depends on where it begins: the mean is stored


def trained(model, x, y, loss, rate, batch, epochs):
    steps = epochs * (len(x) // batch)
    model.compile(optimizer=keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(rate, steps)), loss=loss)
    model.fit(x, y, batch_size=batch, epochs=epochs, verbose=2)
    return model


def decibels(signal, error):
    return 10 * np.log10(np.mean(np.square(signal, dtype=np.float64)) / np.mean(np.square(error, dtype=np.float64)))


def sounds(measures):
    data = generated.arrays("sounds")
    train, test = data["train_y"][:, 64:960], data["test_y"][:, 64:960]
    for taps in (4, 20, 64):
        keras.utils.set_random_seed(SEED)
        model = keras.Sequential([keras.Input((256, 1)),
                                  layers.Conv1DTranspose(1, taps, strides=4, padding="same", use_bias=False),
                                  layers.Cropping1D(64)])
        trained(model, data["train_x"], train, "mean_squared_error", 0.1, 20, 20)
        found = model.predict(data["test_x"], verbose=0)
        measures[f"SNR with {taps} taps"] = decibels(test, test - found)


def volumes(measures):
    data = generated.arrays("voxels")
    coarse = {part: bodies.reshape(-1, 8, 2, 8, 2, 8, 2, 1).mean((2, 4, 6)) for part, bodies in data.items()}
    solid = data["test"] >= 0.5
    levels, shares = [], []
    for seed in VOLUME_SEEDS:
        keras.utils.set_random_seed(seed)
        model = keras.Sequential([
            keras.Input((8, 8, 8, 1)),
            layers.Conv3D(16, 3, padding="same", activation="relu", kernel_initializer="he_normal"),
            layers.Conv3DTranspose(16, 4, strides=2, padding="same", activation="relu", kernel_initializer="he_normal"),
            layers.Conv3D(1, 3, padding="same", activation="sigmoid")])
        trained(model, coarse["train"], data["train"], "binary_crossentropy", 0.005, 20, 10)
        found = model.predict(coarse["test"], verbose=0)
        marked = found >= 0.5
        levels.append(decibels(np.ones(1), data["test"] - found))
        shares.append(np.sum(solid & marked) / np.sum(solid | marked))
        print(seed, levels[-1], shares[-1], flush=True)
    measures["PSNR of volumes"] = np.mean(levels)
    measures["IoU of volumes"] = np.mean(shares)


def main():
    measures = {}
    sounds(measures)
    volumes(measures)
    study.store("one_and_three_dimensions", measures, SEED)


if __name__ == "__main__":
    main()
