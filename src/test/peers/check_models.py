"""Opens in Keras, and in PyTorch, what PeersTest left: files, programs and weights. One line a failed check, and at the
end 'N passed, N failed'.

    python check_models.py FOLDER [pytorch]
"""
import gc
import os
import sys
import warnings
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
import numpy as np

import exchange

PREDICTED, TRAINED = 1e-5, 1e-4
gc.freeze()  # clear_session collects garbage: not among what the libraries have loaded


class Checks:

    def __init__(self):
        self.passed, self.failed, self.worst = 0, 0, {}

    def run(self, what, name, check):
        """A check returns pairs: how far off it is, and what is allowed."""
        try:
            keras.utils.clear_session()
            for off, allowed in check():
                self.worst[what] = max(self.worst.get(what, 0.0), off)
                if not off <= allowed:
                    raise AssertionError(f"off by {off:.2e} of the largest value, allowed are {allowed:.0e}")
            self.passed += 1
        except Exception as error:  # whatever goes wrong with one model, the others have their turn
            self.failed += 1
            # Keras repeats the whole configuration before it says what is wrong
            reason = [line for line in str(error).splitlines() if line.strip()][-1:]
            print(f"FAILED {name}, {what}: {type(error).__name__}: {''.join(reason)[:500]}")


def main(folder, with_pytorch):
    checks = Checks()
    for file in sorted(folder.glob("*.keras")):
        name = file.name.removesuffix(".keras")
        checks.run("files in Keras", name, lambda: opened(folder, name))
    for file in sorted(folder.glob("*.keras.py")):
        name = file.name.removesuffix(".keras.py")
        checks.run("programs in Keras", name, lambda: keras_program(folder, name, file))
    for file in sorted(folder.glob("*.torch.py")) if with_pytorch else []:
        name = file.name.removesuffix(".torch.py")
        checks.run("programs in PyTorch", name, lambda: pytorch_program(folder, name, file))
    print("worst deviations: " + "; ".join(f"{what} {off:.1e}" for what, off in checks.worst.items()))
    print(f"{checks.passed} passed, {checks.failed} failed")
    return 1 if checks.failed or not checks.passed else 0


def opened(folder, name):
    model = keras.models.load_model(folder / f"{name}.keras")
    x, t = exchange.load(folder, name, "x"), exchange.load(folder, name, "t")
    yield exchange.deviation(exchange.load(folder, name, "y"), exchange.predict(model, x)), PREDICTED
    if t:
        losses = np.array(exchange.train(model, x, t), np.float32)
        yield exchange.deviation([np.load(folder / f"{name}.losses.npy")], [losses]), TRAINED
        yield exchange.deviation(exchange.load(folder, name, "after"), exchange.predict(model, x)), TRAINED


def run(file):
    """The model that a program of ours builds."""
    names = {}
    exec(compile(file.read_text(encoding="utf-8"), str(file), "exec"), names)
    return names["model"]


def keras_program(folder, name, file):
    model = run(file)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the file has the state of an optimizer, too
        model.load_weights(folder / f"{name}.weights.h5")
    received = exchange.predict(model, exchange.load(folder, name, "x"))
    yield exchange.deviation(exchange.load(folder, name, "y"), received), PREDICTED


def pytorch_program(folder, name, file):
    import torch
    from safetensors.torch import load_file

    model = run(file)
    model.load_state_dict(load_file(folder / f"{name}.safetensors"))
    model.eval()
    with torch.no_grad():
        outputs = model(*(torch.from_numpy(array) for array in exchange.load(folder, name, "x")))
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    yield exchange.deviation(exchange.load(folder, name, "y"), [output.numpy() for output in outputs]), PREDICTED


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), "pytorch" in sys.argv[2:]))
