"""Takes models to Keras, and with 'all' to PyTorch, and back: files, training, programs. `./lab test --peers` runs it.

usage: round_trips.py MAVEN [all]

Keras makes models (make_models.py), PeersTest opens them and leaves what it makes of them, Keras and PyTorch open that
(check_models.py). Ends with the line 'N passed, N failed'; a side that breaks off counts as one failure.
"""
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
FOLDER = ROOT / "target" / "peers"
CLOSING_LINE = re.compile(r"^(\d+) passed, (\d+) failed$")

sys.path[:0] = [str(ROOT / "src" / "test" / "python"), str(ROOT / "src" / "main" / "python")]
import java_tests
from peers import PYTHON, install


def main(maven, *what):
    with_pytorch = "all" in what
    for pins in ["requirements.txt"] + ["requirements-all.txt"] * with_pytorch:
        install(HERE / pins)
    shutil.rmtree(FOLDER, ignore_errors=True)
    (FOLDER / "from-keras").mkdir(parents=True)
    if run([PYTHON, HERE / "make_models.py", FOLDER / "from-keras"]) != 0:
        print("FAILED: Keras made no models\n0 passed, 1 failed")
        return 1
    results = [java_side(maven), python_side(["pytorch"] if with_pytorch else [])]
    passed, failed = map(sum, zip(*results))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def run(command, line=lambda text: print(text, end="", flush=True)):
    """Shows what a program prints, but for TensorFlow's remarks, and how it ended."""
    variables = dict(os.environ, TF_CPP_MIN_LOG_LEVEL="3", PYTHONUTF8="1")
    process = subprocess.Popen([str(part) for part in command], cwd=ROOT, env=variables, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, encoding="utf-8", errors="replace")
    for text in process.stdout:
        if not re.match(r"WARNING: All log messages|[IWE]\d{4} |\d{4}-\d\d-\d\d |WARNING:tensorflow|To enable", text):
            line(text)
    return process.wait()


def java_side(maven):
    for report in java_tests.REPORTS.glob("TEST-*PeersTest.xml"):
        report.unlink()
    status = java_tests.run([maven, "-q", "-B", "-ntp", "-Dstyle.color=never", "test", "-Dtest=PeersTest",
                             f"-Dtransconv.peers={FOLDER}"])
    passed, failed, _skipped = java_tests.count(java_tests.REPORTS, "TEST-*PeersTest.xml")
    if status != 0 and failed == 0:
        print(f"Maven ended with status {status}")
        failed = 1
    return passed, failed


def python_side(arguments):
    closing = []

    def line(text):
        found = CLOSING_LINE.match(text)
        closing.append(tuple(map(int, found.groups()))) if found else print(text, end="", flush=True)

    status = run([PYTHON, HERE / "check_models.py", FOLDER / "from-transconv", *arguments], line)
    passed, failed = closing[-1] if closing else (0, 0)
    if status != 0 and failed == 0:
        print(f"FAILED: check_models.py ended with status {status}")
        failed = 1
    return passed, failed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
