"""Makes metrics.json and metrics.npz: Keras' metrics after each of several updates, and how it finds them by name.

    python make_metrics.py

Updates have different numbers of samples. Weights of samples may be 0.
"""
import re

from golden import message, write  # first: it chooses Keras' backend

import keras
import numpy as np
from keras.src.metrics import ALL_OBJECTS_DICT
from keras.src.trainers.compile_utils import get_metric

K = keras.metrics
SIZES = (5, 1, 8)
arrays, cases = {}, []
rng = np.random.default_rng(26)


def results_of(metric, arguments, targets, predictions, weights):
    """All results after each update."""
    made = getattr(K, metric)(**arguments)
    results = []
    for target, prediction, weight in zip(targets, predictions, weights):
        made.update_state(*((target,) if metric in ("Mean", "Sum") else (target, prediction)), sample_weight=weight)
        results.append([float(str(np.float32(v))) for v in np.ravel(np.asarray(made.result()))])
    return results


def case(metric, what, target, prediction, weighted=True, keras_only=None, sizes=SIZES, **config):
    """The same data without and, if Keras can, with weights; the updates' samples stand one after the other."""
    name, arguments = f"{metric}, {what}", {**config, **(keras_only or {})}
    targets, predictions = [target(n) for n in sizes], [prediction(n) for n in sizes]
    weights = [(rng.integers(0 if n > 1 else 1, 9, n) / 4).astype(np.float32) for n in sizes]
    arrays[f"{name}/target"], arrays[f"{name}/prediction"] = np.concatenate(targets), np.concatenate(predictions)
    entry = {"name": name, "metric": metric, "config": config, "sizes": sizes,
             "results": results_of(metric, arguments, targets, predictions, [None] * len(sizes))}
    if weighted:
        arrays[f"{name}/weights"] = np.concatenate(weights)
        entry["weighted_results"] = results_of(metric, arguments, targets, predictions, weights)
    cases.append(entry)


def normal(*shape):
    return lambda n: rng.normal(0, 1, (n, *shape)).astype(np.float32)


def rising(*shape):
    """Rises along the axes: correlations do not cancel to about 0, where float32 has few digits."""
    return lambda n: (rng.normal(0, 1, (n, *shape)) + np.sum(np.indices(shape), axis=0)).astype(np.float32)


def uniform(*shape):
    return lambda n: rng.random((n, *shape), np.float32)


def eighths(*shape):
    """Probabilities with many ties, and many on thresholds."""
    return lambda n: (rng.integers(0, 9, (n, *shape)) / 8).astype(np.float32)


def bits(*shape):
    return lambda n: rng.integers(0, 2, (n, *shape)).astype(np.float32)


def signs(*shape):
    return lambda n: (2 * rng.integers(0, 2, (n, *shape)) - 1).astype(np.float32)


def labels(classes, *shape, lowest=0):
    return lambda n: rng.integers(lowest, classes, (n, *shape)).astype(np.float32)


def one_hot(classes, *shape):
    return lambda n: np.eye(classes, dtype=np.float32)[rng.integers(0, classes, (n, *shape))]


def shares(*shape):
    """Sums to 1 along the last axis."""
    def make(n):
        raw = rng.random((n, *shape)) + 0.05
        return (raw / raw.sum(-1, keepdims=True)).astype(np.float32)
    return make


for metric in ("MeanSquaredError", "RootMeanSquaredError", "MeanAbsoluteError", "MeanAbsolutePercentageError",
               "LogCoshError"):
    case(metric, "lines", normal(3), lambda n: 3 * normal(3)(n))
    case(metric, "images", normal(4, 3, 2), lambda n: 3 * normal(4, 3, 2)(n))
    case(metric, "target without the last axis", normal(2), lambda n: 3 * normal(2, 1)(n))
    case(metric, "one value", normal(), lambda n: 3 * normal(1)(n))
for metric in ("MeanSquaredLogarithmicError", "Poisson"):
    case(metric, "lines", uniform(3), lambda n: 4 * uniform(3)(n))
    case(metric, "images", uniform(4, 3, 2), lambda n: 4 * uniform(4, 3, 2)(n))
