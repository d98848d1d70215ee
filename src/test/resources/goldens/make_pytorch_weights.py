"""Makes formats/pytorch.npz: small models as people write them in PyTorch, with their state_dict, an input and the output.

    python make_pytorch_weights.py

Names are CASE/state/KEY, CASE/input and CASE/output, all in PyTorch's layout: channels first.
"""
import pathlib

import numpy as np
import torch
from torch import nn

FILE = pathlib.Path(__file__).parent / "formats" / "pytorch.npz"

MODELS = {
    "classifier": (nn.Sequential(
        nn.Conv2d(2, 4, (3, 2)), nn.BatchNorm2d(4), nn.PReLU(4), nn.AvgPool2d(2), nn.Flatten(),
        nn.Linear(4 * 2 * 3, 5), nn.ReLU(), nn.Linear(5, 3)), (2, 6, 7)),
    "autoencoder": (nn.Sequential(
        nn.Conv2d(2, 6, 3, stride=2), nn.ReLU(), nn.Flatten(), nn.BatchNorm1d(6 * 2 * 3), nn.Linear(6 * 2 * 3, 4),
        nn.Linear(4, 24), nn.BatchNorm1d(24), nn.PReLU(24), nn.Unflatten(1, (4, 2, 3)),
        nn.ConvTranspose2d(4, 6, (3, 2), stride=(2, 1), groups=2), nn.ReLU(),
        nn.ConvTranspose2d(6, 2, 2, bias=False)), (2, 6, 8)),
    "axes": (nn.Sequential(
        nn.Conv3d(2, 4, (2, 1, 3), groups=2), nn.GroupNorm(2, 4), nn.ConvTranspose3d(4, 3, (1, 2, 2))), (2, 4, 3, 5)),
    "sequence": (nn.Sequential(
        nn.Conv1d(3, 4, 2), nn.ConvTranspose1d(4, 2, 3, stride=2), nn.Flatten(), nn.Linear(2 * 11, 4),
        nn.LayerNorm(4)), (3, 6)),
    "separable": (nn.Sequential(
        nn.Conv2d(3, 6, (3, 2), groups=3), nn.Conv2d(6, 6, 2, groups=6, bias=False), nn.Conv2d(6, 4, 1)), (3, 6, 5)),
    "plain batch normalization": (nn.Sequential(
        nn.Linear(5, 3, bias=False), nn.BatchNorm1d(3, affine=False), nn.Linear(3, 2)), (5,)),
}


def sixteenths(rng, shape):
    return torch.from_numpy((rng.integers(-16, 17, tuple(shape)) / 16).astype(np.float32))


class Words(nn.Module):
    """A module with names of its own."""

    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(7, 3)
        self.head = nn.ModuleDict({"out": nn.Linear(4 * 3, 2)})

    def forward(self, x):
        return self.head["out"](self.words(x).flatten(1))


def main():
    arrays = {}
    rng = np.random.default_rng(6)
    for name, (model, shape) in {**MODELS, "words": (Words(), None)}.items():
        with torch.no_grad():
            for key, value in model.state_dict().items():
                if value.is_floating_point():
                    value.copy_(sixteenths(rng, value.shape))
                if key.endswith("running_var"):
                    value.abs_().add_(0.5)
        model.eval()
        x = sixteenths(rng, (2, *shape)) if shape else torch.from_numpy(rng.integers(0, 7, (2, 4)))
        arrays |= {f"{name}/state/{key}": value.numpy() for key, value in model.state_dict().items()}
        arrays |= {f"{name}/input": x.numpy(), f"{name}/output": model(x).detach().numpy()}
    np.savez_compressed(FILE, **arrays)
    print(f"{len(arrays)} arrays")


main()
