"""Makes functional-summaries.json and functional-summaries/*.txt: Keras' summary of models that are drawn, as it prints
it in 80 columns and at line lengths that one asks for, their layers and weights in its order.

    python make_functional_summaries.py
"""
import os

os.environ["COLUMNS"] = "80"

from golden import HERE, write  # first: it chooses Keras' backend

import keras
import numpy as np
from keras import layers

FOLDER = HERE / "functional-summaries"
models = {}
drawings = {}


def drawing(function):
    drawings[function.__name__.replace("_", "-")] = function
    return function


def record(name, draw):
    keras.utils.clear_session()
    model = draw()
    (FOLDER / f"{name}.txt").write_text(text(model), encoding="utf-8")
    models[name] = {
        "model": model.name,
        "layers": [layer.name for layer in model.layers if not isinstance(layer, layers.InputLayer)],
        "parameters": model.count_params(),
        "trainable": count(model.trainable_weights), "non_trainable": count(model.non_trainable_weights),
        "weights": ["/".join(weight.path.split("/")[-2:]) for weight in model.weights],
        "shapes": [list(weight.shape) for weight in model.weights],
    }


def text(model, **arguments):
    lines = []
    model.summary(print_fn=lambda text, line_break=True: lines.append(text), **arguments)
    return "\n".join(lines)


def count(weights):
    return sum(int(np.prod(weight.shape)) for weight in weights)


def train(model, optimizer):
    """One step on zeros: the optimizer has its state."""
    model.compile(optimizer=optimizer, loss="mse")
    zeros = [np.zeros((1, *tensor.shape[1:]), np.float32) for tensor in model.inputs]
    model.train_on_batch(zeros, [np.zeros((1, *tensor.shape[1:]), np.float32) for tensor in model.outputs])
    return model


@drawing
def source_003_transposed():
    x = keras.Input((28, 28, 1))
    up = layers.Conv2DTranspose(32, (3, 3), strides=(2, 2), padding="same", activation="relu")(x)
    model = keras.Model(x, layers.Conv2DTranspose(1, (3, 3), padding="same", activation="sigmoid")(up))
    model.compile(optimizer="adam", loss="mean_squared_error", metrics=["accuracy"])
    return model


@drawing
def source_003_upsampling():
    x = keras.Input((28, 28, 1))
    model = keras.Model(x, layers.Conv2D(64, (3, 3), padding="same")(layers.UpSampling2D((2, 2))(x)))
    model.compile(optimizer="adam", loss="mean_squared_error", metrics=["accuracy"])
    return model


@drawing
def u_net():
    x = keras.Input((16, 12, 2))
    fine = layers.Conv2D(4, 3, padding="same", activation="relu")(x)
    middle = layers.Conv2D(8, 3, padding="same", activation="relu")(layers.MaxPooling2D(2)(fine))
    coarse = layers.Conv2D(16, 3, padding="same", activation="relu")(layers.MaxPooling2D(2)(middle))
    up = layers.Conv2DTranspose(8, 2, strides=2)(coarse)
    up = layers.Conv2D(8, 3, padding="same")(layers.Concatenate()([up, middle]))
    up = layers.Conv2DTranspose(4, 2, strides=2)(up)
    up = layers.Conv2D(4, 3, padding="same")(layers.Concatenate()([up, fine]))
    return keras.Model(x, layers.Conv2D(1, 1, activation="sigmoid")(up))


@drawing
def two_inputs():
    picture, numbers, more = keras.Input((6, 5, 2)), keras.Input((3,)), keras.Input((4,), name="more")
    flat = layers.Flatten()(layers.Conv2D(2, 3)(picture))
    wide = layers.Dense(7)(numbers)
    return keras.Model([picture, numbers, more], layers.Dense(1)(layers.Concatenate()([flat, wide, more])))


@drawing
def two_outputs():
    x = keras.Input((8, 6, 1))
    shared = layers.Conv2D(3, 3)(x)
    numbers = layers.Dense(2, name="numbers")(layers.Flatten()(shared))
    picture = layers.Conv2DTranspose(2, 3)(shared)
    picture = layers.Conv2D(1, 1, name="picture")(layers.LeakyReLU()(picture))
    return train(keras.Model(x, [numbers, picture], name="two_heads"), keras.optimizers.SGD(0.01, momentum=0.9))


@drawing
def shared():
    """Applied to the second input first; the last application has another shape."""
    a, b, c = keras.Input((8, 8, 2)), keras.Input((8, 8, 2)), keras.Input((4, 6, 2))
    look = layers.Conv2D(3, 3, padding="same")
    of_b, of_a, of_c = look(b), look(a), look(c)
    joined = layers.GlobalAveragePooling2D()(layers.Add()([of_a, of_b, of_a]))
    return keras.Model([a, b, c], layers.Concatenate()([joined, layers.GlobalMaxPooling2D()(of_c)]))