case("MeanSquaredLogarithmicError", "negative values", normal(3), normal(3))
case("MeanSquaredError", "one axis", normal(), normal(), weighted=False)
case("RootMeanSquaredError", "one axis", normal(), normal())
case("BinaryAccuracy", "one axis", bits(), uniform())
case("BinaryAccuracy", "images", bits(4, 3, 1), eighths(4, 3, 1))
case("BinaryAccuracy", "targets between", eighths(4, 3, 1), eighths(4, 3, 1))
case("BinaryAccuracy", "threshold", bits(3), eighths(3), threshold=0.625)
case("BinaryAccuracy", "target without the last axis", bits(4, 3), eighths(4, 3, 1))
case("Accuracy", "lines", labels(3, 4), labels(3, 4))
case("Accuracy", "one value", labels(3), labels(3, 1))
case("CategoricalAccuracy", "ties", one_hot(4), eighths(4))
case("CategoricalAccuracy", "images", one_hot(4, 3, 2), uniform(3, 2, 4))
case("CategoricalAccuracy", "soft targets", shares(3), shares(3))
for shape in ((), (1,), (3, 2), (3, 2, 1)):
    inner = shape[:-1] if shape[-1:] == (1,) else shape
    case("SparseCategoricalAccuracy", f"labels {shape}", labels(4, *shape), eighths(*inner, 4))
    case("SparseTopKCategoricalAccuracy", f"labels {shape}", labels(6, *shape), eighths(*inner, 6), k=2)
    case("SparseCategoricalCrossentropy", f"labels {shape}", labels(4, *shape), shares(*inner, 4))
case("TopKCategoricalAccuracy", "ties", one_hot(7), eighths(7), k=3)
case("TopKCategoricalAccuracy", "five", one_hot(7, 2, 3), uniform(2, 3, 7))
case("SparseTopKCategoricalAccuracy", "sorted", labels(6), lambda n: rng.permuted(
    np.tile(np.arange(6, dtype=np.float32), (n, 1)), axis=1), k=3, from_sorted_ids=True)
case("SparseTopKCategoricalAccuracy", "more than there are", labels(3), uniform(3))
for axis in (-1, 1):
    for metric in ("CosineSimilarity", "PearsonCorrelation", "ConcordanceCorrelation"):
        case(metric, f"axis {axis}", rising(3, 4), rising(3, 4), axis=axis)
case("CosineSimilarity", "zeros", bits(3), bits(3))
case("BinaryCrossentropy", "images", bits(4, 3, 1), uniform(4, 3, 1))
case("BinaryCrossentropy", "saturated", bits(3), bits(3))
case("BinaryCrossentropy", "smoothed", bits(3), uniform(3), label_smoothing=0.2)
case("BinaryCrossentropy", "logits", bits(3), lambda n: 9 * normal(3)(n), from_logits=True)
case("CategoricalCrossentropy", "lines", one_hot(4), shares(4))
case("CategoricalCrossentropy", "sum not 1", one_hot(4, 3), lambda n: uniform(3, 4)(n) + 0.25)
case("CategoricalCrossentropy", "saturated", one_hot(3), one_hot(3))
case("CategoricalCrossentropy", "smoothed", shares(3), shares(3), label_smoothing=0.1)
case("CategoricalCrossentropy", "logits", one_hot(4, 3), lambda n: 9 * normal(3, 4)(n), from_logits=True)
case("CategoricalCrossentropy", "logits smoothed", one_hot(4), normal(4), from_logits=True, label_smoothing=0.3)
case("CategoricalCrossentropy", "axis", lambda n: np.moveaxis(one_hot(4, 3)(n), -1, 1),
     lambda n: np.moveaxis(shares(3, 4)(n), -1, 1), axis=1)
case("SparseCategoricalCrossentropy", "logits", labels(4), lambda n: 9 * normal(4)(n), from_logits=True)
case("SparseCategoricalCrossentropy", "saturated", labels(3), one_hot(3))
case("SparseCategoricalCrossentropy", "ignored", labels(4), shares(4), ignore_class=2)
case("SparseCategoricalCrossentropy", "ignored below", labels(4, 3, 2, lowest=-1), shares(3, 2, 4), weighted=False,
     ignore_class=-1)
