"""Makes models.json and models.npz: a functional model with a shared layer, a skip and two outputs, trained for three steps.

    python make_models.py
"""
from golden import sixteenths, write  # first: it chooses Keras' backend

import keras
import numpy as np

L = keras.layers
rng = np.random.default_rng(5)
a, b = L.Input((4, 3, 2), name="a"), L.Input((4, 3, 2), name="b")
shared = L.Conv2D(3, (2, 3), padding="same", activation="tanh", kernel_regularizer=keras.regularizers.L2(0.05), name="shared")
left, right = shared(a), shared(b)
joined = L.Concatenate(name="joined")([left, right])
skip = L.Add(name="skip")([L.Conv2D(2, 1, kernel_constraint=keras.constraints.MaxNorm(1.0), name="narrow")(joined), a])
picture = L.Conv2DTranspose(1, 2, strides=2, activation="sigmoid", activity_regularizer=keras.regularizers.L1(0.01), name="picture")(skip)
number = L.Dense(2, name="number")(L.Flatten(name="flat")(joined))
model = keras.Model([a, b], [picture, number])
model.get_layer("number").trainable = False
model.compile(optimizer=keras.optimizers.SGD(0.5), loss=["binary_crossentropy", "mse"], loss_weights=[2.0, 0.25],
              metrics={"picture": ["mae"], "number": ["mae"]})
model.set_weights([sixteenths(rng, w.shape, 12) for w in model.get_weights()])
x = [sixteenths(rng, (6, 4, 3, 2), 12) for _ in range(2)]
y = [(sixteenths(rng, (6, 8, 6, 1), 8) + 0.5).clip(0, 1), sixteenths(rng, (6, 2), 12)]
weights = np.array([1, 0.5, 2, 1, 0, 3], np.float32)
arrays = {"x/0": x[0], "x/1": x[1], "y/0": y[0], "y/1": y[1], "weights": weights}
names = [w.path.split("/", 1)[-1] if w.path.startswith("functional") else w.path for w in model.weights]
arrays.update({f"initial/{n}": w for n, w in zip(names, model.get_weights())})
steps = []
# With (6,) alone, Keras would weigh the columns of the picture, of which there happen to be six.
for step in range(3):
    steps.append({k: float(v) for k, v in model.train_on_batch(x, y, sample_weight=[weights[:, None, None], weights], return_dict=True).items()})
    model.reset_metrics()
arrays.update({f"final/{n}": w for n, w in zip(names, model.get_weights())})
# Equal batches: over unequal ones Keras takes the plain mean of each output's losses, and ours the mean over samples.
unweighted = {k: float(v) for k, v in model.evaluate(x, y, batch_size=3, verbose=0, return_dict=True).items()}
prediction = model.predict(x, verbose=0)
arrays.update({"prediction/0": prediction[0], "prediction/1": prediction[1]})
write("models", {"weights": names, "steps": steps, "evaluate": unweighted}, arrays)
print(names, steps, unweighted)
