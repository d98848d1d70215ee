"""Makes optimizers.json and optimizers.npz: two variables after each of five steps on given gradients.

    python make_optimizers.py
"""
from golden import write  # first: it chooses Keras' backend

import keras
import numpy as np

STEPS = 5
COSINE = dict(initial_learning_rate=0.02, decay_steps=3, alpha=0.1, warmup_target=0.1, warmup_steps=2)
SETTINGS = [
    ("adam", "Adam", {}),
    ("adam set otherwise", "Adam", dict(learning_rate=0.02, beta_1=0.8, beta_2=0.95, epsilon=1e-3)),
    ("adam with amsgrad", "Adam", dict(learning_rate=0.02, beta_2=0.5, amsgrad=True)),
    ("sgd", "SGD", {}),
    ("sgd set otherwise", "SGD", dict(learning_rate=0.25)),
    ("sgd with momentum", "SGD", dict(learning_rate=0.1, momentum=0.9)),
    ("sgd with nesterov momentum", "SGD", dict(learning_rate=0.1, momentum=0.9, nesterov=True)),
    ("sgd with momentum 1", "SGD", dict(learning_rate=0.1, momentum=1.0)),
    ("rmsprop", "RMSprop", {}),
    ("rmsprop set otherwise", "RMSprop", dict(learning_rate=0.02, rho=0.7, epsilon=1e-3)),
    ("rmsprop with momentum", "RMSprop", dict(learning_rate=0.02, momentum=0.8)),
    ("rmsprop centered", "RMSprop", dict(learning_rate=0.02, rho=0.6, momentum=0.5, epsilon=1e-2, centered=True)),
    ("adagrad", "Adagrad", {}),
    ("adagrad set otherwise", "Adagrad", dict(learning_rate=0.1, initial_accumulator_value=0.5, epsilon=0.1)),
    ("adagrad from nothing", "Adagrad", dict(learning_rate=0.1, initial_accumulator_value=0.0)),
    ("adadelta", "Adadelta", {}),
    ("adadelta set otherwise", "Adadelta", dict(learning_rate=1.0, rho=0.8, epsilon=1e-3)),
    ("adamw", "AdamW", {}),
    ("adamw set otherwise", "AdamW", dict(learning_rate=0.05, weight_decay=0.3, beta_1=0.8, beta_2=0.95, epsilon=1e-3)),
    ("adamw with amsgrad", "AdamW", dict(learning_rate=0.05, beta_2=0.5, amsgrad=True)),
    ("adamax", "Adamax", {}),
    ("adamax set otherwise", "Adamax", dict(learning_rate=0.05, beta_1=0.7, beta_2=0.6, epsilon=1e-2)),
    ("nadam", "Nadam", {}),
    ("nadam set otherwise", "Nadam", dict(learning_rate=0.05, beta_1=0.7, beta_2=0.9, epsilon=1e-2)),
    ("ftrl", "Ftrl", {}),
    ("ftrl set otherwise", "Ftrl", dict(learning_rate=0.2, learning_rate_power=-0.7, initial_accumulator_value=0.3,
                                        l1_regularization_strength=0.2, l2_regularization_strength=0.02,
                                        l2_shrinkage_regularization_strength=0.05, beta=0.4)),
    ("ftrl at a fixed rate", "Ftrl", dict(learning_rate=0.2, learning_rate_power=0.0)),
    ("clipnorm", "SGD", dict(learning_rate=0.1, clipnorm=0.8)),
    ("clipnorm that most gradients keep", "SGD", dict(learning_rate=0.1, clipnorm=2.5)),
    ("clipvalue", "SGD", dict(learning_rate=0.1, clipvalue=0.4)),
    ("global clipnorm", "SGD", dict(learning_rate=0.1, global_clipnorm=0.8)),
    ("global clipnorm that all gradients keep", "SGD", dict(learning_rate=0.1, global_clipnorm=100.0)),
    ("weight decay beside clipnorm", "RMSprop", dict(learning_rate=0.05, weight_decay=0.3, clipnorm=0.5)),
    ("weight decay before adagrad", "Adagrad", dict(learning_rate=0.1, weight_decay=0.2, clipvalue=0.5)),
    ("weight decay before adadelta", "Adadelta", dict(learning_rate=0.5, weight_decay=0.2, global_clipnorm=0.5)),
    ("weight decay before adamax", "Adamax", dict(learning_rate=0.1, weight_decay=0.2, clipvalue=0.5)),
    ("weight decay before nadam", "Nadam", dict(learning_rate=0.1, weight_decay=0.2, clipnorm=0.5)),
    ("weight decay before ftrl", "Ftrl", dict(learning_rate=0.1, weight_decay=0.2, clipnorm=0.5)),
    ("weight decay before sgd", "SGD", dict(learning_rate=0.1, weight_decay=0.2, momentum=0.5)),
    ("sgd on a schedule", "SGD", dict(learning_rate=("CosineDecay", COSINE))),
    ("adam on a schedule", "Adam", dict(learning_rate=("CosineDecay", COSINE))),
    ("adamw on a schedule", "AdamW", dict(learning_rate=("ExponentialDecay",
                                                         dict(initial_learning_rate=0.1, decay_steps=2, decay_rate=0.5)))),
]
SCHEDULES = [
    ("exponential", "ExponentialDecay", dict(initial_learning_rate=0.1, decay_steps=4, decay_rate=0.5)),
    ("exponential staircase", "ExponentialDecay", dict(initial_learning_rate=0.1, decay_steps=4, decay_rate=0.5, staircase=True)),
    ("piecewise constant", "PiecewiseConstantDecay", dict(boundaries=[3, 7], values=[1.0, 0.5, 0.1])),
    ("piecewise constant, one boundary", "PiecewiseConstantDecay", dict(boundaries=[5], values=[0.5, 0.1])),
    ("polynomial", "PolynomialDecay", dict(initial_learning_rate=0.1, decay_steps=6)),
    ("polynomial set otherwise", "PolynomialDecay", dict(initial_learning_rate=0.1, decay_steps=6, end_learning_rate=0.02,
                                                         power=0.5)),
    ("polynomial cycle", "PolynomialDecay", dict(initial_learning_rate=0.1, decay_steps=4, end_learning_rate=0.02, power=2.0,
                                                 cycle=True)),
    ("inverse time", "InverseTimeDecay", dict(initial_learning_rate=0.1, decay_steps=4, decay_rate=0.5)),
    ("inverse time staircase", "InverseTimeDecay", dict(initial_learning_rate=0.1, decay_steps=4, decay_rate=0.5, staircase=True)),
    ("cosine", "CosineDecay", dict(initial_learning_rate=0.1, decay_steps=6)),
    ("cosine alpha", "CosineDecay", dict(initial_learning_rate=0.1, decay_steps=6, alpha=0.2)),
    ("cosine warmup", "CosineDecay", dict(initial_learning_rate=0.0, decay_steps=6, alpha=0.2, warmup_target=0.1, warmup_steps=4)),
    ("cosine warmup of no steps", "CosineDecay", dict(initial_learning_rate=0.0, decay_steps=6, warmup_target=0.1)),
    ("cosine restarts", "CosineDecayRestarts", dict(initial_learning_rate=0.1, first_decay_steps=2)),
    ("cosine restarts set otherwise", "CosineDecayRestarts", dict(initial_learning_rate=0.1, first_decay_steps=4, t_mul=1.5,
                                                                  m_mul=0.5, alpha=0.1)),
    ("cosine restarts of one length", "CosineDecayRestarts", dict(initial_learning_rate=0.1, first_decay_steps=4, t_mul=1.0,
                                                                  m_mul=0.8)),
]
SCHEDULE_STEPS = 16