case("SparseCategoricalCrossentropy", "ignored logits", labels(4, 3, lowest=-1), normal(3, 4), weighted=False,
     ignore_class=-1, from_logits=True)
case("KLDivergence", "lines", shares(4), shares(4))
case("KLDivergence", "zeros", one_hot(4, 3), shares(3, 4))
for metric in ("Hinge", "SquaredHinge"):
    case(metric, "signs", signs(3), normal(3))
    case(metric, "bits", bits(3), normal(3))
    case(metric, "images", signs(4, 3, 2), normal(4, 3, 2))
case("CategoricalHinge", "lines", one_hot(4), normal(4))
case("CategoricalHinge", "images", one_hot(4, 3, 2), normal(3, 2, 4))
for metric in ("Mean", "Sum"):
    case(metric, "values", uniform(), uniform())
    case(metric, "images", uniform(3, 2), uniform(3, 2))
for aggregation in (None, "uniform_average", "variance_weighted_average"):
    case("R2Score", f"{aggregation}", normal(3), normal(3), class_aggregation=aggregation)
case("R2Score", "adjusted", normal(3), normal(3), sizes=(7, 3, 10), num_regressors=4)
case("R2Score", "too many regressors", normal(2), normal(2), num_regressors=9)
case("R2Score", "one value", normal(), normal(1))
for metric in ("TruePositives", "FalsePositives", "TrueNegatives", "FalseNegatives", "Precision", "Recall"):
    case(metric, "one axis", bits(), eighths())
    case(metric, "one value", bits(), eighths(1))
    case(metric, "lines", bits(3), uniform(3))
    case(metric, "images", bits(2, 3, 2), eighths(2, 3, 2), weighted=False)
    case(metric, "one threshold", bits(3), eighths(3), thresholds=0.25)
    case(metric, "thresholds out of order", bits(3), eighths(3), thresholds=[0.75, 0.125, 0.5, 1.0])
    case(metric, "even thresholds", bits(3), lambda n: 2 * eighths(3)(n) - 0.5, thresholds=[0.0, 0.25, 0.5, 0.75, 1.0])
    case(metric, "thirds", bits(3), uniform(3), thresholds=[0.0, 1 / 3, 2 / 3, 1.0])
for metric in ("Precision", "Recall"):
    case(metric, "top", bits(5), eighths(5), top_k=2)
    case(metric, "top and threshold", bits(5), eighths(5), top_k=3, thresholds=[0.3, 0.75])
    case(metric, "class", bits(4), uniform(4), class_id=2)
    case(metric, "last class of images", bits(3, 4), uniform(3, 4), weighted=False, class_id=-1)
    case(metric, "class of top", bits(4), eighths(4), class_id=1, top_k=2)
for metric, argument in (("PrecisionAtRecall", "recall"), ("RecallAtPrecision", "precision"),
                         ("SensitivityAtSpecificity", "specificity"), ("SpecificityAtSensitivity", "sensitivity")):
    for value in (0.4, 0.6, 0.8):
        case(metric, f"{value}", bits(), eighths(), **{argument: value})
        case(metric, f"{value} of lines", bits(3), uniform(3), **{argument: value, "num_thresholds": 17})
    case(metric, "one threshold", bits(3), uniform(3), **{argument: 0.3, "num_thresholds": 1})
    case(metric, "two thresholds", bits(3), eighths(3), **{argument: 0.3, "num_thresholds": 2})
    case(metric, "three thresholds", bits(3), eighths(3), **{argument: 0.5, "num_thresholds": 3})
    case(metric, "class", bits(3), uniform(3), **{argument: 0.5, "class_id": 1})
