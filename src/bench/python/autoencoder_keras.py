"""Trains the MNIST autoencoder of notebook 01 with Keras on TensorFlow, or with KERAS_BACKEND=jax on JAX, and prints the
seconds of each epoch.

    python src/bench/python/autoencoder_keras.py FOLDER_OF_MNIST EPOCHS

The work is that of src/bench/java/AutoencoderEpochs.java.
"""
import gzip
import os
import pathlib
import resource
import sys
import time

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
from keras import layers


class Report(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        self.start = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        print(f"Epoch {epoch + 1} - {time.perf_counter() - self.start:.1f}s - loss: {logs['loss']:.4f} - "
              f"val_loss: {logs['val_loss']:.4f} - peak: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB",
              flush=True)


def autoencoder(size=28):
    relu = dict(activation="relu", kernel_initializer="he_normal")
    return keras.Sequential([
        layers.Input((size, size, 1)), layers.Conv2D(32, 3, **relu), layers.Conv2D(16, 3, **relu), layers.Conv2D(8, 3, **relu),
        layers.Conv2DTranspose(8, 3, **relu), layers.Conv2DTranspose(16, 3, **relu), layers.Conv2DTranspose(32, 3, **relu),
        layers.Conv2D(1, 3, activation="sigmoid", padding="same")])


def main():
    with gzip.open(pathlib.Path(sys.argv[1]) / "train-images-idx3-ubyte.gz") as file:
        x = np.frombuffer(file.read(), np.uint8, offset=16).reshape(60000, 28, 28, 1).astype(np.float32) / 255
    keras.utils.set_random_seed(1)
    model = autoencoder()
    model.compile(optimizer="adam", loss="binary_crossentropy")
    model.fit(x, x, batch_size=1000, epochs=int(sys.argv[2]), validation_split=0.2, verbose=0, callbacks=[Report()])


if __name__ == "__main__":
    main()
