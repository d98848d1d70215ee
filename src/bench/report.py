"""What `./lab bench` shows and keeps: tables on the screen and as Markdown, all figures as JSON, charts as PNG."""
import json
import os
import platform
import re
import subprocess
import time
from pathlib import Path

from processes import OUT, java_command


def machine():
    model = platform.processor() or platform.machine()
    try:
        model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text()).group(1)
    except (OSError, AttributeError):
        pass
    return f"{os.cpu_count()} cores of {model}, {platform.system()}"


def table(name, title, header, rows, notes=()):
    """On the screen and, as Markdown, in the folder of results."""
    lines = ["| " + " | ".join(row) + " |" for row in [header, ["---"] * len(header), *rows]]
    text = "\n".join([f"## {title}", "", f"{machine()}, {time.strftime('%Y-%m-%d')}", "", *lines, "", *notes, ""])
    print("\n" + text, flush=True)
    (OUT / f"{name}.md").write_text(text, encoding="utf-8")


def keep(name, rounds, results):
    document = {"machine": machine(), "date": time.strftime("%Y-%m-%d"), "rounds": rounds, "results": results}
    (OUT / f"{name}.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def chart(name, title, unit, x, series, axis=""):
    """Bars if x are names, lines if they are numbers."""
    data = OUT / f"{name}.chart.json"
    data.write_text(json.dumps({"title": title, "unit": unit, "axis": axis, "x": x, "series": series}), encoding="utf-8")
    subprocess.check_call(java_command("ResultsChart", data, OUT / f"{name}.png"), stderr=subprocess.DEVNULL)
    data.unlink()
