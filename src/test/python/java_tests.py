"""Runs the Java tests with Maven and counts them in its reports.

usage: java_tests.py MAVEN

Ends with the line 'N passed, N failed'; tests that do not compile count as one failure.
"""
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[3]
REPORTS = ROOT / "target" / "surefire-reports"


def count(reports, names="TEST-*.xml"):
    """Numbers of passed, failed and skipped tests, added up over Surefire's reports."""
    passed = failed = skipped = 0
    for report in sorted(reports.glob(names)):
        suite = ElementTree.parse(report).getroot()
        wrong = int(suite.get("failures")) + int(suite.get("errors"))
        left_out = int(suite.get("skipped"))
        passed += int(suite.get("tests")) - wrong - left_out
        failed += wrong
        skipped += left_out
    return passed, failed, skipped


def run(command):
    """Some Mavens write escape codes for colours even when told not to."""
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
                               errors="replace")
    for line in process.stdout:
        print(re.sub(r"\x1b\[[\d;]*m", "", line), end="", flush=True)
    return process.wait()


def main(maven):
    shutil.rmtree(REPORTS, ignore_errors=True)
    status = run([maven, "-q", "-B", "-ntp", "-Dstyle.color=never", "test"])
    passed, failed, skipped = count(REPORTS)
    if status != 0 and failed == 0:
        print(f"Maven ended with status {status}")
        failed = 1
    if skipped:
        print(f"{skipped} skipped")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
