"""Small files in the formats of arrays, by the libraries that define them, and what is in them."""
import json
import pathlib

import ml_dtypes
import numpy as np
import safetensors
import safetensors.numpy

HERE = pathlib.Path(__file__).parent
FOLDER = HERE / "formats"
DTYPES = ["bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64",
          "float16", "float32", "float64"]
SHAPES = {"scalar": (), "one": (3,), "two": (2, 3), "three": (2, 1, 3), "empty": (0, 3)}


def values(dtype, count, rng):
    """Extremes first, then drawn values of all bits."""
    dtype = np.dtype(dtype)
    if dtype == bool:
        return np.resize([True, False, False, True], count)
    if dtype.kind in "iu":
        info = np.iinfo(dtype)
        drawn = rng.integers(info.min, info.max, count, dtype, endpoint=True)
        drawn[:2] = [info.max, info.min][:count]
        return drawn
    info = ml_dtypes.finfo(dtype)
    drawn = rng.normal(0, 100, count).astype(dtype)
    drawn[:4] = [info.max, info.smallest_subnormal, -np.inf, np.nan][:count]
    return drawn


def record(name, array):
    little = np.asarray(array).astype(array.dtype.newbyteorder("<"))
    return {"name": name, "dtype": array.dtype.newbyteorder("=").name, "shape": list(array.shape),
            "layout": "f" if array.flags.f_contiguous and not array.flags.c_contiguous else "c",
            "values": [str(float(value)) for value in array.ravel("C")],
            "bytes": little.tobytes("C").hex()}


def main():
    rng = np.random.default_rng(6)
    FOLDER.mkdir(exist_ok=True)
    arrays = {}
    for dtype in DTYPES:
        for name, shape in SHAPES.items():
            array = values(dtype, max(1, int(np.prod(shape))), rng)[:int(np.prod(shape))].reshape(shape)
            arrays[f"{dtype}/{name}"] = array
            if name == "two":
                arrays[f"{dtype}/{name}, big-endian"] = array.astype(array.dtype.newbyteorder(">"))
                arrays[f"{dtype}/{name}, fortran"] = np.asfortranarray(array)
            if name == "three":
                arrays[f"{dtype}/{name}, both"] = np.asfortranarray(array.astype(array.dtype.newbyteorder(">")))
    np.savez(FOLDER / "arrays.npz", **arrays)
    np.savez_compressed(FOLDER / "compressed.npz", **arrays)
    single = np.arange(6, dtype=np.float32).reshape(2, 3) / 4
    for version in (1, 2, 3):
        with open(FOLDER / f"version-{version}.npy", "wb") as file:
            np.lib.format.write_array(file, single, version=(version, 0))
    np.save(FOLDER / "fortran.npy", np.asfortranarray(single))

    tensors = {name.replace("/", "."): array for name, array in arrays.items() if "," not in name}
    bfloat16 = values(ml_dtypes.bfloat16, 6, rng).reshape(2, 3)
    tensors["bfloat16.two"] = bfloat16
    metadata = {"format": "np", "names": "\u00e4 \"quoted\""}
    safetensors.numpy.save_file(tensors, FOLDER / "tensors.safetensors", metadata)
    safetensors.numpy.save_file({"b": single, "a": np.array([1, 2], np.int64), "c": np.array(True)},
                                FOLDER / "three.safetensors")
    document = {"made_with": {"numpy": np.__version__, "safetensors": safetensors.__version__,
                              "ml_dtypes": ml_dtypes.__version__},
                "arrays": [record(name, array) for name, array in arrays.items()],
                "tensors": [record(name, array) for name, array in tensors.items()], "metadata": metadata}
    lines = json.dumps(document).replace('{"name"', '\n{"name"')
    (HERE / "formats.json").write_text(lines + "\n", encoding="utf-8")


main()
