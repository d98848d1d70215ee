"""Makes model-configs.json: layers and connections of models as Keras writes them down.

    python make_model_configs.py
"""
from golden import write  # first: it chooses Keras' backend

from keras import Input, Model, Sequential, layers


def sequential():
    return Sequential([Input((6, 5, 1), name="picture"),
                       layers.Conv2D(3, 3, strides=2, padding="same", activation="relu", name="conv2d"),
                       layers.Conv2DTranspose(2, 3, kernel_regularizer="l2", kernel_constraint="max_norm",
                                              name="conv2d_transpose"),
                       layers.Flatten(name="flatten"), layers.Dense(4, activation="sigmoid", name="last")], name="row")


def sequential_in_sequential():
    inner = Sequential([Input((4,), name="code"), layers.Dense(3, name="dense")], name="inner")
    deeper = Sequential([Input((3,), name="deep"), layers.Dense(2, name="d")], name="deeper")
    return Sequential([Input((4,), name="x"), inner, deeper, layers.Dense(2, name="last")], name="outer")


def skip():
    x = Input((4, 6, 2), name="x")
    a = layers.Conv2D(2, 3, padding="same", name="a")(x)
    b = layers.Conv2D(2, 1, name="b")(a)
    total = layers.Add(name="sum")([x, b])
    return Model(x, layers.Concatenate(name="all")([total, a, x]), name="skip")


def two_inputs_two_outputs():
    left, right = Input((3,), name="left"), Input((2,), name="right")
    joined = layers.Concatenate(name="joined")([left, right])
    return Model([left, right], [layers.Dense(2, name="one")(joined), layers.Dense(1, name="two")(right)], name="ends")


def shared_layer():
    a, b = Input((4, 4, 1), name="a"), Input((4, 4, 1), name="b")
    shared = layers.Conv2D(2, 3, name="shared")
    return Model([a, b], layers.Subtract(name="difference")([shared(a), shared(b)]), name="siblings")


def shared_out_of_order():
    a = Input((3,), name="a")
    shared = layers.Dense(3, name="shared")
    first = shared(a)
    second = shared(layers.Dense(3, name="between")(first))
    return Model(a, layers.Subtract(name="difference")([second, first]), name="again")


def nested_with_two_outputs():
    x = Input((4, 4, 2), name="in")
    inner = Model(x, [layers.Conv2D(1, 1, name="p")(x), layers.Conv2D(3, 1, name="q")(x)], name="inner")
    a, b = Input((4, 4, 1), name="a"), Input((4, 4, 1), name="b")
    shared = layers.Conv2D(2, 3, padding="same", name="shared")
    one, two = inner(shared(a)), inner(shared(b))
    return Model([a, b], [layers.Concatenate(name="all")([one[0], one[1], two[0]]), one[0]], name="outer")


def nested_alike():
    first = Sequential([Input((3,), name="x"), layers.Dense(4, name="dense")], name="first")
    second = Sequential([Input((4,), name="x"), layers.Dense(3, name="dense")], name="second")
    x = Input((3,), name="x")
    return Model(x, second(first(x)), name="pair")


def input_is_output():
    x = Input((3,), name="x")
    return Model(x, [x, layers.Dense(2, name="d")(x)], name="both")


def histories(written):
    """Every tensor below, as [layer, application, output]."""
    if isinstance(written, dict):
        return [written["config"]["keras_history"]] if "config" in written else []
    return [history for one in written for history in histories(one)]


def counted_from_0(ends, functional):
    """Here Keras counts the applications of nested functional models from 1, and in inbound_nodes from 0."""
    if isinstance(ends[0], str):
        return [ends[0], ends[1] - (ends[0] in functional), ends[2]]
    return [counted_from_0(end, functional) for end in ends]


def structure(config):
    """Of what get_config gives, the names and connections."""
    entries = []
    for layer in config["layers"]:
        entry = {"class_name": layer["class_name"], "name": layer["config"]["name"]}
        if "inbound_nodes" in layer:
            entry["inbound_nodes"] = [histories(node["args"]) for node in layer["inbound_nodes"]]
        if "layers" in layer["config"]:
            entry["config"] = structure(layer["config"])
        entries.append(entry)
    functional = [layer["name"] for layer in entries if layer["class_name"] == "Functional"]
    ends = {key: counted_from_0(config[key], functional) for key in ("input_layers", "output_layers") if key in config}
    return {"name": config["name"], "trainable": config["trainable"], "layers": entries, **ends}


DRAWN = [sequential, sequential_in_sequential, skip, two_inputs_two_outputs, shared_layer, shared_out_of_order,
         nested_with_two_outputs, nested_alike, input_is_output]
cases = []
for draw in DRAWN:
    model = draw()
    cases.append({"name": draw.__name__.replace("_", "-"), "class_name": model.__class__.__name__,
                  "structure": structure(model.get_config())})

write("model-configs", {"cases": cases}, {})
