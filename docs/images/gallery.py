"""Takes the README's gallery out of the notebooks: python docs/images/gallery.py"""
import base64
import json
from pathlib import Path

HERE = Path(__file__).resolve().parent
NOTEBOOKS = HERE.parents[1] / "notebooks"

# Notebook, cell and which of the cell's pictures.
PICTURES = (("01", "curve", 0), ("02", "epochs", 0), ("03", "stamps-picture", 0), ("04", "images", 0), ("05", "race", 0),
            ("06", "restored", 0), ("07", "picture-gaussian", 0), ("08", "map", 0), ("09", "map", 0), ("10", "results", 1),
            ("11", "picture", 0), ("12", "overlay", 0), ("13", "turning", 0), ("14", "chart-psnr", 0))


def main():
    for number, cell, which in PICTURES:
        notebook = json.loads(next(NOTEBOOKS.glob(number + "-*.ipynb")).read_text(encoding="utf-8"))
        outputs = next(each for each in notebook["cells"] if each["id"] == cell)["outputs"]
        pictures = [output["data"]["image/png"] for output in outputs if "image/png" in output.get("data", {})]
        (HERE / f"{number}.png").write_bytes(base64.b64decode(pictures[which]))


if __name__ == "__main__":
    main()
