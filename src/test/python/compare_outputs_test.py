"""Tests what counts as the same text under a notebook's cells."""
import unittest

from nbformat.v4 import new_code_cell, new_notebook, new_output

import compare_outputs


def notebook(*outputs, tags=()):
    return new_notebook(cells=[new_code_cell("show()", outputs=list(outputs), metadata={"tags": list(tags)})])


def printed(text, name="stdout"):
    return new_output("stream", name=name, text=text)


def shown(**data):
    return new_output("display_data", data={kind.replace("_", "/", 1): value for kind, value in data.items()})


class CompareOutputsTest(unittest.TestCase):

    def test_equal_text_has_no_difference(self):
        self.assertEqual([], compare_outputs.differences(notebook(printed("12,785\n")), notebook(printed("12,785\n"))))

    def test_a_changed_number_is_shown_before_and_after(self):
        found, = compare_outputs.differences(notebook(printed("12,785\n")), notebook(printed("12,786\n")))
        self.assertIn("cell 1: show()", found)
        self.assertIn("-12,785", found)
        self.assertIn("+12,786", found)

    def test_a_missing_output_is_a_difference(self):
        self.assertEqual(1, len(compare_outputs.differences(notebook(printed("12,785\n")), notebook())))

    def test_a_stream_may_come_in_pieces(self):
        self.assertEqual([], compare_outputs.differences(notebook(printed("one\ntwo\n")),
                                                         notebook(printed("one\n"), printed("two\n"))))

    def test_a_cell_that_varies_is_not_compared(self):
        self.assertEqual([], compare_outputs.differences(notebook(printed("1 s"), tags=["varies"]),
                                                         notebook(printed("2 s"), tags=["varies"])))

    def test_words_of_html_count_and_tags_do_not(self):
        before = shown(text_html="<table><tr><td>dense</td><td>10</td></tr></table>")
        styled = shown(text_html="<style>td {color: red}</style>"
                                 "<table><tr><td><b>dense</b></td> <td>10</td></tr></table>")
        other = shown(text_html="<table><tr><td>dense</td><td>11</td></tr></table>")
        self.assertEqual([], compare_outputs.differences(notebook(before), notebook(styled)))
        self.assertEqual(1, len(compare_outputs.differences(notebook(before), notebook(other))))

    def test_a_picture_must_be_there_but_may_differ(self):
        before, after = shown(image_png="aa", text_plain="Image@1"), shown(image_png="bb", text_plain="Image@2")
        self.assertEqual([], compare_outputs.differences(notebook(before), notebook(after)))
        self.assertEqual(1, len(compare_outputs.differences(notebook(before), notebook())))

    def test_an_error_is_a_difference_even_where_text_varies(self):
        error = new_output("error", ename="ArithmeticException", evalue="/ by zero", traceback=[])
        found, = compare_outputs.differences(notebook(tags=["varies"]), notebook(error, tags=["varies"]))
        self.assertIn("cell 1 ended with an error", found)

    def test_another_number_of_cells_is_a_difference(self):
        self.assertEqual(["1 code cells are committed, 0 were executed"],
                         compare_outputs.differences(notebook(), new_notebook()))
