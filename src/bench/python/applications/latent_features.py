"""The Keras side of notebook 09: an autoencoder's loss, and how well logistic regression classifies its codes.

Besides Keras it needs scikit-learn.
"""
import keras
from keras import layers
from sklearn.linear_model import LogisticRegression

import study

SEED = 42
DIGITS = 20_000
EPOCHS = 4
BATCH = 100
CODE = 32
LABELS = (100, 1_000, 10_000)


def autoencoder():
    pixels = layers.Input((28, 28, 1))
    x = layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(pixels)
    x = layers.Conv2D(32, 3, strides=2, padding="same", activation="relu")(x)
    code = layers.Dense(CODE, name="code")(layers.Flatten()(x))
    x = layers.Reshape((7, 7, 32))(layers.Dense(7 * 7 * 32, activation="relu")(code))
    x = layers.Conv2DTranspose(16, 3, strides=2, padding="same", activation="relu")(x)
    drawn = layers.Conv2DTranspose(1, 3, strides=2, padding="same", activation="sigmoid")(x)
    return keras.Model(pixels, drawn), keras.Model(pixels, code)


def main():
    x_train, y_train, x_test, y_test = study.mnist()
    x_train, y_train = x_train[:DIGITS], y_train[:DIGITS]
    keras.utils.set_random_seed(SEED)
    model, encoder = autoencoder()
    model.compile(optimizer=keras.optimizers.Adam(0.002), loss="mean_squared_error")
    model.fit(x_train, x_train, batch_size=BATCH, epochs=EPOCHS, verbose=0)
    measures = {"reconstruction loss": model.evaluate(x_test, x_test, batch_size=500, verbose=0)}
    codes, test_codes = (encoder.predict(x, batch_size=500, verbose=0) for x in (x_train, x_test))
    mean, deviation = codes.mean(axis=0), codes.std(axis=0)
    for labels in LABELS:
        classifier = LogisticRegression(max_iter=2_000)
        classifier.fit((codes[:labels] - mean) / deviation, y_train[:labels])
        measures[f"accuracy with {labels} labels"] = classifier.score((test_codes - mean) / deviation, y_test)
    study.store("latent_features", measures, SEED)


main()
