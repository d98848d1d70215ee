"""Makes optimizer-configs.json: optimizers and schedules as Keras writes them down.

    python make_optimizer_configs.py
"""
from golden import write  # first: it chooses Keras' backend

import keras

SCHEDULES = keras.optimizers.schedules
OPTIMIZERS = {
    "SGD": dict(learning_rate=0.25, momentum=0.9, nesterov=True, clipnorm=0.5),
    "RMSprop": dict(learning_rate=0.125, rho=0.8, momentum=0.5, epsilon=1e-5, centered=True, clipvalue=0.25),
    "Adagrad": dict(learning_rate=0.5, initial_accumulator_value=0.3, epsilon=1e-4, global_clipnorm=2.0),
    "Adadelta": dict(learning_rate=1.0, rho=0.75, epsilon=1e-3, weight_decay=0.125),
    "Adam": dict(learning_rate=0.0625, beta_1=0.8, beta_2=0.95, epsilon=1e-3, amsgrad=True, weight_decay=0.01),
    "AdamW": dict(learning_rate=0.0625, beta_1=0.8, beta_2=0.95, epsilon=1e-3, amsgrad=True, weight_decay=0.01),
    "Adamax": dict(learning_rate=0.0625, beta_1=0.8, beta_2=0.95, epsilon=1e-3),
    "Nadam": dict(learning_rate=0.0625, beta_1=0.8, beta_2=0.95, epsilon=1e-3),
    "Ftrl": dict(learning_rate=0.25, learning_rate_power=-0.7, initial_accumulator_value=0.3,
                 l1_regularization_strength=0.2, l2_regularization_strength=0.02,
                 l2_shrinkage_regularization_strength=0.05, beta=0.4),
}
RATES = [
    SCHEDULES.ExponentialDecay(0.1, 4, 0.5), SCHEDULES.ExponentialDecay(0.1, 4, 0.5, staircase=True),
    SCHEDULES.PiecewiseConstantDecay([3, 7], [1.0, 0.5, 0.1]),
    SCHEDULES.PolynomialDecay(0.1, 6), SCHEDULES.PolynomialDecay(0.1, 4, 0.02, power=2.0, cycle=True),
    SCHEDULES.InverseTimeDecay(0.1, 4, 0.5), SCHEDULES.InverseTimeDecay(0.1, 4, 0.5, staircase=True),
    SCHEDULES.CosineDecay(0.1, 6), SCHEDULES.CosineDecay(0.0, 6, alpha=0.2, warmup_target=0.1, warmup_steps=4),
    SCHEDULES.CosineDecayRestarts(0.1, 2), SCHEDULES.CosineDecayRestarts(0.1, 4, t_mul=1.5, m_mul=0.5, alpha=0.1),
]
STEPS = 9

optimizers = [getattr(keras.optimizers, kind)(**settings) for kind, given in OPTIMIZERS.items() for settings in ({}, given)]
optimizers += [keras.optimizers.Adam(rate) for rate in RATES]
cases = []
for optimizer in optimizers:
    written = keras.optimizers.serialize(optimizer)
    rates = [float(RATES[len(cases) - 2 * len(OPTIMIZERS)](step)) for step in range(STEPS)] \
        if isinstance(written["config"]["learning_rate"], dict) else []
    cases.append({"optimizer": written, "rates": rates})
write("optimizer-configs", {"cases": cases}, {})