@drawing
def shared_in_a_chain():
    x = keras.Input((5,))
    again = layers.Dense(5)
    return keras.Model(x, layers.Dense(2)(again(layers.LeakyReLU()(again(x)))))


@drawing
def nested():
    a, b = keras.Input((6, 4, 2)), keras.Input((6, 4, 2))
    both = layers.Add()([layers.Conv2D(3, 1)(a), layers.Conv2D(3, 1)(b)])
    inner = keras.Model([a, b], [layers.Conv2DTranspose(2, 2, strides=2)(both), layers.Flatten()(both)])
    x = keras.Input((6, 4, 2))
    picture, numbers = inner([layers.Conv2D(2, 3, padding="same")(x), x])
    return keras.Model(x, [layers.Conv2D(1, 3)(picture), layers.Dense(2)(numbers)])


@drawing
def nested_in_a_chain():
    """Encoder and decoder, models of one model: no branch, so no connections."""
    inner = keras.Sequential([keras.Input((6,)), layers.Dense(4, activation="relu"), layers.Dense(3)])
    z = keras.Input((3,))
    decoder = keras.Model(z, layers.Dense(6, name="wide")(layers.Dense(5, name="narrow")(z)))
    x = keras.Input((6,))
    return keras.Model(x, layers.Dense(1)(decoder(inner(x))))


@drawing
def nested_twice():
    x = keras.Input((4,))
    innermost = keras.Model(x, layers.Dense(3, name="small")(x))
    y = keras.Input((4,))
    middle = keras.Model(y, layers.Concatenate()([innermost(y), y]))
    first, second = keras.Input((4,)), keras.Input((4,))
    return keras.Model([first, second],
                       layers.Dense(2)(layers.Subtract()([middle(first), middle(second)])))


@drawing
def nested_alike():
    """Two models drawn apart, whose layers have names of their own; the counts of automatic ones go on."""
    def part(name):
        return keras.Sequential([keras.Input((4,)), layers.Dense(4, name=f"{name}_in"), layers.LeakyReLU()])
    one, other = part("one"), part("other")
    x = keras.Input((4,))
    return keras.Model(x, layers.Multiply()([layers.LeakyReLU()(one(x)), layers.ELU()(other(x))]))


@drawing
def sequential_of_models():
    x = keras.Input((6, 6, 1))
    drawn = keras.Model(x, layers.Conv2D(2, 3)(x))
    rest = keras.Sequential([keras.Input((4, 4, 2)), layers.Flatten(), layers.Dense(3)])
    return keras.Sequential([keras.Input((6, 6, 1)), drawn, rest, layers.Dense(2)])


@drawing
def grown_layer_by_layer():
    """Keras draws a Sequential anew with each layer: a Functional model's name is gone each time."""
    grown = keras.Sequential()
    grown.add(keras.Input((5,)))
    grown.add(layers.Dense(4))
    grown.add(layers.LeakyReLU())
    grown.add(layers.Dense(3))
    x = keras.Input((5,))
    last = layers.Dense(3)
    return keras.Model(x, last(layers.Add()([grown(x), layers.Dense(3)(x)])))


@drawing
def made_out_of_order():
    last, middle, first = layers.Dense(2), layers.Dense(3), layers.Dense(4)
    b, a = keras.Input((5,)), keras.Input((6,))
    side = layers.Dense(3)(b)
    return keras.Model([a, b], last(layers.Average()([side, middle(first(a))])))


@drawing
def uneven_branches():
    """What Keras lists together lies equally far from the output."""
    x = keras.Input((8, 8, 1))
    short = layers.Conv2D(2, 1)(x)
    long = layers.Conv2D(2, 1)(layers.Conv2D(3, 1)(layers.Conv2D(4, 1)(x)))
    lone = layers.Conv2D(2, 3, padding="same")(x)
    joined = layers.Maximum()([short, long])
    return keras.Model(x, [layers.GlobalAveragePooling2D()(lone), layers.Flatten()(joined),
                           layers.Add()([joined, lone])])


@drawing
def very_long_names():
    x = keras.Input((28, 28, 1), name="pictures_of_handwritten_digits_in_28_by_28_pixels")
    y = keras.Input((28, 28, 1), name="masks")
    first = layers.Conv2DTranspose(2, 3, name="an_exceptionally_long_name_of_a_transposed_convolution")(x)
    second = layers.Conv2DTranspose(2, 3, name="a name of several words that wraps")(y)
    joined = layers.Concatenate(name="nineteen_long_names")([first, second])
    return keras.Model([x, y], layers.Flatten(name="eighteen_long_name")(joined),
                       name="a_model_whose_name_is_itself_longer_than_the_eighty_columns_that_a_terminal_commonly_has")