for curve in ("ROC", "PR", "PRGAIN"):
    for method in ("interpolation", "majoring", "minoring"):
        how = {"curve": curve, "summation_method": method}
        case("AUC", f"{curve} {method}", bits(3), uniform(3), **how)
        case("AUC", f"{curve} {method} few", bits(), eighths(), num_thresholds=5, **how)
        case("AUC", f"{curve} {method} of labels", bits(3), uniform(3), multi_label=True, num_thresholds=20, **how)
case("AUC", "two thresholds", bits(3), uniform(3), num_thresholds=2)
case("AUC", "thresholds", bits(3), eighths(3), thresholds=[0.6, 0.125, 0.3])
case("AUC", "even thresholds", bits(3), eighths(3), thresholds=[0.25, 0.5, 0.75])
case("AUC", "out of range", bits(3), lambda n: 3 * normal(3)(n))
case("AUC", "logits", bits(3), lambda n: 3 * normal(3)(n), from_logits=True)
case("AUC", "weighted labels in one", bits(3), uniform(3), label_weights=[0.5, 2.0, 0.25])
case("AUC", "weighted labels", bits(3), uniform(3), label_weights=[0.5, 2.0, 0.25], multi_label=True, num_labels=3)
case("AUC", "labels by thresholds", bits(3), eighths(3), multi_label=True, thresholds=[0.1, 0.3], weighted=False)
for average in (None, "micro", "macro", "weighted"):
    case("F1Score", f"{average}", bits(4), eighths(4), average=average)
    case("F1Score", f"{average} by threshold", bits(4), eighths(4), average=average, threshold=0.5)
    case("FBetaScore", f"{average}", one_hot(4), uniform(4), average=average, beta=2.0)
    case("FBetaScore", f"{average} by threshold", bits(4), eighths(4), average=average, beta=0.5, threshold=0.375)
floating = {"keras_only": {"dtype": "float32"}}
case("IoU", "labels", labels(3), labels(3), num_classes=3, target_class_ids=[0, 2], **floating)
case("IoU", "labels outside", labels(5, lowest=-1), labels(5, lowest=-1), num_classes=3, target_class_ids=[1], **floating)
case("IoU", "fractions", labels(3), lambda n: 3 * uniform()(n), num_classes=3, target_class_ids=[0, 1], **floating)
case("IoU", "ignored", labels(4), labels(4), num_classes=4, target_class_ids=[0, 2, 3], ignore_class=2, **floating)
case("IoU", "images by scores", labels(3, 4, 2), uniform(4, 2, 3), weighted=False, num_classes=3, target_class_ids=[1, 2],
     sparse_y_pred=False)
case("IoU", "one-hot target", one_hot(3), labels(3), num_classes=3, target_class_ids=[1, 2], sparse_y_true=False,
     **floating)
case("MeanIoU", "labels", labels(4), labels(4), num_classes=4, **floating)
case("MeanIoU", "a class never seen", labels(3), labels(3), num_classes=5, **floating)
case("MeanIoU", "images", labels(3, 4, 2), labels(3, 4, 2, 1), weighted=False, num_classes=3, ignore_class=0)
case("BinaryIoU", "both", bits(), eighths(), **floating)
case("BinaryIoU", "images", bits(4, 3, 1), eighths(4, 3, 1), weighted=False, target_class_ids=[1], threshold=0.375)
case("OneHotIoU", "ties", one_hot(4), eighths(4), num_classes=4, target_class_ids=[0, 3], **floating)
case("OneHotIoU", "images", one_hot(4, 3, 2), uniform(3, 2, 4), weighted=False, num_classes=4, target_class_ids=[1, 2],
     ignore_class=1)
case("OneHotIoU", "labels predicted", one_hot(4), labels(4), num_classes=4, target_class_ids=[1], sparse_y_pred=True,
     **floating)
case("OneHotMeanIoU", "lines", one_hot(4), uniform(4), num_classes=4, **floating)


def by_name(name):
    """The class that Keras makes for a name, or why it makes none."""
    try:
        made = K.get(name)
        return {"name": name, "class": type(made).__name__}
    except (TypeError, ValueError) as error:
        return {"name": name, "error": type(error).__name__, "message": message(error)}


