"""Makes reader.json and reader.npz: arrays of every rank with values known beforehand, for the test of the reader.

    python make_reader.py
"""
from golden import write  # first: it chooses Keras' backend

import numpy as np

SHAPE = (2, 3, 4, 2, 2)
arrays = {f"rank {r}": np.arange(np.prod(SHAPE[:r], dtype=int)).reshape(SHAPE[:r]) + 0.5 for r in range(6)}
arrays["transposed"] = np.arange(6).reshape(2, 3).T
arrays["bytes"] = np.array([[0, 1, 127], [128, 254, 255]], np.uint8)
arrays["extremes"] = np.array([np.float32(1e-45), -0.0, 3.4028235e38, np.inf, np.nan])
write("reader", {"cases": [{"name": "rank", "arrays": []}]}, arrays)
