"""Makes layers-onnx.json and layers-onnx.npz: the node cases of ConvTranspose that the onnx package generates, with their values.

    python make_layers_onnx.py

Arrays stay as ONNX has them: input (batch, channels, axes...), weight (channels, filters / group, kernel axes...), output (batch, filters,
axes...). The outputs are those of the package, computed by hand or by its own reference.
"""
import json
import pathlib
import re

import numpy as np
import onnx
from onnx.backend.test.case.node import collect_testcases

HERE = pathlib.Path(__file__).parent
cases, arrays = [], {}
for case in collect_testcases("ConvTranspose"):
    node, ((x, weight), (y,)) = case.model.graph.node[0], case.data_sets[0]
    attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
    if "auto_pad" in attributes:
        attributes["auto_pad"] = attributes["auto_pad"].decode()
    found = {"input": x, "weight": weight, "output": y}
    arrays.update({f"{case.name}/{key}": np.asarray(value, np.float32) for key, value in found.items()})
    cases.append({"name": case.name, "attributes": attributes})
np.savez_compressed(HERE / "layers-onnx.npz", **arrays)
text = json.dumps({"made_with": {"onnx": onnx.__version__, "numpy": np.__version__}, "cases": cases}, indent=1)
text = re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda m: "[" + re.sub(r"\s*\n\s*", " ", m.group(1)) + "]", text)
(HERE / "layers-onnx.json").write_text(text + "\n", encoding="utf-8")
print(f"layers-onnx: {len(cases)} cases, {len(arrays)} arrays")