without = {"Metric", "metric", "MeanMetricWrapper", "mean_metric_wrapper", "Accuracy", "accuracy"}
names = [by_name(name) for name in sorted(ALL_OBJECTS_DICT) if name not in without]
names += [by_name(name) for name in ("kld", "logcosh", "iou", "f1", "binary", "Mse", "fbeta_score", "")]

samples = 6
shapes = [((28, 28, 1), (28, 28, 1)), ((28, 28), (28, 28, 1)), ((28, 28, 3), (28, 28, 3)), ((28, 28, 1), (28, 28, 3)),
          ((28, 28), (28, 28, 3)), ((1,), (1,)), ((), (1,)), ((10,), (10,)), ((1,), (10,)), ((), (10,)), ((10,), (1,)),
          ((2, 1), (5,)), ((2, 3), (5,))]
chosen = [{"target": t, "output": o, "identifier": identifier,
           "class": type(m).__name__, "metric_name": m.name}
          for t, o in shapes for identifier in ("accuracy", "acc", "Accuracy", "mse")
          for m in [get_metric(identifier, np.zeros((samples, *t)), np.zeros((samples, *o)))]]


def refused(metric, **config):
    """Settings that Keras refuses, when it makes the metric."""
    try:
        getattr(K, metric)(**config)
    except (TypeError, ValueError) as error:
        return {"name": f"{metric} {config}", "metric": metric, "config": config, "message": message(error)}
    raise AssertionError(f"{metric} takes {config}")


refusals = [refused("R2Score", class_aggregation="median"), refused("R2Score", num_regressors=-1),
            refused("F1Score", average="mean"), refused("F1Score", threshold=0.0), refused("F1Score", threshold=1.5),
            refused("FBetaScore", beta=0.0), refused("FBetaScore", beta=-1.0), refused("FBetaScore", threshold=-0.5),
            refused("AUC", num_thresholds=1), refused("AUC", curve="PRC"), refused("AUC", summation_method="mid"),
            refused("AUC", num_labels=3), refused("IoU", num_classes=2, target_class_ids=[2]),
            refused("IoU", num_classes=2), refused("MeanIoU"), refused("OneHotIoU", num_classes=2, target_class_ids=[5]),
            refused("BinaryIoU", target_class_ids=[2]), refused("OneHotMeanIoU"), refused("PrecisionAtRecall")]
refusals += [refused(metric, thresholds=t) for metric in ("Precision", "Recall", "TruePositives", "FalseNegatives")
             for t in (1.5, [0.5, -0.1])]
refusals += [refused(metric, **{argument: value, **more})
             for metric, argument in (("PrecisionAtRecall", "recall"), ("RecallAtPrecision", "precision"),
                                      ("SensitivityAtSpecificity", "specificity"),
                                      ("SpecificityAtSensitivity", "sensitivity"))
             for value, more in ((1.1, {}), (-0.1, {}), (0.5, {"num_thresholds": 0}))]
refusals += [refused("BinaryAccuracy", level=0.5), refused("Precision", k=2)]

ARGUMENTS = {"IoU": {"num_classes": 3, "target_class_ids": [0]}, "MeanIoU": {"num_classes": 3},
             "OneHotIoU": {"num_classes": 3, "target_class_ids": [0]}, "OneHotMeanIoU": {"num_classes": 3},
             "PrecisionAtRecall": {"recall": 0.5}, "RecallAtPrecision": {"precision": 0.5},
             "SensitivityAtSpecificity": {"specificity": 0.5}, "SpecificityAtSensitivity": {"sensitivity": 0.5}}


def default(metric):
    made = getattr(K, metric)(**ARGUMENTS.get(metric, {}))
    # Keras numbers the names of later ones of a class: auc_7.
    name = re.sub(r"_\d+$", "", made.name)
    return {"metric": metric, "config": {**made.get_config(), "name": name}}


defaults = [default(metric) for metric in
            sorted({type_.__name__ for type_ in ALL_OBJECTS_DICT.values()} - {"Metric", "MeanMetricWrapper"})]
write("metrics", {"cases": cases, "names": names, "chosen": chosen, "refused": refusals, "defaults": defaults}, arrays)
