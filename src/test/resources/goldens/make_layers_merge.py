"""Makes layers-merge.json and layers-merge.npz: layers that join several inputs.

    python make_layers_merge.py
"""
from layer_golden import Recorder

recorder = Recorder()
SHAPES = {"two": [(2, 3, 4, 2)] * 2, "three": [(2, 4, 3)] * 3, "repeated": [(2, 3, 4, 2), (2, 1, 4, 1)]}
for layer in ("Add", "Average", "Maximum", "Minimum", "Multiply", "Subtract"):
    for name, shapes in SHAPES.items():
        if layer != "Subtract" or name != "three":
            recorder.record(f"{layer.lower()} of {name}", layer, *shapes)
for axis, shapes in ((-1, [(2, 3, 4, 2), (2, 3, 4, 5)]), (1, [(2, 3, 4, 2), (2, 1, 4, 2), (2, 2, 4, 2)]), (2, [(2, 3, 4, 2), (2, 3, 1, 2)]),
                     (-2, [(2, 3, 2), (2, 4, 2)]), (3, [(2, 3, 4, 2), (2, 3, 4, 1)])):
    recorder.record(f"concatenate axis {axis} of {len(shapes)}", "Concatenate", *shapes, axis=axis)
recorder.write("layers-merge")
