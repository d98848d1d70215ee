"""The HTML pages of notebooks show formulas without a script."""
import re
import sys
import unittest
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "src" / "main" / "python"))

from pages import PageExporter  # noqa: E402


def page_of(*markdown):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text) for text in markdown])
    page = PageExporter().from_notebook_node(notebook)[0]
    return page[page.index("<main>"):]


class PagesTest(unittest.TestCase):

    def test_formula_becomes_mathml(self):
        page = page_of(r"The output has $(n - 1)\,s + k$ positions.", "$$\nY = C^\\top X\n$$")
        self.assertNotIn("$(n", page)
        self.assertEqual(2, page.count("<math "))
        self.assertIn('display="block"', page)
        self.assertIn("<mi>n</mi><mo>−</mo><mn>1</mn>", page)

    def test_no_notebook_leaves_a_formula_to_a_script(self):
        for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
            cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]
            formulas = sum(len(re.findall(r"\$\$[^$]+\$\$|\$[^$\n]+\$", re.sub(r"```.*?```|`[^`]*`", "", cell.source, flags=re.S)))
                           for cell in cells)
            page = PageExporter().from_notebook_node(nbformat.v4.new_notebook(cells=cells))[0]
            with self.subTest(path.name):
                self.assertEqual(formulas, page.count("<math "))


if __name__ == "__main__":
    unittest.main()