def schedule(kind, settings):
    return getattr(keras.optimizers.schedules, kind)(**settings)


rng = np.random.default_rng(5)
# The last one starts at zero, as a bias does: its values are the steps alone, however small they are.
start = [rng.standard_normal((3, 2)).astype(np.float32), rng.standard_normal(2).astype(np.float32), np.zeros((2, 2), np.float32)]
rng_of_last = np.random.default_rng(6)
arrays = {f"start/{i}": array for i, array in enumerate(start)}
for step in range(1, STEPS + 1):
    kernel, bias = rng.standard_normal((3, 2)).astype(np.float32), rng.standard_normal(2).astype(np.float32)
    # So small that Adam's epsilon decides, and never any gradient at all.
    kernel[0, 0] *= 1e-7
    kernel[1, 1] *= 1e-4
    bias[1] = 0
    last = rng_of_last.standard_normal((2, 2)).astype(np.float32)
    arrays |= {f"gradient.{step}/0": kernel, f"gradient.{step}/1": bias, f"gradient.{step}/2": last}

cases = []
for name, kind, settings in SETTINGS:
    rate = settings.get("learning_rate")
    given = settings | {"learning_rate": schedule(*rate)} if isinstance(rate, tuple) else settings
    optimizer = getattr(keras.optimizers, kind)(**given)
    variables = [keras.Variable(v) for v in start]
    optimizer.build(variables)
    for step in range(1, STEPS + 1):
        gradients = [keras.ops.convert_to_tensor(arrays[f"gradient.{step}/{i}"]) for i in range(len(start))]
        optimizer.apply(gradients, variables)
        for i, variable in enumerate(variables):
            arrays[f"{name}.{step}/{i}"] = np.array(variable.numpy())
    if isinstance(rate, tuple):
        settings = settings | {"learning_rate": {"schedule": rate[0], "config": rate[1]}}
    count = sum(int(np.prod(v.shape)) for v in optimizer.variables)
    cases.append({"name": name, "optimizer": kind, "config": settings, "state_count": count})

schedules = [{"name": name, "schedule": kind, "config": settings,
              "values": [float(schedule(kind, settings)(step)) for step in range(SCHEDULE_STEPS)]}
             for name, kind, settings in SCHEDULES]

SHARED = {"name", "use_ema", "ema_momentum", "ema_overwrite_frequency", "loss_scale_factor", "gradient_accumulation_steps"}
defaults = {kind: {k: v for k, v in getattr(keras.optimizers, kind)().get_config().items() if k not in SHARED}
            for kind in dict.fromkeys(kind for _, kind, _ in SETTINGS)}
write("optimizers", {"steps": STEPS, "variables": len(start), "defaults": defaults, "cases": cases, "schedules": schedules}, arrays)
