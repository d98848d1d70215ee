"""Tests what every committed notebook has: exercises with solutions that check, and code that fits on a page."""
import unittest
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import exercises

NOTEBOOKS = sorted((Path(__file__).resolve().parents[3] / "notebooks").glob("*.ipynb"))
COLUMNS = 100
BYTES = 1_500_000


class CommittedNotebooksTest(unittest.TestCase):

    def assert_none(self, troubles):
        """Asserts that no committed notebook has any of these troubles."""
        self.assertTrue(NOTEBOOKS)
        found = {path.stem: troubles(nbformat.read(path, as_version=4)) for path in NOTEBOOKS}
        self.assertEqual({}, {name: lines for name, lines in found.items() if lines})

    def test_every_exercise_has_a_solution_with_a_check(self):
        self.assert_none(exercises.troubles)

    def test_no_line_of_code_is_longer_than_a_page_is_wide(self):
        self.assert_none(long_lines)

    def test_no_notebook_is_too_large_to_be_shown(self):
        self.assertEqual([], [path.stem for path in NOTEBOOKS if path.stat().st_size >= BYTES])


def long_lines(notebook):
    """The lines of code, of cells and of solutions in the text, that are too long, each with its cell."""
    codes = [(cell.id, cell.source) for cell in notebook.cells if cell.cell_type == "code"]
    codes += [(cell.id, code) for cell in notebook.cells if cell.cell_type == "markdown"
              for code in exercises.FENCE.findall(cell.source)]
    return [f"{name}: {line}" for name, code in codes for line in code.splitlines() if len(line) > COLUMNS]


class ExercisesTest(unittest.TestCase):

    FOLDED = "## Things to try\n\n1. **Predict, then run.** How large?\n\n" \
             "   <details><summary>Solution</summary>\n\n   Six.\n\n   ```java\n   int o = 6;\n   Check.equal(\"o\", 6, o);\n" \
             "   ```\n   </details>\n\n2. **Again.** And this?\n\n" \
             "   <details><summary>Solution</summary>\n\n   ```java\n   Check.equal(\"o\", 7, 7);\n   ```\n   </details>\n\n" \
             "## References\n\n3. **None.** This is no exercise.\n"

    def notebook(self, *cells):
        return new_notebook(cells=[new_markdown_cell(cell) if isinstance(cell, str) else cell for cell in cells])

    def solution(self, number, check="Check.equal(\"o\", 6, 6);", printed="✓ o = 6\n"):
        return new_code_cell(f"// Solution of exercise {number}\n{check}",
                             outputs=[new_output("stream", name="stdout", text=printed)])

    def found(self, *cells):
        return exercises.troubles(self.notebook(*cells))

    def test_code_in_the_text_is_a_solution(self):
        self.assertEqual([], self.found(self.FOLDED))
        first, second = exercises.exercises(self.notebook(self.FOLDED))
        self.assertEqual((1, "Predict, then run"), (first.number, first.title))
        self.assertEqual(['int o = 6;\nCheck.equal("o", 6, o);'], first.fenced)
        self.assertEqual((2, "Again"), (second.number, second.title))

    def test_a_cell_is_a_solution(self):
        text = "## Exercises\n\n**1. A size.** How large?\n\n<details><summary>Solution</summary>\n\nSix.\n\n</details>"
        second = text.replace("## Exercises\n\n**1.", "**2.")
        self.assertEqual([], self.found(text, second, self.solution(1), self.solution(2)))
        self.assertEqual(["exercise 2 (A size) has no code: neither fenced Java nor a cell '// Solution of exercise 2'"],
                         self.found(text, second, self.solution(1)))

    def test_a_notebook_needs_exercises(self):
        self.assertEqual(1, len(self.found("## References")))
        self.assertEqual(1, len(self.found("## Exercises\n\nNone yet.")))

    def test_a_solution_must_be_folded_away(self):
        text = "## Exercises\n\n**1. A size.** How large?"
        self.assertEqual(["exercise 1 (A size) has no solution in <details>"], self.found(text, self.solution(1)))

    def test_a_solution_must_check(self):
        self.assertEqual(["exercise 2 (Again) has a solution without a Check"],
                         self.found(self.FOLDED.replace("Check.equal(\"o\", 7, 7)", "int o = 7")))

    def test_numbers_count_from_one(self):
        self.assertEqual(["the exercises are numbered [1, 3]"], self.found(self.FOLDED.replace("2. **", "3. **")))

    def test_code_in_the_text_becomes_cells(self):
        self.assertEqual(["// Solution of exercise 1, as the text has it\nint o = 6;\nCheck.equal(\"o\", 6, o);",
                          "// Solution of exercise 2, as the text has it\nCheck.equal(\"o\", 7, 7);"],
                         [cell.source for cell in exercises.solution_cells(self.notebook(self.FOLDED))])

    def test_a_solution_that_ran_must_have_printed_its_check(self):
        self.assertEqual([], exercises.unchecked(self.notebook(self.FOLDED, self.solution(1), self.solution(2))))
        self.assertEqual(["exercise 2 (Again): its solution ran, but checked nothing"], exercises.unchecked(
            self.notebook(self.FOLDED, self.solution(1), self.solution(2, printed="6\n"))))

    def test_long_lines_of_cells_and_of_solutions_are_found(self):
        line = "int o = 6;" + " " * 80 + "// six, as was said"
        found = long_lines(self.notebook(self.FOLDED.replace("int o = 6;", line), new_code_cell(line[:100]),
                                         new_code_cell(line)))
        self.assertEqual(2, len(found))


if __name__ == "__main__":
    unittest.main()
