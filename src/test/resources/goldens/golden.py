"""What the scripts here share: a deterministic Keras, on TensorFlow unless told otherwise, and the files it writes."""
import importlib
import json
import os
import pathlib
import re

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"

import keras
import numpy as np

HERE = pathlib.Path(__file__).parent
BACKEND = importlib.import_module(keras.backend.backend())
if BACKEND.__name__ == "tensorflow":
    BACKEND.config.experimental.enable_op_determinism()
keras.utils.set_random_seed(20)
keras.backend.set_floatx("float32")
keras.backend.set_image_data_format("channels_last")

MADE_WITH = {"keras": keras.__version__, BACKEND.__name__: BACKEND.__version__, "numpy": np.__version__,
             "floatx": "float32", "data_format": "channels_last"}

# Settings of layers: every layer has them, or they say nothing about what is computed.
NOT_RECORDED = {"name", "trainable", "dtype", "batch_shape", "sparse", "ragged", "build_config"}


def sixteenths(rng, shape, largest=24):
    """Multiples of 1/16 within +-1.5: sums of their products are exact in float32, whatever their order."""
    return (rng.integers(-largest, largest + 1, shape) / 16.0).astype(np.float32)


def message(error):
    """The line of a Keras error that says why: the first, or the one under the wrapper's 'Exception encountered'."""
    lines = [line for line in str(error).replace("\x1b[1m", "").replace("\x1b[0m", "").split("\n") if line.strip()]
    line = lines[1] if lines[0].startswith("Exception encountered") and len(lines) > 1 else lines[0]
    line = re.sub(r"^\{\{.*?\}\} ", "", line)
    # Python's sets print in another order in each run.
    line = re.sub(r"\{('[^{}]*')\}", lambda m: "{" + ", ".join(sorted(m.group(1).split(", "))) + "}", line)
    return re.sub(r"layer '(\w+?)_\d+'", r"layer '\1'", line)


def write(name, document, arrays):
    """Writes NAME.json and NAME.npz; arrays become float32, but for the whole numbers of uint8."""
    kept = {key: np.array(a, np.uint8 if np.asarray(a).dtype == np.uint8 else np.float32, order="C")
            for key, a in arrays.items()}
    if kept:
        np.savez_compressed(HERE / f"{name}.npz", **kept)
    text = json.dumps({"made_with": MADE_WITH, **document}, indent=1)
    (HERE / f"{name}.json").write_text(compact(text) + "\n", encoding="utf-8")
    print(f"{name}: {len(kept)} arrays")


def compact(text):
    """Puts a list of plain values on one line."""
    return re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda m: "[" + re.sub(r"\s*\n\s*", " ", m.group(1)) + "]", text)
