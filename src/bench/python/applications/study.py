"""What the Keras sides of the application notebooks have in common: MNIST, one seed, results stored with versions.

    TRANSCONV_DATA=FOLDER python src/bench/python/applications/NAME.py

Each script trains a notebook's models with the notebook's data, settings and budget, and writes NAME.json beside itself,
which the notebook shows next to its own results.
"""
import gzip
import json
import os
import pathlib
import platform
import time

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow

HERE = pathlib.Path(__file__).resolve().parent
START = time.perf_counter()


def mnist():
    """Training images (60000, 28, 28, 1) from 0 to 1 and their digits, then the same of the 10000 test images."""
    folder = pathlib.Path(os.environ["TRANSCONV_DATA"])
    folder = folder / "mnist" if (folder / "mnist").is_dir() else folder
    return (*images_and_digits(folder, "train"), *images_and_digits(folder, "t10k"))


def images_and_digits(folder, part):
    with gzip.open(folder / f"{part}-images-idx3-ubyte.gz") as file:
        images = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 28, 28, 1).astype(np.float32) / 255
    with gzip.open(folder / f"{part}-labels-idx1-ubyte.gz") as file:
        return images, np.frombuffer(file.read(), np.uint8, offset=8).astype(np.int64)


def halved(images):
    """(n, 28, 28, 1) to (n, 14, 14, 1), by the mean of each block of 2x2."""
    return images.reshape(-1, 14, 2, 14, 2, 1).mean(axis=(2, 4))


def store(name, measures, seed):
    """Writes what was measured, a number for each name, with the versions that measured it."""
    results = dict(study=name, seed=seed, seconds=round(time.perf_counter() - START, 1),
                   versions=dict(keras=keras.__version__, tensorflow=tensorflow.__version__,
                                 numpy=np.__version__, python=platform.python_version()),
                   measures={key: float(value) for key, value in measures.items()})
    (HERE / f"{name}.json").write_text(json.dumps(results, indent=2) + "\n")
    print(json.dumps(results, indent=2))
