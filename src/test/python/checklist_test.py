"""Tests that every number, table and printed output of the sources has a cell that checks it."""
import tempfile
import unittest
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import checklist

ROOT = Path(__file__).resolve().parents[3]
CHECKLISTS = sorted((ROOT / "src" / "test" / "resources" / "sources").glob("*.json"))
NOTEBOOKS = ROOT / "notebooks"


class SourcesTest(unittest.TestCase):

    def test_every_item_of_a_source_has_a_cell_that_checks_it(self):
        for path in CHECKLISTS:
            with self.subTest(path.stem):
                self.assertEqual([], checklist.troubles(checklist.read(path), NOTEBOOKS))

    def test_every_notebook_on_a_source_has_a_checklist(self):
        listed = {checklist.read(path)["notebook"] for path in CHECKLISTS}
        self.assertLessEqual({path.stem for path in NOTEBOOKS.glob("0[1-5]-*.ipynb")}, listed)


class TroublesTest(unittest.TestCase):

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        checked = new_code_cell('Check.equal("size", 6, size);', id="sizes",
                                outputs=[new_output("stream", name="stdout", text="✓ size = 6\n")])
        silent = new_code_cell("System.out.println(6);", id="silent",
                               outputs=[new_output("stream", name="stdout", text="6\n")])
        text = new_markdown_cell("The size is 6. Check.", id="text")
        nbformat.write(new_notebook(cells=[checked, silent, text]), str(self.folder / "09-sizes.ipynb"))

    def troubles(self, **changed):
        item = {"item": "example, output", "prints": "6x6", "cell": "sizes", "checks": ["size"]}
        item.update(changed)
        item = {field: value for field, value in item.items() if value is not None}
        return checklist.troubles({"source": "A. Author, 2022", "notebook": "09-sizes", "items": [item]}, self.folder)

    def found(self, words, **changed):
        trouble, = self.troubles(**changed)
        self.assertIn(words, trouble)

    def test_an_item_with_a_cell_that_checks_it_is_no_trouble(self):
        self.assertEqual([], self.troubles())

    def test_an_item_needs_a_cell(self):
        self.found("without ['cell']", cell=None)

    def test_an_item_needs_checks(self):
        self.found("without ['checks']", checks=[])

    def test_the_cell_must_exist(self):
        self.found("no code cell 'size'", cell="size")

    def test_the_cell_must_be_code(self):
        self.found("no code cell 'text'", cell="text")

    def test_the_cell_must_check(self):
        self.found("checks nothing", cell="silent")

    def test_the_check_must_be_among_the_outputs(self):
        self.found("prints no line '✓ width'", checks=["size", "width"])

    def test_the_numbers_must_be_shown(self):
        self.found("does not show 7", prints="6x7")

    def test_what_is_corrected_must_be_shown_instead(self):
        self.assertEqual([], self.troubles(prints="7x7", corrected="6x6"))
        self.found("does not show 8", prints="6x6", corrected="8x8")

    def test_the_notebook_must_exist(self):
        self.found("no notebook 08-other", notebook="08-other")

    def test_unknown_fields_are_found(self):
        self.found("unknown fields ['note']", note="7")

    def test_two_items_of_one_name_are_found(self):
        item = {"item": "output", "prints": "6", "cell": "sizes", "checks": ["size"]}
        twice = {"source": "A. Author, 2022", "notebook": "09-sizes", "items": [item, item]}
        self.assertEqual(["item 'output' stands there twice"], checklist.troubles(twice, self.folder))

    def test_a_checklist_without_items_is_found(self):
        empty = {"source": "A. Author, 2022", "notebook": "09-sizes", "items": []}
        self.assertEqual(1, len(checklist.troubles(empty, self.folder)))

    def test_numbers_in_their_spellings(self):
        self.assertEqual(["12785", "3", "1", "0.05"], checklist.numbers("12,785 12_785 3x3 conv2d_1 [3., 1.0] 0.05"))


if __name__ == "__main__":
    unittest.main()
