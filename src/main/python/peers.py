"""The environment of Keras, PyTorch and the others, which tests and benchmarks share: .peers, made when it is asked for."""
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PEERS = ROOT / ".peers"
PYTHON = PEERS / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def install(pins):
    """Puts in what a file pins and is not there yet."""
    installed = versions(freeze())
    wanted = versions(pins.read_text(encoding="utf-8"))
    if all(installed.get(name, "").split("+")[0] == version for name, version in wanted.items()):
        return
    print(f"installing {', '.join(wanted)} into {PEERS.name} (large, once) ...", flush=True)
    if not PYTHON.exists():
        subprocess.check_call([sys.executable, "-m", "venv", PEERS])
    subprocess.check_call([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", pins])


def versions(text):
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))


def freeze():
    if not PYTHON.exists():
        return ""
    return subprocess.run([PYTHON, "-m", "pip", "list", "--format=freeze", "--disable-pip-version-check"],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8").stdout
