"""Tests how Maven's test reports are counted."""
import tempfile
import unittest
from pathlib import Path

import java_tests


class JavaTestsTest(unittest.TestCase):

    def test_adds_up_all_reports(self):
        with tempfile.TemporaryDirectory() as folder:
            report = '<testsuite name="{}" tests="{}" failures="{}" errors="{}" skipped="{}"/>'
            Path(folder, "TEST-a.xml").write_text(report.format("a", 10, 1, 2, 3), encoding="utf-8")
            Path(folder, "TEST-b.xml").write_text(report.format("b", 5, 0, 0, 0), encoding="utf-8")
            self.assertEqual((9, 3, 3), java_tests.count(Path(folder)))
