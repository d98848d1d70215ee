"""Tests that the lists of pinned packages agree with each other and with what ./lab asks for."""
import re
import unittest
from pathlib import Path

import yaml

from lab_script import lab

ROOT = Path(__file__).resolve().parents[3]


def pins(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(re.fullmatch(r"([\w.-]+)==([\w.]+)(?: ;.*)?", line).groups()
                for line in lines if line and not line.startswith(("#", "-c ")))


class PinsTest(unittest.TestCase):

    def setUp(self):
        content = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
        self.conda = dict(entry.split("=") for entry in content if isinstance(entry, str) and "=" in entry)
        self.pip = next(entry["pip"] for entry in content if isinstance(entry, dict))

    def test_conda_installs_the_same_packages(self):
        self.assertEqual(["-r requirements.txt"], self.pip)

    def test_conda_satisfies_the_rules_of_lab(self):
        self.assertGreaterEqual(tuple(map(int, self.conda["python"].split("."))), lab.OLDEST_PYTHON)
        self.assertGreaterEqual(int(self.conda["openjdk"]), lab.OLDEST_JDK)
        self.assertGreaterEqual(tuple(map(int, self.conda["maven"].split("."))), lab.OLDEST_MAVEN)

    def test_peers_of_tests_and_of_the_benchmark_are_the_same(self):
        bench = pins(ROOT / "src/bench/requirements.txt")
        tests = pins(ROOT / "src/test/peers/requirements.txt") | pins(ROOT / "src/test/peers/requirements-all.txt")
        for name in {"keras", "tensorflow", "torch"} | bench.keys() & tests.keys():
            self.assertEqual(bench[name], tests[name], name)

    def test_every_package_is_pinned_to_the_constrained_version(self):
        constraints = pins(ROOT / "constraints.txt")
        for path in (lab.PINS, ROOT / "src/test/browser/requirements.txt"):
            for name, version in pins(path).items():
                self.assertEqual(version, constraints[name], name)