@drawing
def three_axes():
    x, y = keras.Input((4, 5, 6, 2)), keras.Input((7, 3))
    volume = layers.Conv3DTranspose(3, 2, strides=(1, 2, 3))(layers.UpSampling3D((2, 1, 2))(x))
    volume = layers.GlobalMaxPooling3D()(layers.Conv3D(4, 2)(volume))
    line = layers.GlobalAveragePooling1D()(layers.Conv1DTranspose(4, 3, strides=2)(y))
    return keras.Model([x, y], layers.Minimum()([volume, line]))


@drawing
def frozen_and_trained():
    x = keras.Input((8, 8, 1))
    first = layers.Conv2D(4, 3, padding="same", name="first")
    skip = layers.Add()([first(x), layers.Conv2DTranspose(4, 3, padding="same")(x)])
    model = keras.Model(x, layers.Dense(1)(layers.Flatten()(skip)))
    first.trainable = False
    return train(model, "adam")


@drawing
def nested_and_frozen():
    encoder = keras.Sequential([keras.Input((6, 6, 1)), layers.Conv2D(3, 3), layers.Conv2D(2, 3)], name="encoder")
    encoder.trainable = False
    x = keras.Input((6, 6, 1))
    code = encoder(x)
    up = layers.Conv2DTranspose(1, 3)(code)
    model = keras.Model(x, [layers.Conv2DTranspose(1, 3)(up), layers.Flatten()(code)])
    model.compile("sgd", "mse")
    return model


@drawing
def part_of_a_model():
    """The layers have the names of the first model, and what both apply is counted on."""
    x = keras.Input((6, 6, 1))
    first = layers.Conv2D(2, 3)
    code = layers.Conv2D(3, 3)(first(x))
    up = layers.Conv2DTranspose(2, 3)
    keras.Model(x, layers.Conv2DTranspose(1, 3)(up(code)))
    y = keras.Input((6, 6, 1))
    return keras.Model([x, y], [layers.Subtract()([first(y), up(code)])], name="part")


@drawing
def unused_input():
    a, b, c = keras.Input((3,)), keras.Input((2,)), keras.Input((4,))
    return keras.Model([a, b, c], layers.Dense(2)(b))


@drawing
def input_that_is_an_output():
    x = keras.Input((4,))
    return keras.Model(x, [layers.Dense(3)(x), x])


def drawn_by_chance(rng):
    """A model of the steps (kind, number of the layer, numbers of its inputs), a layer's first step making it."""
    keras.utils.clear_session()
    inputs = [keras.Input((4,)) for _ in range(rng.integers(1, 4))]
    tensors, made, steps = list(inputs), [], []
    for _ in range(rng.integers(3, 10)):
        shared = [number for number, (kind, _) in enumerate(made) if kind == "Dense"]
        if shared and rng.random() < 0.25:
            number = int(rng.choice(shared))
        else:
            number = len(made)
            kind = str(rng.choice(["Dense", "Add", "LeakyReLU"]))
            made.append((kind, layers.Dense(4) if kind == "Dense" else getattr(layers, kind)()))
        kind, layer = made[number]
        # mostly the newest tensors, so that models get deep
        chosen = [int(len(tensors) - 1 - min(rng.geometric(0.45) - 1, len(tensors) - 1))
                  for _ in range(int(rng.integers(2, 4)) if kind == "Add" else 1)]
        tensors.append(layer([tensors[i] for i in chosen] if kind == "Add" else tensors[chosen[0]]))
        steps.append([kind, number, *chosen])
    # No layer is left out: Keras would count its name all the same.
    used = {i for _, _, *chosen in steps for i in chosen}
    outputs = [i for i in range(len(inputs), len(tensors)) if i not in used]
    outputs += [int(i) for i in rng.integers(0, len(tensors), rng.integers(0, 3))]
    outputs = [outputs[i] for i in rng.permutation(len(outputs))]
    model = keras.Model(inputs, [tensors[i] for i in outputs])
    texts_by_chance.append(text(model))
    return {"inputs": len(inputs), "steps": steps, "outputs": outputs,
            "weights": ["/".join(weight.path.split("/")[-2:]) for weight in model.weights]}


for name, draw in drawings.items():
    record(name, draw)

os.environ["COLUMNS"] = "80"
texts_by_chance = []
chance = [drawn_by_chance(np.random.default_rng(seed)) for seed in range(60)]
(FOLDER / "by-chance.txt").write_text("\n".join(texts_by_chance), encoding="utf-8")
wide = []
for name in ("u-net", "shared", "very-long-names", "source-003-transposed"):
    for length in (40, 61, 88, 108, 150):
        os.environ["COLUMNS"] = str(length + 4)
        keras.utils.clear_session()
        file = f"functional-summaries/{name}-{length}.txt"
        (HERE / file).write_text(text(drawings[name](), line_length=length), encoding="utf-8")
        wide.append({"name": name, "line_length": length, "file": file})
write("functional-summaries", {
    "models": models, "line_lengths": wide,
    "by_chance": chance}, {})
