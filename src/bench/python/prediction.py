"""Prints milliseconds in which the autoencoder of notebook 01 predicts BATCHxSIZE images with a peer, as JSON lines.

    python src/bench/python/prediction.py PEER 1x28 100x28 10x56

PEER is pytorch, pytorch-compiled or keras (on TensorFlow or, with KERAS_BACKEND=jax, on JAX). Each peer is called in its
quickest documented way: PyTorch in inference mode with channels last, Keras as one compiled function.
"""
import json
import os
import sys

from timing import median_milliseconds

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
SECONDS = 1.0


def median(run):
    return median_milliseconds(run, SECONDS)


def with_pytorch(batch, size, compiled):
    import torch
    from autoencoder_pytorch import autoencoder

    x = torch.rand(batch, 1, size, size).to(memory_format=torch.channels_last)
    model = torch.nn.Sequential(autoencoder(), torch.nn.Sigmoid()).to(memory_format=torch.channels_last).eval()
    if compiled:
        model.compile()
    with torch.inference_mode():
        return median(lambda: model(x))


def with_keras(batch, size):
    import numpy as np
    from autoencoder_keras import autoencoder

    x = np.random.rand(batch, size, size, 1).astype(np.float32)
    model = autoencoder(size)
    if os.environ["KERAS_BACKEND"] == "jax":
        import jax

        weights = [variable.value for variable in model.variables]
        predict = jax.jit(lambda images: model.stateless_call(weights, [], images)[0])
        return median(lambda: predict(x).block_until_ready())
    import tensorflow as tf

    predict = tf.function(lambda images: model(images, training=False))
    return median(lambda: predict(tf.constant(x)).numpy())


def main():
    for images in sys.argv[2:]:
        batch, size = map(int, images.split("x"))
        taken = with_keras(batch, size) if sys.argv[1] == "keras" else with_pytorch(batch, size, "compiled" in sys.argv[1])
        print(json.dumps({"images": images, "milliseconds": taken}), flush=True)


if __name__ == "__main__":
    main()
