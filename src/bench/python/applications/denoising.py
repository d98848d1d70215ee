"""The Keras side of notebooks/07-denoising.ipynb: one network against two kinds of noise."""
import sys

import keras
import numpy as np

import study
from quality import psnr, ssim

SEED = 42
TRAINED, TESTED = 20_000, 2_000
EPOCHS, BATCH = 5, 128


def gaussian(images, deviation, random):
    return np.clip(images + deviation * random.standard_normal(images.shape), 0, 1).astype(np.float32)


def salt_and_pepper(images, amount, random):
    replaced = random.random(images.shape) < amount
    return np.where(replaced, random.integers(0, 2, images.shape), images).astype(np.float32)


def network():
    layers = keras.layers
    return keras.Sequential([
        layers.Input((28, 28, 1)),
        layers.Conv2D(16, 3, strides=2, padding="same", activation="relu"),
        layers.Conv2D(32, 3, strides=2, padding="same", activation="relu"),
        layers.Conv2DTranspose(32, 4, strides=2, padding="same", activation="relu"),
        layers.Conv2DTranspose(16, 4, strides=2, padding="same", activation="relu"),
        layers.Conv2D(1, 3, padding="same", activation="sigmoid"),
    ])


def main(trained=TRAINED, epochs=EPOCHS):
    keras.utils.set_random_seed(SEED)
    random = np.random.default_rng(SEED)
    images, _, tests, _ = study.mnist()
    clean, test = images[:trained], tests[:TESTED]
    noisy = np.concatenate([gaussian(clean, 0.3, random), salt_and_pepper(clean, 0.2, random)])

    model = network()
    steps = -(-len(noisy) // BATCH)
    rate = keras.optimizers.schedules.CosineDecay(0.003, steps * epochs)
    model.compile(optimizer=keras.optimizers.Adam(rate), loss="binary_crossentropy")
    model.fit(noisy, np.concatenate([clean, clean]), batch_size=BATCH, epochs=epochs, verbose=2)

    measures = {}
    for kind, spoiled in (("Gaussian", gaussian(test, 0.3, random)),
                          ("salt and pepper", salt_and_pepper(test, 0.2, random))):
        restored = model.predict(spoiled, batch_size=500, verbose=0)
        measures[f"PSNR, {kind}"] = psnr(test, restored)
        measures[f"SSIM, {kind}"] = ssim(test, restored)
    return measures


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(main(int(sys.argv[1]), 1))   # a trial: so many images, one epoch, nothing stored
    else:
        study.store("denoising", main(), SEED)
