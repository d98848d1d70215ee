"""Reads the checklists of sources and says what they claim in vain.

One JSON file a source, src/test/resources/sources/NNN.json:

  source    author, title, publisher, year
  notebook  the notebook that reproduces it
  items     every number, table and printed output of the source, in its order:
    item       where it stands in the source and what it is; no two alike
    prints     what the source has there
    corrected  what is right, where the source is not; left out elsewhere
    cell       the id of the code cell that reproduces and checks it
    checks     the names of that cell's checks, as printed behind the check mark; a name may be cut short
    notebook   only where it is another notebook than the source's own

The numbers of 'prints' (of 'corrected', where there is one) must stand in the cell, and each of its checks among its
committed outputs.
"""
import json
import re

import nbformat

import compare_outputs

FIELDS = {"source", "notebook", "items"}
ITEM_FIELDS = {"item", "prints", "corrected", "cell", "checks", "notebook"}


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def troubles(checklist, folder):
    """What is wrong with a checklist whose notebooks are in the folder, one line each."""
    if set(checklist) != FIELDS or not checklist["items"]:
        return [f"the fields are {sorted(checklist)}; they must be {sorted(FIELDS)}, and items not empty"]
    names = [item.get("item", "") for item in checklist["items"]]
    found = [f"item '{name}' stands there twice" for name in sorted({name for name in names if names.count(name) > 1})]
    notebooks = {}
    for item in checklist["items"]:
        name = item.get("notebook", checklist["notebook"])
        if name not in notebooks:
            notebooks[name] = cells_of(folder / f"{name}.ipynb")
        found += [f"item '{item.get('item')}': {trouble}" for trouble in item_troubles(item, name, notebooks[name])]
    return found


def cells_of(path):
    if not path.exists():
        return None
    return {cell.get("id"): cell for cell in nbformat.read(path, as_version=4).cells}


def item_troubles(item, notebook, cells):
    missing = [field for field in ("item", "prints", "cell", "checks") if not item.get(field)]
    if missing or not set(item) <= ITEM_FIELDS:
        return [f"without {missing}" if missing else f"unknown fields {sorted(set(item) - ITEM_FIELDS)}"]
    if cells is None:
        return [f"there is no notebook {notebook}"]
    cell = cells.get(item["cell"])
    if cell is None or cell.cell_type != "code":
        return [f"{notebook} has no code cell '{item['cell']}'"]
    if "Check." not in cell.source:
        return [f"cell '{item['cell']}' checks nothing"]
    lines = compare_outputs.text_of(cell)
    found = [f"cell '{item['cell']}' prints no line '✓ {check}'" for check in item["checks"]
             if not any(line.startswith("✓ " + check) for line in lines)]
    shown = numbers(cell.source + "\n" + "\n".join(lines))
    lost = [number for number in numbers(item.get("corrected", item["prints"])) if number not in shown]
    return found + ([f"cell '{item['cell']}' does not show {', '.join(lost)}"] if lost else [])


def numbers(text):
    """The numbers in a text, each once: 12,785 and 12_785 are 12785, 4.0 is 4, 3x3 are two, and conv2d_1 holds none."""
    joined = re.sub(r"(?<=\d)[,_](?=\d{3}(?!\d))", "", text)
    apart = re.sub(r"(?<=\d)[x×](?=\d)", " ", joined)
    found = re.findall(r"(?<![A-Za-z\d._])\d+(?:\.\d+)?(?![A-Za-z\d_])", apart)
    return list(dict.fromkeys(re.sub(r"\.0+$", "", number) for number in found))
