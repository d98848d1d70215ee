"""The Keras side of notebook 08: trained on nine digits, an autoencoder is to find the tenth, each digit in turn."""
import keras
import numpy as np
from keras import layers

import study

SEED = 42
DIGITS = 20_000
EPOCHS = 4
BATCH = 100
CODE = 16


def autoencoder():
    return keras.Sequential([
        layers.Input((28, 28, 1)),
        layers.Conv2D(16, 3, strides=2, padding="same", activation="relu"),
        layers.Conv2D(32, 3, strides=2, padding="same", activation="relu"),
        layers.Flatten(),
        layers.Dense(CODE),
        layers.Dense(7 * 7 * 32, activation="relu"),
        layers.Reshape((7, 7, 32)),
        layers.Conv2DTranspose(16, 3, strides=2, padding="same", activation="relu"),
        layers.Conv2DTranspose(1, 3, strides=2, padding="same", activation="sigmoid"),
    ])


def area_under_roc(positive, scores):
    """The share of pairs, of a positive and a negative, in which the positive has the higher score; ties count half."""
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    positives = positive.sum()
    return (ranks[positive].sum() - positives * (positives + 1) / 2) / (positives * (len(scores) - positives))


def main():
    x_train, y_train, x_test, y_test = study.mnist()
    x_train, y_train = x_train[:DIGITS], y_train[:DIGITS]
    areas = {}
    for digit in range(10):
        keras.utils.set_random_seed(SEED)
        normal = x_train[y_train != digit]
        model = autoencoder()
        model.compile(optimizer=keras.optimizers.Adam(0.002), loss="mean_squared_error")
        model.fit(normal, normal, batch_size=BATCH, epochs=EPOCHS, verbose=0)
        restored = model.predict(x_test, batch_size=500, verbose=0)
        errors = ((x_test - restored) ** 2).mean(axis=(1, 2, 3))
        areas[f"AUC of digit {digit}"] = area_under_roc(y_test == digit, errors)
        print(digit, areas[f"AUC of digit {digit}"], flush=True)
    study.store("anomaly_detection", {"mean AUC": np.mean(list(areas.values())), **areas}, SEED)


main()
