"""Makes onnx-torch.json and onnx-torch.npz: ONNX files that PyTorch's exporter writes, with what PyTorch computes.

    python make_onnx_torch.py

Each model is exported with an open number of samples and with a fixed one. The exporter looks for the onnx package only to add functions
of onnxscript, of which these models have none; so it is told not to look.
"""
import io
import json
import pathlib
import warnings

import numpy as np
import torch
from torch import nn
from torch.onnx._internal.torchscript_exporter import onnx_proto_utils

HERE = pathlib.Path(__file__).parent
onnx_proto_utils._add_onnxscript_fn = lambda model, custom_opsets: model
warnings.simplefilter("ignore")
torch.manual_seed(20)


def encoder():
    return nn.Sequential(
        nn.Conv2d(2, 8, 3, stride=2, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(3, 2, 1),
        nn.Conv2d(8, 8, 3, padding=1, groups=4), nn.GroupNorm(2, 8), nn.GELU())


def decoder():
    return nn.Sequential(
        nn.ConvTranspose2d(8, 6, 4, stride=2, padding=1, output_padding=1), nn.SiLU(), nn.Upsample(scale_factor=2, mode="bilinear"),
        nn.Conv2d(6, 4, (3, 2), dilation=(1, 2), padding=(1, 1)), nn.PReLU(4), nn.LeakyReLU(0.1), nn.PixelShuffle(2), nn.Hardswish())


class Sequence(nn.Module):
    def __init__(self):
        super().__init__()
        self.convolution = nn.Conv1d(3, 6, 3, padding="same")
        self.norm = nn.LayerNorm(6)
        self.dense = nn.Linear(6, 5)
        self.last = nn.Linear(5, 2)

    def forward(self, x):
        y = nn.functional.interpolate(self.convolution(x), scale_factor=3).transpose(1, 2)
        y = torch.relu(self.dense(self.norm(y)))
        y = nn.functional.softplus(y) * torch.tanh(y)
        return torch.softmax(self.last(y.mean(1).clamp(0, 6)), -1)


class Volumes(nn.Module):
    def __init__(self):
        super().__init__()
        self.convolution = nn.Conv3d(2, 4, 2)
        self.transposed = nn.ConvTranspose3d(4, 2, (2, 3, 2), stride=(1, 2, 2))
        self.dense = nn.Linear(4, 3)

    def forward(self, x):
        y = self.convolution(x)
        pooled = torch.flatten(nn.functional.adaptive_avg_pool3d(y, 1), 1)
        return self.transposed(y)[:, :, :, 1:, :], self.dense(pooled).view(pooled.size(0), -1)


MODELS = {"encoder-decoder": (nn.Sequential(encoder(), decoder()), (2, 2, 16, 12)), "sequence": (Sequence(), (2, 3, 9)),
          "volumes": (Volumes(), (2, 2, 4, 5, 6))}
cases, arrays = [], {}
for name, (model, shape) in MODELS.items():
    model.eval()
    for part in model.modules():
        if isinstance(part, nn.BatchNorm2d):
            part.running_mean.uniform_(-1, 1)
            part.running_var.uniform_(0.5, 2)
    x = torch.randn(*shape)
    outputs = model(x)
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    arrays[f"{name}/input"] = x.numpy()
    arrays.update({f"{name}/output{i}": y.detach().numpy() for i, y in enumerate(outputs)})
    for kind, axes in {"open": {"x": {0: "n"}}, "fixed": None}.items():
        file = io.BytesIO()
        torch.onnx.export(model, (x,), file, input_names=["x"], dynamic_axes=axes, opset_version=17, dynamo=False)
        arrays[f"{name}/{kind}"] = np.frombuffer(file.getvalue(), np.uint8)
    cases.append({"name": name, "outputs": len(outputs)})
np.savez_compressed(HERE / "onnx-torch.npz", **arrays)
document = {"made_with": {"torch": torch.__version__, "numpy": np.__version__}, "cases": cases}
(HERE / "onnx-torch.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
print(f"onnx-torch: {len(cases)} cases, {len(arrays)} arrays")
