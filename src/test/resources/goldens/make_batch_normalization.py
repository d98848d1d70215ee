"""Makes batch-normalization.json and batch-normalization.npz: small models with BatchNormalization, trained batch by batch and by fit.

    python make_batch_normalization.py

No layer before a BatchNormalization has a bias: its gradient would be nothing but rounding, which Adam blows up.
Adam's betas are exact in float32, in which Keras takes 1 - beta**step: of 0.999 that is off by 1e-5 at the first step.
"""
from golden import sixteenths, write  # first: it chooses Keras' backend

import keras
import numpy as np
import tensorflow as tf

L = keras.layers


def picture(frozen=False):
    return keras.Sequential([
        L.Input((4, 3, 2)),
        L.Conv2DTranspose(4, (3, 2), strides=(2, 1), padding="same", use_bias=False, name="up"),
        L.BatchNormalization(momentum=0.75, gamma_regularizer=keras.regularizers.L2(0.05), trainable=not frozen, name="norm"),
        L.ReLU(name="relu"),
        L.Flatten(name="flat"),
        L.Dense(2, name="dense")])


def features():
    return keras.Sequential([
        L.Input((5,)),
        L.Dense(4, use_bias=False, name="hidden"),
        L.BatchNormalization(momentum=0.5, epsilon=0.01, center=False, scale=False, name="norm"),
        L.Activation("tanh", name="tanh"),
        L.Dense(2, name="dense")])


def shared(deeper=False, swapped=False):
    """Its two inputs are told apart by their offset, so that the order of the two updates shows."""
    x = L.Input((5,), name="x")
    a, b = L.Dense(3, use_bias=False, name="a")(x), L.Dense(3, use_bias=False, name="b")(x)
    norm = L.BatchNormalization(momentum=0.5, name="norm")
    left, right = norm(a), norm(b)
    if deeper:
        right = L.Dense(3, name="after")(right)
    return keras.Model(x, L.Dense(2, name="dense")(L.Add(name="add")([right, left] if swapped else [left, right])))


def chained():
    """The second application normalizes what the first made."""
    x = L.Input((5,), name="x")
    norm = L.BatchNormalization(momentum=0.5, name="norm")
    y = norm(L.Dense(5, use_bias=False, name="between")(norm(x)))
    return keras.Model(x, L.Dense(2, name="dense")(y))


def nested():
    """One inner model, applied twice; it holds another."""
    innermost = keras.Sequential([L.Input((4,)), L.BatchNormalization(momentum=0.75, name="norm"), L.Activation("tanh", name="tanh")], name="innermost")
    inner = keras.Sequential([L.Input((5,)), L.Dense(4, use_bias=False, name="hidden"), innermost], name="inner")
    x = L.Input((5,), name="x")
    y = L.Dense(2, name="dense")(L.Subtract(name="difference")([inner(x), inner(L.Dense(5, name="before")(x))]))
    return keras.Model(x, y)


def weights(model):
    """By layer/weight; nested models give theirs."""
    found = {}
    for layer in model._flatten_layers():
        if not isinstance(layer, keras.Model):
            found.update({f"{layer.name}/{w.name}": w for w in layer.weights})
    return found


def run(name, make, rng, arrays, batches=(5, 5, 3)):
    shape = make().input_shape[1:]
    count = sum(batches)
    # Not centred, and not of variance 1: normalization has something to do.
    x, y = sixteenths(rng, (count, *shape), 12) * 2 + 0.75, sixteenths(rng, (count, 2), 12)
    model = make()
    initial = {k: sixteenths(rng, w.shape, 12) for k, w in weights(model).items()}
    initial = {k: np.abs(v) + 0.25 if k.endswith("variance") or k.endswith("gamma") else v for k, v in initial.items()}
    arrays.update({f"{name}/x": x, f"{name}/y": y, **{f"{name}/initial/{k}": v for k, v in initial.items()}})
    document = {"name": name, "batches": list(batches), "weights": list(initial)}

    def start():
        made = make()
        for k, w in weights(made).items():
            w.assign(initial[k])
        made.compile(optimizer=keras.optimizers.Adam(0.0625, beta_1=0.75, beta_2=0.9375, epsilon=1e-3), loss="mse")
        return made

    model = start()
    losses, begin = [], 0
    for size in batches:
        losses.append(float(model.train_on_batch(x[begin:begin + size], y[begin:begin + size])))
        model.reset_metrics()
        begin += size
        if begin == size:
            arrays.update({f"{name}/after 1/{k}": w.numpy() for k, w in weights(model).items() if "moving" in k})
    arrays.update({f"{name}/final/{k}": w.numpy() for k, w in weights(model).items()})
    arrays[f"{name}/prediction"] = model.predict(x, batch_size=4, verbose=0)
    document.update(losses=losses, evaluate=float(model.evaluate(x, y, batch_size=count, verbose=0)),
                    test_on_batch=float(model.test_on_batch(x[:5], y[:5])),
                    parameters=model.count_params(), trainable=int(sum(np.prod(w.shape) for w in model.trainable_weights)))
    model = start()
    history = model.fit(x, y, batch_size=batches[0], epochs=2, shuffle=False, verbose=0, validation_data=(x[:4], y[:4])).history
    arrays.update({f"{name}/fitted/{k}": w.numpy() for k, w in weights(model).items()})
    document["history"] = history
    print(name, losses, history)
    return document


def main():
    rng, arrays = np.random.default_rng(11), {}
    models = {"picture": picture, "picture frozen": lambda: picture(frozen=True), "features": features, "shared": shared,
              "shared, one deeper": lambda: shared(deeper=True), "shared, swapped": lambda: shared(swapped=True), "chained": chained, "nested": nested}
    cases = [run(name, make, rng, arrays) for name, make in models.items()]
    # One batch of all, and batches of one sample: of the picture, a sample has eight positions a channel.
    cases.append(run("picture, whole", picture, rng, arrays, (6,)))
    cases.append(run("picture, one by one", picture, rng, arrays, (1, 1)))
    write("batch-normalization", {"cases": cases}, arrays)


main()
