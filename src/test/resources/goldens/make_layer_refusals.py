"""Makes layer-refusals.json: wrong arguments and input shapes that Keras refuses, for every layer.

    python make_layer_refusals.py

Each wrong value is tried on a layer that is otherwise right; what Keras accepts is left out. So is None: no argument can
be that here, and in a configuration it says that the argument was not given. And so are lists of one number where Keras
wants one for each axis: here one number holds for all axes.
"""
from golden import write  # first: it chooses Keras' backend

import keras
import numpy as np

COUNT = [0, -1, 1.5, "3", []]
FILTERS = COUNT
INITIALIZER = ["no_such_initializer", 3]
REGULARIZER = ["no_such_regularizer", 3]
CONSTRAINT = ["no_such_constraint", 3]
ACTIVATION = ["no_such_activation", 3]
FORMAT = ["channels_middle", 3]
PADDING = ["full", "", 3]


def sizes(rank):
    """For a kernel, strides, a dilation, a pool."""
    return [0, -1, "two", 1.5, [], [2] * (rank + 1), [2] * (rank - 1) + [0], [2] * (rank - 1) + [-1]]


def kernel(rank, **more):
    return {"kernel_size": sizes(rank), "strides": sizes(rank), "dilation_rate": sizes(rank), "padding": PADDING,
            "data_format": FORMAT, "activation": ACTIVATION, "bias_initializer": INITIALIZER,
            "bias_regularizer": REGULARIZER, "bias_constraint": CONSTRAINT, "activity_regularizer": REGULARIZER, **more}


ONE_KERNEL = {"filters": FILTERS, "kernel_initializer": INITIALIZER, "kernel_regularizer": REGULARIZER,
              "kernel_constraint": CONSTRAINT}
DEPTHWISE = {"depth_multiplier": COUNT, "depthwise_initializer": INITIALIZER, "depthwise_regularizer": REGULARIZER,
             "depthwise_constraint": CONSTRAINT}
POINTWISE = {"pointwise_initializer": INITIALIZER, "pointwise_regularizer": REGULARIZER,
             "pointwise_constraint": CONSTRAINT}
SHAPES = {1: (2, 7, 4), 2: (2, 7, 6, 4), 3: (2, 5, 4, 6, 4)}
AFFINE = {"gamma_initializer": INITIALIZER, "beta_initializer": INITIALIZER, "gamma_regularizer": REGULARIZER,
          "beta_regularizer": REGULARIZER, "gamma_constraint": CONSTRAINT, "beta_constraint": CONSTRAINT}
RATE = [-0.1, 1.5, -1, "half"]
SEED = ["seven", 1.5, []]

# layer: right arguments, wrong values of arguments, right input shapes, wrong lists of input shapes
LAYERS = {}


def layer(name, right, wrong, shapes, wrong_shapes=()):
    LAYERS[name] = (right, wrong, [shapes] if isinstance(shapes, tuple) else shapes,
                    [[s] if isinstance(s, tuple) else s for s in wrong_shapes])


for rank, shape in SHAPES.items():
    other_ranks = [shape[:-1], (*shape, 2)]
    layer(f"Conv{rank}D", {"filters": 2, "kernel_size": 2},
          kernel(rank, **ONE_KERNEL, groups=[0, -1, 3, 5, 1.5, "2"]), shape,
          other_ranks + [(2, *[1] * rank, 4)])
    layer(f"Conv{rank}DTranspose", {"filters": 2, "kernel_size": 3, "strides": 2},
          kernel(rank, **ONE_KERNEL,
                 output_padding=[-1, 2, 5, "one", 1.5, [], [1] * (rank + 1), [1] * (rank - 1) + [2]]), shape, other_ranks)
    layer(f"UpSampling{rank}D", {"size": 2},
          {"size": sizes(rank), **({} if rank == 1 else {"data_format": FORMAT}),
           **({"interpolation": ["no_such", 3]} if rank == 2 else {})}, shape, other_ranks)
    layer(f"ZeroPadding{rank}D", {"padding": 1},
          {"padding": [-1, "one", 1.5, [1] * (rank + 2), [[1, 2]] * (rank + 1), [[1, 2, 3]] * rank, [[-1, 2]] * rank],
           "data_format": FORMAT}, shape, other_ranks)
    layer(f"Cropping{rank}D", {"cropping": 1},
          {"cropping": [-1, 9, "one", 1.5, [1] * (rank + 2), [[1, 2]] * (rank + 1), [[1, 2, 3]] * rank,
                        [[-1, 2]] * rank], "data_format": FORMAT}, shape, other_ranks)
    pool = {"pool_size": sizes(rank), "strides": sizes(rank), "padding": PADDING,
            "data_format": FORMAT}
    for kind in ("Max", "Average"):
        layer(f"{kind}Pooling{rank}D", {"pool_size": 2}, pool, shape, other_ranks + [(2, *[1] * rank, 4)])
        layer(f"Global{kind}Pooling{rank}D", {}, {"data_format": FORMAT}, shape, other_ranks)
    layer(f"SpatialDropout{rank}D", {"rate": 0.25},
          {"rate": RATE, "seed": SEED, **({} if rank == 1 else {"data_format": FORMAT})}, shape, other_ranks)
layer("DepthwiseConv2D", {"kernel_size": 2}, kernel(2, **DEPTHWISE), SHAPES[2], [(2, 6, 4), (2, 5, 6, 4, 2)])
layer("SeparableConv2D", {"filters": 3, "kernel_size": 2},
      kernel(2, filters=FILTERS, **DEPTHWISE, **POINTWISE), SHAPES[2], [(2, 6, 4), (2, 5, 6, 4, 2)])
