"""Makes measures.json and measures.npz: what scikit-image, scikit-learn and SciPy find on small arrays.

    python make_measures.py

Arrays are float32 and are computed on in float64. It needs no Keras, and so nothing of golden.py.
"""
import json
import pathlib
import warnings

import numpy as np
import scipy
import skimage
import sklearn
from scipy.ndimage import median_filter
from skimage.metrics import peak_signal_noise_ratio, structural_similarity
from sklearn.metrics import accuracy_score, confusion_matrix, jaccard_score, precision_score, recall_score, \
    roc_auc_score, roc_curve

HERE = pathlib.Path(__file__).parent
RNG = np.random.default_rng(7)
ARRAYS = {}


def keep(name, **arrays):
    """Records them, and gives back the values that a reader finds."""
    for key, array in arrays.items():
        ARRAYS[f"{name}/{key}"] = np.ascontiguousarray(array, np.float32)
    return [ARRAYS[f"{name}/{key}"].astype(np.float64) for key in arrays]


def scene(*shape):
    """Smooth images in [0, 1] with an edge, (batch, height, width, channels)."""
    batch, height, width, channels = shape
    y, x = np.mgrid[:height, :width]
    phases = RNG.uniform(0, 6, (batch, 1, 1, channels))
    waves = 0.5 + 0.3 * np.sin(x[..., None] / 2.3 + phases) * np.cos(y[..., None] / 3.1 - phases)
    return np.clip(waves + 0.2 * (x > width // 2)[..., None], 0, 1)


SSIM = {
    "uniform 7": ({}, {}),
    "uniform 3": ({"windowSize": 3}, {"win_size": 3}),
    "uniform 5, biased": ({"windowSize": 5, "sampleCovariance": False},
                          {"win_size": 5, "use_sample_covariance": False}),
    "Wang et al.": ({"gaussianWeights": 1.5, "sampleCovariance": False},
                    {"gaussian_weights": True, "sigma": 1.5, "use_sample_covariance": False}),
    "Gaussian, unbiased": ({"gaussianWeights": 1.5}, {"gaussian_weights": True, "sigma": 1.5}),
    "narrow Gaussian": ({"gaussianWeights": 0.8}, {"gaussian_weights": True, "sigma": 0.8}),
}


def images():
    gray = scene(3, 14, 12, 1)
    colour = scene(2, 11, 15, 3)
    pairs = {
        "gray": (gray, np.clip(gray + RNG.normal(0, 0.1, gray.shape), 0, 1), 1),
        "colour": (colour, np.clip(colour + RNG.normal(0, 0.3, colour.shape), 0, 1), 1),
        "bytes": (np.round(255 * colour), np.round(255 * colour ** 1.5), 255),
        "range of 2": (2 * gray - 1, 1 - 2 * gray, 2),
        "constant": (np.full((2, 12, 13, 2), 0.5), np.full((2, 12, 13, 2), 0.25), 1),
        "constant and not": (np.full(gray.shape, 0.5), gray, 1),
        "one wrong pixel": (np.zeros((1, 11, 11, 1)), np.eye(121)[60].reshape(1, 11, 11, 1), 1),
    }
    for name, (target, image, data_range) in pairs.items():
        target, image = keep(name, target=target, image=image)
        yield {"name": name, "data_range": data_range,
               "psnr": [peak_signal_noise_ratio(t, i, data_range=data_range) for t, i in zip(target, image)],
               "ssim": [{"settings": ours,
                         "values": [structural_similarity(t, i, data_range=data_range, channel_axis=-1, **theirs)
                                    for t, i in zip(target, image)]}
                        for ours, theirs in SSIM.values()]}


def curves():
    labels = (RNG.random(60) < 0.4).astype(int)
    noise = RNG.normal(0, 1, 60)
    rare = np.zeros(80, int)
    rare[[5, 41]] = 1
    cases = {
        "apart": (labels, labels + noise / 2),
        "ties": (labels, np.round(labels + noise)),
        "few ties": (labels, np.round(labels + noise, 1)),
        "rare": (rare, RNG.normal(0, 1, 80)),
        "right": (labels, labels * 2.0),
        "wrong": (labels, -noise ** 2 - 9.0 * labels),
        "all scores equal": (labels, np.full(60, 0.3)),
        "two": (np.array([1, 0]), np.array([0.2, 0.7])),
    }
    for name, (label, score) in cases.items():
        label, score = keep(name, labels=label, scores=score)
        entry = {"name": name, "area": roc_auc_score(label, score)}
        for key, drop in (("all", False), ("corners", True)):
            false_positive, true_positive, thresholds = roc_curve(label, score, drop_intermediate=drop)
            # JSON has no infinity: the first threshold is left out.
            entry[key] = {"false_positive_rates": false_positive.tolist(),
                          "true_positive_rates": true_positive.tolist(),
                          "thresholds": thresholds[1:].tolist()}
        yield entry


def factor(features):
    """R with R' R the covariance."""
    return np.linalg.qr(features - features.mean(axis=0), mode="r") / np.sqrt(len(features) - 1)


def distances():
    mix = RNG.normal(0, 1, (6, 6))
    # Whole numbers and quarters: rounded to float32, others would not be singular.
    low, other_low = RNG.integers(-3, 4, (2, 2, 7))

    def quarters():
        return RNG.integers(-12, 13, (50, 2)) / 4

    cases = {
        "regular": (RNG.normal(0, 1, (90, 6)) @ mix, RNG.normal(0.5, 2, (70, 6))),
        "near": (near := RNG.normal(0, 1, (80, 4)), near + RNG.normal(0, 0.01, (80, 4))),
        "far": (RNG.normal(0, 1, (50, 3)), RNG.normal(100, 1, (60, 3))),
        "scales": (RNG.normal(0, [1e-3, 1, 1e3], (50, 3)), RNG.normal(0, [2e-3, 1, 1e3], (60, 3))),
        "one feature": (RNG.normal(0, 1, (30, 1)), RNG.normal(1, 3, (40, 1))),
        "fewer samples than features": (RNG.normal(0, 1, (5, 9)), RNG.normal(0, 1, (4, 9))),
        "one singular": (RNG.normal(0, 1, (50, 7)), quarters() @ low),
        "both singular": (quarters() @ low, quarters() @ other_low),
        "same plane": (quarters() @ low, (quarters() + 1) * 2 @ low),
        "one constant": (np.full((6, 3), 0.25), RNG.normal(0, 1, (40, 3))),
        "both constant": (np.full((6, 3), 0.25), np.full((5, 3), 1.25)),
    }
    for name, (first, second) in cases.items():
        first, second = keep(name, first=first, second=second)
        a, b = (np.atleast_2d(np.cov(features, rowvar=False)) for features in (first, second))
        apart = np.sum((first.mean(axis=0) - second.mean(axis=0)) ** 2) + np.trace(a + b)
        # The trace of (C1 C2)^1/2 is the sum of the singular values of R1 R2', which singular covariances do not blur.
        singular_values = np.linalg.svd(factor(first) @ factor(second).T, compute_uv=False)
        entry = {"name": name, "distance": float(apart - 2 * singular_values.sum()), "size": float(apart)}
        if np.linalg.matrix_rank(a) == np.linalg.matrix_rank(b) == len(a):
            entry["by_sqrtm"] = float(apart - 2 * np.trace(scipy.linalg.sqrtm(a @ b)).real)
        yield entry


def confusions():
    target = RNG.integers(0, 5, (3, 6, 8))
    cases = {
        "label images": (target, np.where(RNG.random(target.shape) < 0.6, target, RNG.integers(0, 5, target.shape)), 5),
        "a class not predicted": (target, np.minimum(target, 3), 5),
        "classes that are nowhere": (np.array([0, 0, 2, 2]), np.array([0, 2, 2, 2]), 4),
        "two": (np.array([0, 1, 1, 1, 0]), np.array([1, 1, 0, 1, 0]), 2),
    }
    for name, (target, prediction, classes) in cases.items():
        keep(name, target=target, prediction=prediction)
        flat = {"y_true": target.ravel(), "y_pred": prediction.ravel()}
        each = {"labels": range(classes), "average": None, "zero_division": np.nan}
        # NaN, which JSON does not have, is null.
        yield {"name": name, "classes": classes,
               "counts": confusion_matrix(**flat, labels=range(classes)).tolist(), "accuracy": accuracy_score(**flat),
               **{key: [None if np.isnan(v) else v for v in score(**flat, **each).tolist()] for key, score in
                  (("precision", precision_score), ("recall", recall_score), ("iou", jaccard_nan))}}


def jaccard_nan(y_true, y_pred, labels, average, zero_division):
    """jaccard_score, which takes no NaN for classes that are nowhere."""
    there = np.isin(labels, np.union1d(y_true, y_pred))
    scores = jaccard_score(y_true, y_pred, labels=labels, average=average, zero_division=0)
    return np.where(there, scores, zero_division)


def medians():
    picture, = keep("median", images=scene(2, 6, 9, 3) + RNG.normal(0, 0.2, (2, 6, 9, 3)))
    for size in ((3, 3), (1, 3), (5, 3), (2, 2), (4, 3), (3, 6), (13, 20), (1, 1)):
        name = f"median {size[0]} x {size[1]}"
        filtered = [np.stack([median_filter(i[..., c], size=size, mode="reflect") for c in range(3)], axis=-1)
                    for i in picture]
        keep(name, filtered=filtered)
        yield {"name": name, "size": size}


with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    lists = {"images": images(), "curves": curves(), "distances": distances(), "confusions": confusions(),
             "medians": medians()}
    lists = {key: list(entries) for key, entries in lists.items()}
made_with = {"scikit-image": skimage.__version__, "scikit-learn": sklearn.__version__, "scipy": scipy.__version__,
             "numpy": np.__version__}
rows = {key: ",\n  ".join(json.dumps(entry, allow_nan=False) for entry in entries) for key, entries in lists.items()}
text = ",\n".join(f' "{key}": [\n  {entries}\n ]' for key, entries in rows.items())
(HERE / "measures.json").write_text(f'{{\n "made_with": {json.dumps(made_with)},\n{text}\n}}\n', encoding="utf-8")
np.savez_compressed(HERE / "measures.npz", **ARRAYS)
print(f"measures: {len(ARRAYS)} arrays")
