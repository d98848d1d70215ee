"""Executes notebooks without a browser and writes each as ipynb and HTML.

usage: execute_notebooks.py OUTPUT_FOLDER NOTEBOOK...

Ends with the line 'N passed, N failed'; a notebook passes when all of its cells run without an error. A notebook that
fails is written too, as far as it came, so that the error can be looked at.
"""
import os
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert.filters import strip_ansi

from pages import PageExporter

QUICK_CELL_SECONDS = 600


class Execution(NotebookClient):
    """Runs one notebook beside its own file and tells how far it is."""

    def __init__(self, path):
        quick = os.environ.get("TRANSCONV_RUN") == "quick"
        super().__init__(self.read(path), kernel_name="java",
                         record_timing=False, coalesce_streams=True,
                         resources={"metadata": {"path": str(path.parent)}},
                         timeout=QUICK_CELL_SECONDS if quick else None,
                         on_cell_start=self.tell)
        self.name = path.stem
        self.codes = [index for index, cell in enumerate(self.nb.cells) if cell.cell_type == "code"]

    @staticmethod
    def read(path):
        return nbformat.read(path, as_version=4)

    def result(self):
        """The notebook that is written."""
        return self.nb

    def trouble(self):
        """What is wrong though every cell ran, or None."""
        return None

    def tell(self, cell, cell_index):
        if cell_index in self.codes:
            first_line = next(iter(cell.source.strip().splitlines()), "")
            print(f"{self.name}: cell {self.codes.index(cell_index) + 1} of {len(self.codes)}  {first_line[:70]}",
                  flush=True)


def execute(path, folder, kind=Execution):
    """Returns what went wrong, or None."""
    execution = kind(path)
    try:
        with open(folder / f"{path.stem}.kernel.log", "w", encoding="utf-8") as log:
            execution.execute(stdout=log, stderr=log)
        return execution.trouble()
    except CellExecutionError as error:
        return error_in(execution.nb) or str(error)
    except (CellTimeoutError, DeadKernelError) as error:
        return str(error)
    finally:
        write(execution.result(), folder / path.name)


def error_in(notebook):
    """The cell's code and its error as the reader sees it; the kernel's reply names neither error nor line."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                return strip_ansi("\n".join([cell.source, "", *output.traceback]))
    return None


def write(notebook, file):
    write_whole(file, nbformat.writes(notebook) + "\n")
    page, _resources = PageExporter().from_notebook_node(notebook, resources={"metadata": {"name": file.stem}})
    write_whole(file.with_suffix(".html"), page)


def write_whole(file, text):
    temporary = file.with_name(file.name + ".part")
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, file)


def main(folder, *notebooks, kind=Execution):
    # Nobody watches a bar move here; a line an epoch stays readable.
    os.environ.setdefault("TRANSCONV_PROGRESS", "text")
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths = [Path(notebook) for notebook in notebooks]
    for path in paths:
        (folder / path.name).unlink(missing_ok=True)
    failed = 0
    for path in paths:
        began = time.monotonic()
        try:
            trouble = execute(path, folder, kind)
        except (OSError, ValueError, RuntimeError) as error:
            trouble = f"{type(error).__name__}: {error}"
        print(f"{path.stem}: {'FAILED' if trouble else 'done'} in {time.monotonic() - began:.0f} s", flush=True)
        if trouble:
            failed += 1
            print(trouble)
    print(f"{len(paths) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