layer("Dense", {"units": 3},
      {"units": COUNT, "activation": ACTIVATION, "kernel_initializer": INITIALIZER, "bias_initializer": INITIALIZER,
       "kernel_regularizer": REGULARIZER, "bias_regularizer": REGULARIZER, "activity_regularizer": REGULARIZER,
       "kernel_constraint": CONSTRAINT, "bias_constraint": CONSTRAINT}, (2, 4), [(2,)])
layer("Flatten", {}, {"data_format": FORMAT}, (2, 3, 4))
layer("Reshape", {"target_shape": [4, 3]},
      {"target_shape": [[-1, -1], [5], [-1, 5], [-2, 3], [1.5, 8], "twelve", [0, 12]]}, (2, 12))
layer("Permute", {"dims": [2, 1, 3]},
      {"dims": [[0, 1, 2], [1, 1, 2], [2, 3, 4], [1, 3], [-1, 2, 3], [], "ab"]}, (2, 3, 4, 5), [(2, 3, 4)])
layer("RepeatVector", {"n": 3}, {"n": [1.5, "3", [2], -1]}, (2, 4), [(2,), (2, 4, 5)])
layer("Embedding", {"input_dim": 5, "output_dim": 3},
      {"input_dim": COUNT, "output_dim": COUNT, "embeddings_initializer": INITIALIZER,
       "embeddings_regularizer": REGULARIZER, "embeddings_constraint": CONSTRAINT}, (2, 4))
layer("Dropout", {"rate": 0.25}, {"rate": RATE, "seed": SEED, "noise_shape": [[2], [2, 3, 4], "ab", 2.5, [2, 0]]}, (2, 4))
layer("GaussianNoise", {"stddev": 0.1}, {"stddev": [-0.1, 1.5, "much"], "seed": SEED}, (2, 4))
layer("GaussianDropout", {"rate": 0.25}, {"rate": RATE, "seed": SEED}, (2, 4))
layer("AlphaDropout", {"rate": 0.25}, {"rate": RATE, "seed": SEED, "noise_shape": [[2], [2, 3, 4], "ab"]}, (2, 4))
layer("ActivityRegularization", {}, {"l1": [-1, "x"], "l2": [-1, "x"]}, (2, 4))
AXIS = [7, -7, 1.5, "last"]
layer("BatchNormalization", {}, {**AFFINE, "axis": AXIS, "momentum": ["x"], "epsilon": ["x"],
                                 "moving_mean_initializer": INITIALIZER, "moving_variance_initializer": INITIALIZER},
      SHAPES[2])
layer("LayerNormalization", {}, {**AFFINE, "axis": [*AXIS, [1, 9], [1, 1]], "epsilon": ["x"]}, SHAPES[2])
layer("GroupNormalization", {"groups": 2},
      {**AFFINE, "groups": [0, 3, 8, 1.5, "two"], "axis": AXIS, "epsilon": ["x"]}, SHAPES[2])
layer("RMSNormalization", {}, {"axis": [*AXIS, [1, 9]], "epsilon": ["x"]}, SHAPES[2])
layer("UnitNormalization", {}, {"axis": [*AXIS, [1, 9]]}, SHAPES[2])
layer("Activation", {"activation": "relu"}, {"activation": [*ACTIVATION, ""]}, (2, 4))
layer("ReLU", {}, {"max_value": [-1, "x"], "negative_slope": [-1, "x"], "threshold": [-1, "x"]}, (2, 4))
layer("LeakyReLU", {}, {"negative_slope": [-0.5, "x"]}, (2, 4))
layer("PReLU", {}, {"alpha_initializer": INITIALIZER, "alpha_regularizer": REGULARIZER, "alpha_constraint": CONSTRAINT,
                    "shared_axes": [[0], [5], ["x"], 1.5]}, (2, 3, 4))
layer("ELU", {}, {"alpha": ["x"]}, (2, 4))
layer("Softmax", {}, {"axis": AXIS}, (2, 4))
for merge in ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"):
    layer(merge, {}, {}, [(2, 3, 4), (2, 3, 4)],
          [[(2, 3, 4)], [(2, 3, 4), (2, 3, 5)], [(2, 3, 4), (2, 2, 4)]]
          + ([[(2, 3, 4)] * 3] if merge == "Subtract" else []))
layer("Concatenate", {}, {"axis": [*AXIS[:2], "last"]}, [(2, 3, 4), (2, 3, 5)],
      [[(2, 3, 4)], [(2, 3, 4), (2, 2, 4)], [(2, 3, 4), (2, 3)]])

def refuses(name, config, shapes):
    try:
        inputs = [np.zeros(shape, np.float32) for shape in shapes]
        made = getattr(keras.layers, name)(**config)
        made(inputs[0] if len(inputs) == 1 else inputs)
        return False
    except Exception:
        return True


document = {}
for name, (right, wrong, shapes, wrong_shapes) in LAYERS.items():
    assert not refuses(name, right, shapes), name
    document[name] = {
        "config": right,
        "input_shapes": shapes,
        "refused_arguments": {argument: [value for value in values if refuses(name, {**right, argument: value}, shapes)]
                              for argument, values in wrong.items()},
        "refused_input_shapes": [other for other in wrong_shapes if refuses(name, right, other)],
    }
write("layer-refusals", {"layers": document}, {})
count = sum(len(values) for of_layer in document.values() for values in of_layer["refused_arguments"].values())
print(count, "arguments,", sum(len(of_layer["refused_input_shapes"]) for of_layer in document.values()), "input shapes")
