"""Executes notebooks as a reader does who then unfolds every exercise's solution and runs it, too.

usage: run_solutions.py OUTPUT_FOLDER NOTEBOOK...

Like execute_notebooks.py, but code of solutions that stands in the text runs after the notebook's own cells. What is
written holds the notebook's own cells only. A notebook passes when all of its cells and solutions run without an error
and each exercise's solution prints a check.
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "main" / "python"))

import execute_notebooks  # noqa: E402
import exercises  # noqa: E402


class WithSolutions(execute_notebooks.Execution):

    @staticmethod
    def read(path):
        notebook = execute_notebooks.Execution.read(path)
        notebook.cells += exercises.solution_cells(notebook)
        return notebook

    def result(self):
        self.nb.cells = [cell for cell in self.nb.cells if "from_text" not in cell.metadata]
        return self.nb

    def trouble(self):
        return "\n".join(exercises.unchecked(self.nb)) or None


if __name__ == "__main__":
    sys.exit(execute_notebooks.main(*sys.argv[1:], kind=WithSolutions))
