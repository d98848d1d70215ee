"""Makes constraints.json and constraints.npz: weights before and after Keras' constraints.

    python make_constraints.py
"""
from golden import sixteenths, write  # first: it chooses Keras' backend

import numpy as np
from keras import constraints

WEIGHTS = {"dense (5, 4)": (5, 4), "conv2d (3, 2, 4, 6)": (3, 2, 4, 6), "bias (7,)": (7,)}
AXES = {"bias (7,)": [0, None], "dense (5, 4)": [0, 1, -1, [0, 1], None],
        "conv2d (3, 2, 4, 6)": [0, 1, 3, [0, 1, 2], [0, 1, 3], [-2, 0], None]}

rng = np.random.default_rng(40)
arrays, cases = {}, []
for name, shape in WEIGHTS.items():
    weight = sixteenths(rng, shape)
    # A part without length, and a short one: bounds from below and the epsilon show.
    weight[..., 0] *= 0 if len(shape) > 1 else 1
    weight[..., 1] *= 2.0 ** -20
    arrays[f"weight/{name}"] = weight
    made = [constraints.NonNeg()]
    for axis in AXES[name]:
        made += [constraints.MaxNorm(axis=axis), constraints.MaxNorm(0.75, axis=axis), constraints.UnitNorm(axis=axis),
                 constraints.MinMaxNorm(axis=axis), constraints.MinMaxNorm(1.25, 2.5, axis=axis),
                 constraints.MinMaxNorm(0.5, 1.5, rate=0.25, axis=axis)]
    for constraint in made:
        case = f"{len(cases)} {type(constraint).__name__} {constraint.get_config()} of {name}".replace("/", " ")
        after = np.asarray(constraint(weight))
        assert not np.array_equal(after, weight), case
        arrays[f"{case}/after"] = after
        written = constraints.serialize(constraint)
        cases.append({"name": case, "weight": name, "class_name": written["class_name"],
                      "config": constraint.get_config()})

defaults = {name: constraints.serialize(constraints.get(name)) for name in
            ["max_norm", "MaxNorm", "non_neg", "NonNeg", "unit_norm", "UnitNorm", "min_max_norm", "MinMaxNorm"]}
write("constraints", {"cases": cases, "defaults": defaults}, arrays)
