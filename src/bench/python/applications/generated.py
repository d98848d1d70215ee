"""Data that the library generates, as NumPy arrays: Java writes them with the notebooks' seeds and sizes.

Needs the library's jar, which ./lab notebooks builds.
"""
import pathlib
import subprocess
import tempfile

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[4]


def arrays(kind):
    """The arrays of 'scenes', 'sounds' or 'voxels' by name, as src/bench/java/GeneratedData.java writes them."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / f"{kind}.npz"
        subprocess.run(["java", "-cp", f"{ROOT}/target/transconv.jar:{ROOT}/target/lib/*",
                        str(ROOT / "src" / "bench" / "java" / "GeneratedData.java"), kind, str(file)], check=True)
        with np.load(file) as written:
            return dict(written)
