"""Finds the exercises of a notebook and the code of their solutions, and says which have none.

Exercises stand under the heading 'Exercises' or 'Things to try', each beginning '1. **Title.**' or '**1. Title.**'. A
solution is folded away in <details>. Its code is the fenced Java in there, a code cell that begins
'// Solution of exercise 1', or both; somewhere in it a Check says that it is right.
"""
import re
import textwrap
from dataclasses import dataclass

from nbformat.v4 import new_code_cell

import compare_outputs

PART = re.compile(r"^## (?:Exercises|Things to try)$(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
FIRST_LINE = re.compile(r"^(?:\*\*(\d+)\. |(\d+)\. \*\*)(.+?)\*\*", re.MULTILINE)
FENCE = re.compile(r"^ *```java\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
SOLUTION_CELL = re.compile(r"// Solution of exercise (\d+)\b")


@dataclass
class Exercise:
    number: int
    title: str
    is_folded: bool
    fenced: list  # of code, as it stands in the text
    cells: list   # of the notebook's own code cells

    def trouble(self):
        code = self.fenced + [cell.source for cell in self.cells]
        if not self.is_folded:
            return "has no solution in <details>"
        if not code:
            return f"has no code: neither fenced Java nor a cell '// Solution of exercise {self.number}'"
        if not any("Check." in piece for piece in code):
            return "has a solution without a Check"
        return None


def exercises(notebook):
    text = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    part = PART.search(text)
    if part is None:
        return []
    starts = list(FIRST_LINE.finditer(part[1]))
    ends = [start.start() for start in starts[1:]] + [len(part[1])]
    return [exercise(notebook, start, part[1][start.end():end]) for start, end in zip(starts, ends)]


def exercise(notebook, start, text):
    number = int(start[1] or start[2])
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and solved_by(cell) == number]
    is_folded = re.search(r"<details>.*</details>", text, re.DOTALL) is not None
    fenced = [textwrap.dedent(code).strip() for code in FENCE.findall(text)]
    return Exercise(number, start[3].rstrip("."), is_folded, fenced, cells)


def solved_by(cell):
    """The number of the exercise that a cell solves, or None."""
    found = SOLUTION_CELL.match(cell.source)
    return int(found[1]) if found else None


def troubles(notebook):
    """What is wrong with a notebook's exercises, one line each."""
    found = exercises(notebook)
    if not found:
        return ["no exercises: nothing under '## Exercises' or '## Things to try'"]
    numbers = [one.number for one in found]
    if numbers != list(range(1, len(found) + 1)):
        return [f"the exercises are numbered {numbers}"]
    return [f"exercise {one.number} ({one.title}) {one.trouble()}" for one in found if one.trouble()]


def solution_cells(notebook):
    """The fenced code as cells to be run, each with its exercise's number as a comment on top."""
    return [new_code_cell(f"// Solution of exercise {one.number}, as the text has it\n{code}",
                          metadata={"from_text": True})
            for one in exercises(notebook) for code in one.fenced]


def unchecked(executed):
    """The exercises none of whose solution cells printed a check, one line each."""
    checked = {solved_by(cell) for cell in executed.cells if cell.cell_type == "code"
               and any(line.startswith("✓ ") for line in compare_outputs.text_of(cell))}
    return [f"exercise {one.number} ({one.title}): its solution ran, but checked nothing"
            for one in exercises(executed) if one.number not in checked]
