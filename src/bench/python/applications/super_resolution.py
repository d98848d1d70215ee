"""The Keras side of notebooks/11-super-resolution.ipynb: 14x14 to 28x28 by three tails with equally many parameters, means of seeds."""
import sys

import keras
import numpy as np

import study
from quality import psnr, ssim
from study import halved

SEEDS = 42, 43, 44
TRAINED, TESTED = 10_000, 2_000
EPOCHS, BATCH = 10, 64


class DepthToSpace(keras.layers.Layer):
    """(height, width, 4) to (2 height, 2 width, 1)."""

    def call(self, x):
        height, width = x.shape[1:3]
        blocks = keras.ops.reshape(x, (-1, height, width, 2, 2))
        return keras.ops.reshape(keras.ops.transpose(blocks, (0, 1, 3, 2, 4)), (-1, 2 * height, 2 * width, 1))

    def compute_output_shape(self, shape):
        return (shape[0], 2 * shape[1], 2 * shape[2], 1)


def tails():
    layers = keras.layers
    return {
        "transposed": [layers.Conv2DTranspose(1, 6, strides=2, padding="same", use_bias=False)],
        "resize": [layers.UpSampling2D(2), layers.Conv2D(1, 6, padding="same", use_bias=False)],
        "sub-pixel": [layers.Conv2D(4, 3, padding="same", use_bias=False), DepthToSpace()],
    }


def network(tail):
    layers = keras.layers
    return keras.Sequential([
        layers.Input((14, 14, 1)),
        layers.Conv2D(32, 5, padding="same", activation="relu"),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        *tail,
        layers.Conv2D(1, 1, kernel_initializer="ones", activation="sigmoid"),
    ])


def same_start(model):
    """Weights by Glorot's rule from Lehmer's generator, which the notebook computes too."""
    state, weights = 1, model.get_weights()
    for weight in weights:
        if weight.ndim == 4 and weight.size > 1:
            limit = np.sqrt(6 / (weight.shape[0] * weight.shape[1] * (weight.shape[2] + weight.shape[3])))
            for i in range(weight.size):
                state = state * 48271 % 2147483647
                weight.flat[i] = limit * (2 * state / 2147483647 - 1)
    model.set_weights(weights)


def trained_on(model, coarse, sharp, epochs, shuffle=True):
    steps = -(-len(sharp) // BATCH)
    rate = keras.optimizers.schedules.CosineDecay(0.003, steps * epochs)
    model.compile(optimizer=keras.optimizers.Adam(rate), loss="binary_crossentropy")
    model.fit(coarse, sharp, batch_size=BATCH, epochs=epochs, verbose=2, shuffle=shuffle)
    return model


def main(trained=TRAINED, epochs=EPOCHS):
    images, _, tests, _ = study.mnist()
    sharp, test = images[:trained], tests[:TESTED]
    coarse, coarse_test = halved(sharp), halved(test)
    bicubic = np.clip(np.asarray(keras.layers.UpSampling2D(2, interpolation="bicubic")(coarse_test)), 0, 1)
    measures = {"PSNR, bicubic": psnr(test, bicubic), "SSIM, bicubic": ssim(test, bicubic)}
    for name in tails():
        qualities = []
        for seed in SEEDS:
            keras.utils.set_random_seed(seed)
            model = network(tails()[name])
            assert model.count_params() == 11_234
            enlarged = trained_on(model, coarse, sharp, epochs).predict(coarse_test, batch_size=500, verbose=0)
            qualities.append((psnr(test, enlarged), ssim(test, enlarged)))
            print(name, seed, *qualities[-1])
        measures[f"PSNR, {name}"], measures[f"SSIM, {name}"] = np.mean(qualities, axis=0)
        model = network(tails()[name])
        same_start(model)
        enlarged = trained_on(model, coarse, sharp, epochs, shuffle=False).predict(coarse_test, batch_size=500, verbose=0)
        measures[f"PSNR, {name}, same start"] = psnr(test, enlarged)
        print(name, "same start", measures[f"PSNR, {name}, same start"])
    return measures


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(main(int(sys.argv[1]), 1))   # a trial: so many images, one epoch, nothing stored
    else:
        study.store("super_resolution", main(), SEEDS)
