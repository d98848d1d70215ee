"""Trains the MNIST autoencoder of notebook 01 with PyTorch and prints the seconds of each epoch.

    python src/bench/python/autoencoder_pytorch.py FOLDER_OF_MNIST EPOCHS [channels-last] [compiled] [bf16]

The work is that of src/bench/java/AutoencoderEpochs.java: 48,000 digits of training in batches of 1,000, then 12,000 of validation.
"""
import gzip
import pathlib
import resource
import sys
import time

import numpy as np
import torch
from torch import nn


def digits(folder: pathlib.Path) -> torch.Tensor:
    with gzip.open(folder / "train-images-idx3-ubyte.gz") as file:
        pixels = np.frombuffer(file.read(), np.uint8, offset=16).reshape(60000, 1, 28, 28)
    return torch.from_numpy(pixels.astype(np.float32) / 255)


def autoencoder() -> nn.Sequential:
    model = nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 16, 3), nn.ReLU(), nn.Conv2d(16, 8, 3), nn.ReLU(),
        nn.ConvTranspose2d(8, 8, 3), nn.ReLU(), nn.ConvTranspose2d(8, 16, 3), nn.ReLU(),
        nn.ConvTranspose2d(16, 32, 3), nn.ReLU(), nn.Conv2d(32, 1, 3, padding=1))
    for layer in list(model)[:-1]:
        if hasattr(layer, "weight"):
            nn.init.kaiming_normal_(layer.weight)
            nn.init.zeros_(layer.bias)
    return model


def main() -> None:
    options = sys.argv[3:]
    x = digits(pathlib.Path(sys.argv[1]))
    layout = torch.channels_last if "channels-last" in options else torch.contiguous_format
    low = torch.autocast("cpu", torch.bfloat16, enabled="bf16" in options)
    train, validation = x[:48000], x[48000:]
    torch.manual_seed(1)
    model = autoencoder().to(memory_format=layout)
    if "compiled" in options:
        model.compile()
    optimizer = torch.optim.Adam(model.parameters(), eps=1e-7)
    loss_of = nn.BCEWithLogitsLoss()
    for epoch in range(int(sys.argv[2])):
        start = time.perf_counter()
        total = 0.0
        for rows in torch.randperm(len(train)).split(1000):
            batch = train[rows].to(memory_format=layout)
            optimizer.zero_grad()
            with low:
                predicted = model(batch)
            loss = loss_of(predicted.float(), batch)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        with torch.no_grad(), low:
            validation_loss = sum(loss_of(model(part.to(memory_format=layout)).float(), part).item() * len(part)
                                  for part in validation.split(1000)) / len(validation)
        print(f"Epoch {epoch + 1} - {time.perf_counter() - start:.1f}s - loss: {total / len(train):.4f} - "
              f"val_loss: {validation_loss:.4f} - peak: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB", flush=True)


if __name__ == "__main__":
    main()
