"""Compares the text that executed notebooks print with the text that is committed.

usage: compare_outputs.py FOLDER_OF_EXECUTED NOTEBOOK...

Compared are the code cells without the tag 'varies': what they print, results, and the text of HTML. Of a picture only
its being there counts. Ends with the line 'N passed, N failed'; a notebook counts once.
"""
import difflib
import sys
from html.parser import HTMLParser
from pathlib import Path

import nbformat

WAY_OUT = """If the new text is right: ./lab notebooks --full {name}
and copy target/notebooks/{name}.ipynb to notebooks/.
If the text depends on the run's size, on time or on the machine: tag the cell 'varies'."""


class HtmlText(HTMLParser):
    """The words of a piece of HTML, one line for each block or table row."""

    LINES = {"br", "div", "p", "tr", "table", "li", "h1", "h2", "h3", "h4", "caption", "details", "summary", "pre"}
    UNSEEN = {"style", "script", "svg"}

    def __init__(self, html):
        super().__init__()
        self.parts = []
        self.unseen = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.unseen += tag in self.UNSEEN
        self.parts.append("\n" if tag in self.LINES else " " if tag in ("td", "th") else "")

    def handle_endtag(self, tag):
        self.unseen -= tag in self.UNSEEN
        self.parts.append("\n" if tag in self.LINES else "")

    def handle_data(self, data):
        if not self.unseen:
            self.parts.append(data)

    def lines(self):
        lines = (" ".join(line.split()) for line in "".join(self.parts).split("\n"))
        return [line for line in lines if line]


def text_of(cell):
    """The lines that a reader sees under a code cell."""
    return [line for output in merged(cell.outputs) for line in lines_of(output)]


def merged(outputs):
    """Streams as wholes: into how many pieces a kernel cuts one is chance."""
    whole = []
    for output in outputs:
        if output.output_type == "stream" and whole and whole[-1].get("name") == output.name:
            whole[-1] = dict(whole[-1], text=whole[-1]["text"] + output.text)
        else:
            whole.append(dict(output))
    return whole


def lines_of(output):
    if output["output_type"] == "stream":
        return [line.rstrip() for line in output["text"].splitlines()]
    if output["output_type"] == "error":
        return [f"{output['ename']}: {output['evalue']}"]
    data = output["data"]
    if any(kind.startswith("image/") for kind in data):
        return ["[picture]"]
    if "text/html" in data:
        return HtmlText(data["text/html"]).lines()
    return [line.rstrip() for line in data.get("text/plain", "").splitlines()]


def differences(committed, executed):
    """Describes every compared cell whose text is not the committed one."""
    committed, executed = code_cells(committed), code_cells(executed)
    if len(committed) != len(executed):
        return [f"{len(committed)} code cells are committed, {len(executed)} were executed"]
    found = []
    for number, (before, after) in enumerate(zip(committed, executed), 1):
        if any(output.output_type == "error" for output in after.outputs):
            return found + [f"cell {number} ended with an error; what follows it was not compared"]
        if "varies" in after.metadata.get("tags", []):
            continue
        diff = list(difflib.unified_diff(text_of(before), text_of(after), "committed", "executed", lineterm="", n=2))
        if diff:
            found.append("\n".join([f"cell {number}: {after.source.strip().splitlines()[0]}", *diff]))
    return found


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def compare(committed, executed):
    if not executed.exists():
        return [f"{executed} is missing: the notebook was not executed"]
    return differences(nbformat.read(committed, as_version=4), nbformat.read(executed, as_version=4))


def main(folder, *notebooks):
    failed = 0
    for path in map(Path, notebooks):
        found = compare(path, Path(folder) / path.name)
        print(f"{path.stem}: {'DIFFERS' if found else 'same text'}")
        if found:
            failed += 1
            print("\n".join(found), WAY_OUT.format(name=path.stem), sep="\n")
    print(f"{len(notebooks) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
